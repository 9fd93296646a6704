import { beforeEach, describe, expect, it } from "vitest";
import { Drafts, fieldView } from "../../src/clerk/drafts.ts";

/** The Web Storage contract in a Map; `full` refuses writes as a browser without space does. */
class Memory implements Storage {
  readonly map = new Map<string, string>();
  full = false;
  get length(): number {
    return this.map.size;
  }
  clear(): void {
    this.map.clear();
  }
  getItem(key: string): string | null {
    return this.map.get(key) ?? null;
  }
  key(index: number): string | null {
    return [...this.map.keys()][index] ?? null;
  }
  removeItem(key: string): void {
    this.map.delete(key);
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.map.set(key, value);
  }
}

describe("drafts", () => {
  let storage: Memory;
  let now = 1_000_000;
  const drafts = (person = "p1") => new Drafts(storage, person, () => now);

  beforeEach(() => {
    storage = new Memory();
    now = 1_000_000;
  });

  it("survive the page that wrote them", () => {
    drafts().keep("item1", "name", "Neubau der Turnhalle", "Neubau");
    expect(drafts().get("item1", "name")).toEqual({ text: "Neubau der Turnhalle", base: "Neubau", at: now });
  });

  it("belong to one person, one object, one field", () => {
    drafts().keep("item1", "name", "x", "");
    expect(drafts("p2").get("item1", "name")).toBeNull();
    expect(drafts().get("item2", "name")).toBeNull();
    expect(drafts().get("item1", "number")).toBeNull();
  });

  it("end when the text is what the server has, or when dropped", () => {
    const d = drafts();
    d.keep("i", "name", "neu", "alt");
    d.keep("i", "name", "alt", "alt");
    expect(d.get("i", "name")).toBeNull();
    d.keep("i", "name", "neu", "alt");
    d.drop("i", "name");
    expect(drafts().get("i", "name")).toBeNull();
    expect(storage.length).toBe(0);
  });

  it("stay in memory when the device has no room", () => {
    const d = drafts();
    storage.full = true;
    d.keep("i", "name", "neu", "alt");
    expect(d.get("i", "name")?.text).toBe("neu");
    expect(new Drafts(null, "p1").get("i", "name")).toBeNull();
  });

  it("go after two weeks, and all of a person on sign-out, never those of another", () => {
    drafts().keep("old", "name", "a", "");
    drafts("p2").keep("old", "name", "a", "");
    now += 15 * 24 * 3600e3;
    drafts().keep("new", "name", "b", "");
    drafts().sweep();
    expect(drafts().get("old", "name")).toBeNull();
    expect(drafts().get("new", "name")?.text).toBe("b");
    drafts().sweep(true);
    expect(drafts().get("new", "name")).toBeNull();
    expect(drafts("p2").get("old", "name")?.text).toBe("a");
  });

  it("do not break on what somebody else wrote there", () => {
    storage.setItem("ris.clerk.draft.p1.i.name", "{broken");
    expect(drafts().get("i", "name")).toBeNull();
    drafts().sweep();
    expect(storage.length).toBe(0);
  });
});

describe("a draft upon the server's state", () => {
  const draft = { text: "meins", base: "alt", at: 1 };
  it("is shown when nothing changed, and as a conflict when somebody else wrote", () => {
    expect(fieldView(null, "alt")).toEqual({ kind: "clean", text: "alt" });
    expect(fieldView(draft, "alt")).toEqual({ kind: "draft", text: "meins" });
    expect(fieldView(draft, "deins")).toEqual({ kind: "conflict", mine: "meins", theirs: "deins" });
    expect(fieldView(draft, "meins")).toEqual({ kind: "clean", text: "meins" });
  });
});
