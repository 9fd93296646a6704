import { describe, expect, it } from "vitest";
import { type Change, fit, type Request } from "../../src/clerk/change.ts";
import { type Answer, Desk } from "../../src/clerk/desk.ts";
import { Drafts } from "../../src/clerk/drafts.ts";
import type { Meeting } from "../../src/clerk/wire.ts";
import { newItem, newMeeting, newPaper } from "../fixtures/clerk_town.ts";

/** A server with one meeting and the rule of If-Match; `other` is what another clerk does meanwhile. */
function office() {
  const meeting = newMeeting({
    agendaItems: ["Eröffnung", "Haushalt", "Verschiedenes"].map((name, order) => newItem({ name, order, number: `N ${order + 1}` })),
  });
  const [a, b, c] = meeting.agendaItems as [never, never, never] as unknown as Meeting["agendaItems"];
  const state = { up: true, signedIn: true, sent: [] as Request[], keys: [] as string[], refuse: "" };
  const storage = new Map<string, string>();
  let ids = 0;
  let expired = 0;
  const answer = (status: number, body: unknown = null, problem = ""): Answer => ({ status, body, problem });
  const call = async (request: Request, key: string): Promise<Answer> => {
    await Promise.resolve();
    state.sent.push(request);
    state.keys.push(key);
    if (!state.up) return answer(0);
    if (!state.signedIn) return answer(401);
    if (state.refuse) return answer(422, null, state.refuse);
    const id = request.path.split("/")[4];
    const of =
      request.path.includes("/agenda-items/") && request.method !== "POST" ? meeting.agendaItems.find((i) => i.id === id) : meeting;
    if (!of) return answer(404);
    if (request.revision !== of.revision) return answer(412);
    of.revision++;
    if (request.method === "PATCH") Object.assign(of, request.body);
    if (request.method === "DELETE") meeting.agendaItems = meeting.agendaItems.filter((i) => i.id !== id);
    if (request.method === "POST") meeting.agendaItems.push(newItem({ ...(request.body as object), order: meeting.agendaItems.length }));
    if (request.method === "PUT") {
      const { items } = request.body as { items: string[] };
      for (const i of meeting.agendaItems) i.order = items.indexOf(i.id);
    }
    return answer(200);
  };
  const load = async (): Promise<Answer> => {
    if (!state.up) return answer(0, null, "Keine Verbindung");
    return state.signedIn ? answer(200, structuredClone(meeting)) : answer(401);
  };
  const drafts = (): Drafts =>
    new Drafts(
      {
        get length() {
          return storage.size;
        },
        getItem: (k) => storage.get(k) ?? null,
        setItem: (k, v) => void storage.set(k, v),
        removeItem: (k) => void storage.delete(k),
        key: (i) => [...storage.keys()][i] ?? null,
        clear: () => storage.clear(),
      },
      "p1",
    );
  const desk = (): Desk => new Desk(meeting.id, { call, load, drafts: drafts(), expired: () => expired++, newId: () => `k${++ids}` });
  return { meeting, a: a!, b: b!, c: c!, state, desk, expired: () => expired };
}

const rename = (item: string, name: string, was: string): Change => ({ kind: "item.patch", item, patch: { name }, base: { name: was } });
const names = (desk: Desk): string[] => desk.meeting.value?.agendaItems.map((i) => i.name) ?? [];

