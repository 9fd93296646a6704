// The clerk's desk: one meeting, the changes on their way to the server, and those that wait for a decision. Changes go out one
// after the other, each with the revision it was meant upon; a 412 never overwrites and never forgets what was typed.
import { signal } from "@preact/signals";
import { applied, type Change, fit, rebased, type Request } from "./change.ts";
import type { Drafts } from "./drafts.ts";
import type { Meeting } from "./wire.ts";

/** An answer of the API: status 0 = none came (the line is broken). `problem` is a text for people, in their language. */
export interface Answer {
  status: number;
  body: unknown;
  problem: string;
}

/** Why a change is not saved yet. lost and expired go out again by themselves; the others wait for the clerk. */
export type Why = "stale" | "gone" | "lost" | "expired" | "refused";

export interface Waiting {
  id: string;
  change: Change;
  why: Why;
  /** The server's words, when refused. */
  problem: string;
  /** True once the new state has been loaded, so that both can be shown side by side. */
  loaded: boolean;
}

export interface DeskParts {
  call(request: Request, key: string): Promise<Answer>;
  load(): Promise<Answer>;
  drafts: Drafts;
  expired(): void;
  newId(): string;
}

export type Outcome = "saved" | Why;

export class Desk {
  /** As shown: the server's state with the changes under way put upon it. null until loaded. */
  readonly meeting = signal<Meeting | null>(null);
  readonly waiting = signal<readonly Waiting[]>([]);
  /** Number of changes under way; 0 = all saved that can be saved. */
  readonly saving = signal(0);
  /** A text for people when the meeting could not be loaded, and its status. */
  readonly failed = signal<{ status: number; problem: string } | null>(null);
  /** When something was last saved, ms; for the line "Gespeichert". */
  readonly savedAt = signal(0);
  private server: Meeting | null = null;
  private underWay: Change[] = [];
  private line: Promise<unknown> = Promise.resolve();
  private readonly parts: DeskParts;
  private readonly id: string;

  constructor(id: string, parts: DeskParts) {
    this.id = id;
    this.parts = parts;
  }

  /** Loads the meeting; changes kept on the device from before (signed out, page closed) come back as waiting. */
  async open(): Promise<void> {
    await this.reload();
    if (this.server) this.restore();
  }

  /** Loads the server's state; what is under way or typed stays. */
  async reload(): Promise<void> {
    const answer = await this.parts.load();
    if (answer.status === 200) this.took(answer.body as Meeting);
    else if (answer.status === 401) this.parts.expired();
    else if (!this.server) this.failed.value = { status: answer.status, problem: answer.problem };
  }

  /** Takes a state that some other act brought along (publishing, an upload). */
  took(meeting: Meeting): void {
    // Items taken off a published agenda stay in the database for the history; the clerk's agenda is without them.
    const agendaItems = meeting.agendaItems.filter((i) => i.state !== "withdrawn").sort((a, b) => a.order - b.order);
    this.server = { ...meeting, agendaItems };
    this.failed.value = null;
    this.show();
  }

  /** Puts a change on the screen at once and sends it when its turn comes. */
  do(change: Change): Promise<Outcome> {
    this.underWay.push(change);
    this.saving.value++;
    this.show();
    const key = this.parts.newId();
    const run = this.line.then(() => this.send(change, key));
    this.line = run.catch(() => undefined);
    return run;
  }

  /** The clerk has seen both states and wants this change upon the new one. */
  async again(id: string): Promise<Outcome | null> {
    const one = this.waiting.value.find((w) => w.id === id);
    if (!one || !this.server) return null;
    this.drop(id);
    return this.do(one.loaded ? rebased(one.change, this.server) : one.change);
  }

  /** The clerk gives this change up. */
  drop(id: string): void {
    this.waiting.value = this.waiting.value.filter((w) => w.id !== id);
    this.keep();
  }

