// The marks of one person on this device: what the server confirmed, overlaid with what waits in the outbox.
//
// Guarantees: a change is in the journal before `change` resolves; an op that may have reached the server is never altered, only sent
// again; a later change of the same mark waits for the answer to the earlier one and then stands on its revision; a refused change stays
// here, with the reason, until the person decides. Nothing typed is ever dropped silently.
import type { Annotation } from "../annotation.ts";
import { uuidv7 } from "../id.ts";
import type { Journal, Waiting } from "./journal.ts";
import type { Change, OpResult, Transport } from "./protocol.ts";

/** One mark as it is shown. */
export interface Mark {
  id: string;
  annotation: Annotation;
  /** Not yet confirmed by the server. */
  waiting: boolean;
  /** The server refused the last change; the text says why. */
  refused?: string;
}

interface Confirmed {
  rev: number;
  annotation: Annotation | null; // null = deleted
}

const batch = 50; // ops per request

/** Marks keeps the marks and brings them to the server and back. One per signed-in person and page. */
export class Marks {
  private readonly confirmed = new Map<string, Confirmed>();
  private outbox: Waiting[] = [];
  private seq = 0;
  private cursor = "";
  private running: Promise<void> | null = null;
  private again = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly journal: Journal,
    private readonly transport: Transport,
    private readonly newId: () => string = uuidv7,
  ) {}

  /** open reads the outbox of an earlier life of the page. Call once, before anything else. */
  async open(): Promise<void> {
    this.outbox = await this.journal.load();
    this.seq = this.outbox.reduce((max, op) => Math.max(max, op.seq), 0);
    this.emit();
  }

  /** all gives every living mark, oldest first (ids are UUIDv7 and sort by time). */
  all(): Mark[] {
    const marks = new Map<string, Mark>();
    for (const [id, { annotation }] of this.confirmed) if (annotation) marks.set(id, { id, annotation, waiting: false });
    for (const op of this.outbox) {
      if (op.deleted && !op.refused) marks.delete(op.id);
      else if (op.annotation) marks.set(op.id, { id: op.id, annotation: op.annotation, waiting: !op.refused, refused: op.refused });
    }
    return [...marks.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** How many changes have not yet reached the server; refused ones are not counted. */
  get unsent(): number {
    return this.outbox.filter((op) => !op.refused).length;
  }

  /** save adds a mark or changes one. Resolves with its id when it is safe on this device; `sync` brings it to the server. */
  async save(annotation: Annotation, id: string = this.newId()): Promise<string> {
    await this.change(id, { annotation });
    return id;
  }

  /** remove deletes a mark; saving it again under the same id brings it back. */
  async remove(id: string): Promise<void> {
    await this.change(id, { deleted: true });
  }

  /** retry sends refused changes once more. */
  async retry(): Promise<void> {
    const ops = this.outbox.filter((op) => op.refused);
    // A refused op was answered: the server would repeat that answer. So it goes out under a new opId.
    await this.journal.drop(ops.map((op) => op.opId));
    for (const op of ops) Object.assign(op, { opId: this.newId(), sent: false, refused: undefined });
    await this.journal.put(ops);
    this.emit();
  }

  private async change(id: string, what: { annotation?: Annotation; deleted?: boolean }): Promise<void> {
    const last = this.outbox.findLast((op) => op.id === id);
    if (last && !last.sent && !last.refused) {
      // Not on its way yet: the newer content simply takes its place. A mark that never left the device and is deleted vanishes.
      if (what.deleted && last.baseRev === 0 && !this.outbox.some((op) => op.id === id && op !== last)) {
        this.outbox = this.outbox.filter((op) => op !== last);
        this.emit();
        return this.journal.drop([last.opId]);
      }
      const next = { ...last, annotation: undefined, deleted: undefined, ...what };
      this.outbox[this.outbox.indexOf(last)] = next;
      this.emit();
      return this.journal.put([next]);
    }
    if (last?.refused) {
      this.outbox = this.outbox.filter((op) => op !== last);
      await this.journal.drop([last.opId]);
      if (what.deleted && !this.confirmed.has(id)) return this.emit();
    }
    const op: Waiting = { opId: this.newId(), id, baseRev: this.confirmed.get(id)?.rev ?? 0, seq: ++this.seq, sent: false, ...what };
    this.outbox.push(op);
    this.emit();
    await this.journal.put([op]);
  }

  /** sync sends what waits and fetches what is new, until both are done. Calls during a run join it. Throws what the transport throws. */
  sync(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      const ops = this.ready();
      for (const op of ops) op.sent = true;
      if (ops.length > 0) await this.journal.put(ops); // before it leaves: after a crash it must be known as sent
      const answer = await this.transport({ cursor: this.cursor, ops: ops.map(wire) });
      for (const result of answer.results) await this.settle(result);
      for (const change of answer.changes) this.take(change);
      this.cursor = answer.cursor;
      this.emit();
      // Without an answer to a sent op the next round would send the same again for ever: leave it to the next call.
      const answered = ops.length === 0 || answer.results.length > 0;
      if (answer.more || (answered && this.ready().length > 0)) this.again = true;
    } while (this.again);
  }

  /** The first unanswered op of each mark, up to a batch. */
  private ready(): Waiting[] {
    const seen = new Set<string>();
    const out: Waiting[] = [];
    for (const op of this.outbox) {
      if (op.refused || seen.has(op.id)) continue;
      seen.add(op.id);
      out.push(op);
      if (out.length === batch) break;
    }
    return out;
  }

  private take(change: Change): void {
    const known = this.confirmed.get(change.id);
    if (known && known.rev > change.rev) return;
    this.confirmed.set(change.id, { rev: change.rev, annotation: change.deleted ? null : change.annotation });
  }

  private async settle(result: OpResult): Promise<void> {
    const op = this.outbox.find((o) => o.opId === result.opId);
    if (!op) return;
    if (result.status === "refused") {
      op.refused = reason(result.problem);
      return this.journal.put([op]);
    }
    const copied = result.status === "copy" && result.copyId;
    const id = copied || op.id;
    const rev = copied ? 1 : result.rev; // a copy is a new mark
    // A deletion that met a newer edit is answered with the edit's revision: the edit wins. An answer that comes a second time names a
    // revision that may be long past. Either way, only a newer revision than the known one is our own content.
    if (rev > (this.confirmed.get(id)?.rev ?? 0)) this.confirmed.set(id, { rev, annotation: op.deleted ? null : (op.annotation ?? null) });
    this.outbox = this.outbox.filter((o) => o !== op);
    const later = this.outbox.find((o) => o.id === op.id);
    if (later) {
      // It was written on top of this one, wherever this one ended up.
      Object.assign(later, { id, baseRev: rev });
      for (const o of this.outbox) if (o.id === op.id) o.id = id;
      await this.journal.put(this.outbox.filter((o) => o.id === id));
    }
    await this.journal.drop([op.opId]);
  }

  /** onChange calls back after every change of the marks; returns how to stop it. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private emit(): void {
    for (const listener of this.listeners) listener();
  }
}

const wire = ({ opId, id, baseRev, deleted, annotation }: Waiting) =>
  deleted ? { opId, id, baseRev, deleted: true } : { opId, id, baseRev, annotation };

function reason(problem: OpResult["problem"]): string {
  if (typeof problem === "string") return problem || "refused";
  return problem?.text || problem?.detail || "refused";
}