describe("the clerk's desk", () => {
  it("shows a change at once and sends changes one after the other, each with the newest revision", async () => {
    const { desk, a, b, meeting } = office();
    const d = desk();
    await d.open();
    const all = [
      d.do(rename(a.id, "Begrüßung", "Eröffnung")),
      d.do({ kind: "order", move: { item: b.id, after: null } }),
      d.do({ kind: "item.add", name: "Neu", number: "N 4", public: false }),
    ];
    expect(names(d)).toEqual(["Haushalt", "Begrüßung", "Verschiedenes"]);
    expect(await Promise.all(all)).toEqual(["saved", "saved", "saved"]);
    expect(names(d)).toEqual(["Haushalt", "Begrüßung", "Verschiedenes", "Neu"]);
    expect(meeting.agendaItems.find((i) => i.name === "Neu")?.public).toBe(false);
    expect([d.saving.value, d.waiting.value]).toEqual([0, []]);
  });

  it("a 412 overwrites nothing, keeps what was typed, and applies it only when asked", async () => {
    const { desk, a, meeting } = office();
    const d = desk();
    await d.open();
    Object.assign(a, { name: "Fassung der Kollegin", revision: a.revision + 1 });
    expect(await d.do(rename(a.id, "Meine Fassung", "Eröffnung"))).toBe("stale");
    expect(meeting.agendaItems[0]?.name).toBe("Fassung der Kollegin");
    expect(d.waiting.value).toMatchObject([{ why: "stale", loaded: false, change: { patch: { name: "Meine Fassung" } } }]);
    await d.loadNew();
    expect(names(d)[0]).toBe("Fassung der Kollegin");
    const [waiting] = d.waiting.value;
    expect(waiting?.loaded).toBe(true);
    expect(await d.again(waiting?.id ?? "")).toBe("saved");
    expect(meeting.agendaItems[0]?.name).toBe("Meine Fassung");
    expect(d.waiting.value).toEqual([]);
  });

  it("notices a change of the same field also when it has been loaded meanwhile, without asking the server", async () => {
    const { desk, a, state } = office();
    const d = desk();
    await d.open();
    Object.assign(a, { name: "Fassung der Kollegin", revision: a.revision + 1 });
    await d.reload();
    expect(await d.do(rename(a.id, "Meine Fassung", "Eröffnung"))).toBe("stale");
    expect(state.sent).toEqual([]);
  });

  it("another clerk's change of another field is no conflict", async () => {
    const { desk, a } = office();
    const d = desk();
    await d.open();
    Object.assign(a, { public: true, revision: a.revision + 1 });
    await d.reload();
    expect(await d.do(rename(a.id, "Begrüßung", "Eröffnung"))).toBe("saved");
    expect([a.name, a.public]).toEqual(["Begrüßung", true]);
  });

  it("repeats a move on the agenda that another clerk changed", async () => {
    const { desk, a, c, meeting } = office();
    const d = desk();
    await d.open();
    meeting.agendaItems.push(newItem({ name: "Eilantrag", order: 3 }));
    meeting.revision++;
    expect(await d.do({ kind: "order", move: { item: c.id, after: a.id } })).toBe("stale");
    await d.loadNew();
    expect(await d.again(d.waiting.value[0]?.id ?? "")).toBe("saved");
    expect(names(d)).toEqual(["Eröffnung", "Verschiedenes", "Haushalt", "Eilantrag"]);
  });

  it("says so when the item is gone", async () => {
    const { desk, a, meeting } = office();
    const d = desk();
    await d.open();
    meeting.agendaItems = meeting.agendaItems.filter((i) => i !== a);
    await d.reload();
    expect(await d.do(rename(a.id, "x", "Eröffnung"))).toBe("gone");
    expect(d.waiting.value[0]).toMatchObject({ why: "gone", loaded: true });
  });

  it("a second wish for the same field replaces the first but stands on what the first one saw", async () => {
    const { desk, a } = office();
    const d = desk();
    await d.open();
    Object.assign(a, { name: "Fremd", revision: a.revision + 1 });
    await d.do(rename(a.id, "Erster", "Eröffnung"));
    await d.do(rename(a.id, "Zweiter", "Erster"));
    expect(d.waiting.value.map((w) => w.change)).toEqual([rename(a.id, "Zweiter", "Eröffnung")]);
  });

  it("keeps changes without a connection, shows them, and sends them when it is back", async () => {
    const { desk, a, state } = office();
    const d = desk();
    await d.open();
    state.up = false;
    expect(await d.do(rename(a.id, "Begrüßung", "Eröffnung"))).toBe("lost");
    expect([names(d)[0], d.waiting.value[0]?.why]).toEqual(["Begrüßung", "lost"]);
    state.up = true;
    await d.resume();
    expect([a.name, d.waiting.value]).toEqual(["Begrüßung", []]);
  });

  it("an ended sign-in loses nothing: the next page sends what this one could not", async () => {
    const { desk, a, b, state, expired } = office();
    const d = desk();
    await d.open();
    state.signedIn = false;
    expect(await d.do(rename(a.id, "Begrüßung", "Eröffnung"))).toBe("expired");
    await d.do({ kind: "item.patch", item: b.id, patch: { public: true }, base: { public: false } });
    expect(expired()).toBe(2);
    state.signedIn = true;
    const next = desk();
    await next.open();
    await next.do({ kind: "order", move: { item: a.id, after: null } }); // waits for those before it
    expect([a.name, b.public, next.waiting.value]).toEqual(["Begrüßung", true, []]);
    const third = desk();
    await third.open();
    expect(third.saving.value).toBe(0);
  });

  it("after the break a change that collides is asked about instead of sent", async () => {
    const { desk, a, state } = office();
    const d = desk();
    await d.open();
    state.signedIn = false;
    await d.do(rename(a.id, "Meine", "Eröffnung"));
    Object.assign(a, { name: "Fremd", revision: a.revision + 1 });
    state.signedIn = true;
    const next = desk();
    await next.open();
    await next.do({ kind: "order", move: { item: a.id, after: null } });
    expect(a.name).toBe("Fremd");
    expect(next.waiting.value).toMatchObject([{ why: "stale", change: { patch: { name: "Meine" } } }]);
  });

  it("tells the server's words when a change is refused", async () => {
    const { desk, a, state } = office();
    const d = desk();
    await d.open();
    state.refuse = "Der Titel ist zu lang.";
    expect(await d.do(rename(a.id, "x", "Eröffnung"))).toBe("refused");
    expect(d.waiting.value[0]).toMatchObject({ why: "refused", problem: "Der Titel ist zu lang." });
    d.drop(d.waiting.value[0]?.id ?? "");
    expect(d.waiting.value).toEqual([]);
  });
});

describe("requests", () => {
  const paper = newPaper({ name: "Haushalt", revision: 7 });
  const meeting = newMeeting({ revision: 3, agendaItems: [newItem({ revision: 5, papers: [paper] })] });
  const item = meeting.agendaItems[0]!;
  it("carry the revision of what they change", () => {
    expect(fit({ kind: "item.delete", item: item.id, name: "" }, meeting)).toMatchObject({ request: { method: "DELETE", revision: 5 } });
    expect(fit({ kind: "paper.patch", paper: paper.id, patch: { reference: "V/1" }, base: { reference: "" } }, meeting)).toMatchObject({
      request: { revision: 7 },
    });
    expect(
      fit({ kind: "meeting.patch", patch: { end: null, location: null }, base: { end: null, location: { id: "l1" } } }, meeting),
    ).toMatchObject({
      request: { path: `/api/v1/meetings/${meeting.id}`, revision: 3, body: { end: "0001-01-01T00:00:00Z", location: {} } },
    });
    expect(fit({ kind: "item.detach", item: item.id, paper: "other", name: "" }, meeting)).toEqual({ kind: "done" });
  });
});