  /** Loads what somebody else saved meanwhile and shows it beside what waits. */
  async loadNew(): Promise<void> {
    await this.reload();
    if (this.failed.value) return;
    this.waiting.value = this.waiting.value.map((w) => ({ ...w, loaded: true }));
  }

  /** Sends again what only waited for the line or for the sign-in. */
  async resume(): Promise<void> {
    const kept = this.waiting.value.filter((w) => w.why === "lost" || w.why === "expired");
    if (kept.length === 0) return;
    await this.reload();
    for (const w of kept) {
      this.drop(w.id);
      await this.do(w.change);
    }
  }

  private async send(change: Change, key: string): Promise<Outcome> {
    const outcome = await this.attempt(change, key);
    this.underWay = this.underWay.filter((c) => c !== change);
    this.saving.value--;
    if (outcome.why === "saved") this.savedAt.value = Date.now();
    else this.wait(change, outcome.why, outcome.problem);
    this.show();
    return outcome.why;
  }

  private async attempt(change: Change, key: string): Promise<{ why: Outcome; problem: string }> {
    if (!this.server) return { why: "lost", problem: "" };
    const fits = fit(change, this.server);
    if (fits.kind === "done") return { why: "saved", problem: "" };
    if (fits.kind === "gone") return { why: "gone", problem: "" };
    if (fits.kind === "collides") return { why: "stale", problem: "" };
    const answer = await this.parts.call(fits.request, key);
    const why = outcomeOf(answer.status);
    // Every save moves revisions (of the item, of the meeting): the next change needs the new ones.
    if (why === "saved") await this.reload();
    if (why === "expired") this.parts.expired();
    return { why, problem: answer.problem };
  }

  private wait(change: Change, why: Why, problem: string): void {
    const before = this.waiting.value.find((w) => sameWish(w.change, change));
    // A second wish for the same field replaces the first, but still stands on what the first one saw.
    const kept = before && "base" in before.change && "base" in change ? ({ ...change, base: before.change.base } as Change) : change;
    const others = this.waiting.value.filter((w) => w !== before);
    this.waiting.value = [...others, { id: this.parts.newId(), change: kept, why, problem, loaded: why === "gone" }];
    this.keep();
  }

  private show(): void {
    if (!this.server) return;
    const lost = this.waiting.value.filter((w) => w.why === "lost" || w.why === "expired").map((w) => w.change);
    this.meeting.value = [...lost, ...this.underWay].reduce(applied, this.server);
  }

  private keep(): void {
    const kept = this.waiting.value.filter((w) => w.why !== "refused").map((w) => w.change);
    this.parts.drafts.keep(this.id, "changes", kept.length > 0 ? JSON.stringify(kept) : "", "");
  }

  private restore(): void {
    const draft = this.parts.drafts.get(this.id, "changes");
    if (!draft) return;
    this.parts.drafts.drop(this.id, "changes");
    let changes: unknown = [];
    try {
      changes = JSON.parse(draft.text);
    } catch {
      return;
    }
    // A change whose field still says what it said then is simply saved; `fit` finds out the others.
    if (Array.isArray(changes)) for (const change of changes as Change[]) void this.do(change);
  }
}

/** True when both changes want something of the same field of the same object. */
function sameWish(a: Change, b: Change): boolean {
  if (a.kind === "item.add" || a.kind !== b.kind) return false;
  const key = (c: Change): string => JSON.stringify([targetOf(c), "patch" in c ? Object.keys(c.patch).sort() : ""]);
  return key(a) === key(b);
}

function targetOf(c: Change): string {
  if (c.kind === "order") return c.move.item;
  if (c.kind === "paper.patch") return c.paper;
  if (c.kind === "file.patch") return c.file;
  return "item" in c ? c.item : "";
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return "saved";
  if (status === 412) return "stale";
  if (status === 401) return "expired";
  if (status === 404) return "gone";
  if (status === 0 || status === 502 || status === 503 || status === 504) return "lost";
  return "refused";
}
