// What changed between two versions, as the server tells it, asked for until it is there.
import { get } from "../api/client.ts";
import type { Quad } from "../core/annotation.ts";

export type Kind = "added" | "removed" | "changed" | "moved";

export interface Part {
  text: string;
  kind: "same" | "old" | "new" | "away" | "here";
  /** Number of the change; 0 for same. */
  change: number;
  /** Number of the moved block inside which these words were changed; 0 = none. */
  in: number;
}

/** A paragraph on both sides; with `folded` this many rows without changes, whose text is asked for when somebody wants it. */
export interface Row {
  index: number;
  folded: number;
  oldPage: number;
  newPage: number;
  parts: Part[];
}

export interface Marks {
  page: number;
  quads: Quad[];
}

export interface Change {
  number: number;
  kind: Kind;
  oldPage: number;
  newPage: number;
  oldText: string;
  newText: string;
  old: Marks[];
  new: Marks[];
}

export interface Region {
  kind: Kind;
  old: Quad;
  new: Quad;
}

/** Pages that look different; 0 = no partner. */
export interface PlanPage {
  oldPage: number;
  newPage: number;
  regions: Region[];
}

export interface Version {
  id: string;
  number: number;
  publishedAt: string | null;
  reason: string;
  state: string;
  pages: number;
  url: string;
}

/** GET /api/v1/files/{id}/difference */
export interface Difference {
  name: string;
  from: Version;
  to: Version;
  state: "preparing" | "ready" | "failed";
  pictures: "pending" | "done" | "partial";
  nonPublic: boolean;
  counts: { all: number; added: number; removed: number; changed: number; moved: number; pages: number };
  similarity: number;
  note: "" | "lines" | "pages" | "text" | "cut";
  rows: Row[];
  next: string;
  changes: Change[];
  pages: PlanPage[];
}

const path = (file: string, from: string, to: string): string => {
  const query = new URLSearchParams();
  if (from) query.set("from", from);
  if (to) query.set("to", to);
  return `/api/v1/files/${file}/difference?${query}`;
};

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((done, stop) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), stop(signal.reason)), { once: true });
  });

/**
 * follow asks until the words are compared, then until the pictures are; `show` gets each state. It gives up after some minutes: what it
 * has shown stays.
 */
export async function follow(file: string, from: string, to: string, signal: AbortSignal, show: (d: Difference) => void): Promise<void> {
  for (let round = 0; round < 150; round++) {
    const d = await get<Difference>(path(file, from, to), { signal });
    show(d);
    if (d.state === "failed" || (d.state === "ready" && d.pictures !== "pending")) return;
    await wait(d.state === "preparing" ? Math.min(2000, 400 + 100 * round) : 3000, signal);
  }
}

/** once asks for a difference that is there; null while it is not. */
export async function once(file: string, from: string, to: string, signal: AbortSignal): Promise<Difference | null> {
  const d = await get<Difference>(path(file, from, to), { signal });
  return d.state === "ready" ? d : null;
}

/** unfold gives rows without changes. */
export const unfold = async (file: string, d: Difference, row: Row): Promise<Row[]> =>
  (await get<Difference>(`${path(file, d.from.id, d.to.id)}&first=${row.index}&last=${row.index + row.folded - 1}`)).rows;

/** more gives the rows that follow; `next` says whether there are still others. */
export const more = async (next: string): Promise<{ rows: Row[]; next: string }> => {
  const { rows, next: after } = await get<Difference>(next);
  return { rows, next: after };
};
