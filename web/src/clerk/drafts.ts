// What somebody types is kept on this device until the server has it: through a lost connection, an ended sign-in, a closed
// tab. One entry per field of an object and person, with the state it was typed upon, so that nothing older overwrites newer.

/** A text that the server has not got yet. */
export interface Draft {
  text: string;
  /** What the field said when typing began; a conflict shows when the server now says something else. */
  base: string;
  /** When the last letter was typed, ms since 1970. */
  at: number;
}

const PREFIX = "ris.clerk.draft.";
const KEEP_MS = 14 * 24 * 3600e3;

/** Drafts of one person. `storage` is localStorage; a full or forbidden storage loses nothing but the safety net. */
export class Drafts {
  private readonly memory = new Map<string, string>();
  private readonly storage: Storage | null;
  private readonly person: string;
  private readonly now: () => number;

  constructor(storage: Storage | null, person: string, now: () => number = Date.now) {
    this.storage = storage;
    this.person = person;
    this.now = now;
  }

  private key(object: string, field: string): string {
    return `${PREFIX}${this.person}.${object}.${field}`;
  }

  /** Keeps `text`. A text equal to its base is no draft any more. */
  keep(object: string, field: string, text: string, base: string): void {
    if (text === base) return this.drop(object, field);
    const key = this.key(object, field);
    const value = JSON.stringify({ text, base, at: this.now() } satisfies Draft);
    this.memory.set(key, value);
    try {
      this.storage?.setItem(key, value);
    } catch {
      // Quota or private mode: the text stays in memory as long as the page lives.
    }
  }

  /** The draft of a field, or null. */
  get(object: string, field: string): Draft | null {
    const key = this.key(object, field);
    let raw: string | null = this.memory.get(key) ?? null;
    try {
      raw ??= this.storage?.getItem(key) ?? null;
    } catch {
      raw = null;
    }
    if (raw === null) return null;
    try {
      const d = JSON.parse(raw) as Draft;
      return typeof d.text === "string" && typeof d.base === "string" ? d : null;
    } catch {
      return null;
    }
  }

  /** Forgets a field: the server has it, or the person gave it up. */
  drop(object: string, field: string): void {
    const key = this.key(object, field);
    this.memory.delete(key);
    try {
      this.storage?.removeItem(key);
    } catch {
      // Nothing was stored then.
    }
  }

  /** Removes drafts older than two weeks and, on sign-out (`all`), every draft of this person. */
  sweep(all = false): void {
    if (all) this.memory.clear();
    if (!this.storage) return;
    const mine = `${PREFIX}${this.person}.`;
    const keys: string[] = [];
    for (let i = 0; i < this.storage.length; i++) {
      const key = this.storage.key(i);
      if (key?.startsWith(mine)) keys.push(key);
    }
    for (const key of keys) {
      let at = -Infinity;
      try {
        at = (JSON.parse(this.storage.getItem(key) ?? "{}") as Partial<Draft>).at ?? -Infinity;
      } catch {
        at = -Infinity;
      }
      if (all || this.now() - at > KEEP_MS) this.storage.removeItem(key);
    }
  }
}

/** What a field shows when it is opened: the server's text, the draft on it, or both because they disagree. */
export type FieldView =
  { kind: "clean"; text: string } | { kind: "draft"; text: string } | { kind: "conflict"; mine: string; theirs: string };

/** Puts a draft upon the server's present text. The same text on both sides is clean. */
export function fieldView(draft: Draft | null, server: string): FieldView {
  if (!draft || draft.text === server) return { kind: "clean", text: server };
  if (draft.base === server) return { kind: "draft", text: draft.text };
  return { kind: "conflict", mine: draft.text, theirs: server };
}
