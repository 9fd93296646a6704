import type { Op } from "./protocol.ts";

/** An op waiting in the outbox. */
export interface Waiting extends Op {
  /** Position in the outbox. */
  seq: number;
  /** It may have reached the server: its content must not change any more, only be sent again. */
  sent: boolean;
  /** Why the server refused it; it then waits for the person to decide. */
  refused?: string;
}

/** Where the outbox survives a reload, a crash and an empty battery. Each promise resolves when the change is on the disk. */
export interface Journal {
  load(): Promise<Waiting[]>;
  put(ops: Waiting[]): Promise<void>;
  drop(opIds: string[]): Promise<void>;
}

/** MemoryJournal is for a browser that grants no storage: the outbox then lives as long as the page. */
export class MemoryJournal implements Journal {
  private readonly ops = new Map<string, Waiting>();

  async load(): Promise<Waiting[]> {
    return [...this.ops.values()].map((op) => structuredClone(op)).sort((a, b) => a.seq - b.seq);
  }

  async put(ops: Waiting[]): Promise<void> {
    for (const op of ops) this.ops.set(op.opId, structuredClone(op));
  }

  async drop(opIds: string[]): Promise<void> {
    for (const id of opIds) this.ops.delete(id);
  }
}
