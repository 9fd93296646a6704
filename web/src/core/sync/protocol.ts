// POST /api/v1/annotations/sync: the device sends what it changed and gets what changed since its cursor.
import type { Annotation } from "../annotation.ts";

/** One change made on this device. The server answers an opId that it saw before with the same answer, so sending twice is safe. */
export interface Op {
  opId: string;
  /** Id of the mark, made on the device. */
  id: string;
  /** The revision on which this change stands; 0 for a new mark. */
  baseRev: number;
  deleted?: boolean;
  annotation?: Annotation;
}

export interface OpResult {
  opId: string;
  id: string;
  /** "copy": somebody (this person, elsewhere) was faster; the change lives on as the mark `copyId`. */
  status: "ok" | "copy" | "refused";
  /** Revision of the mark `id` after this; of the other, newer one for "copy". */
  rev: number;
  copyId?: string;
  /** Why it was refused, for people. */
  problem?: string | { text?: string; detail?: string } | null;
}

export interface Change {
  id: string;
  rev: number;
  deleted: boolean;
  annotation: Annotation | null;
}

export interface SyncRequest {
  cursor: string;
  ops: Op[];
}

export interface SyncAnswer {
  results: OpResult[];
  changes: Change[];
  cursor: string;
  more: boolean;
}

/** Sends one request. Throws when there was no answer or an error answer. */
export type Transport = (request: SyncRequest) => Promise<SyncAnswer>;
