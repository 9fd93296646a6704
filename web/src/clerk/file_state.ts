// What the clerk is told of a file: one word for its state and whether a hand is needed.
import type { Meeting, PaperFile, PaperRef } from "./wire.ts";

/** received, checking, readable, searchable, refused: of the newest upload; published comes on top of it. */
export interface FileNow {
  processing: PaperFile["processing"];
  /** The server's German words, when refused: what is wrong and what to do. */
  problem: string;
  /** A newer upload waits to be published in place of the present version. */
  newVersionWaits: boolean;
  /** Number of the newest version. */
  number: number;
}

/** The state of the newest upload of a file. */
export function fileNow(file: PaperFile): FileNow {
  const newest = file.latest;
  return {
    processing: newest?.processing ?? file.processing,
    problem: (newest ? newest.problem?.text : file.problem?.text) ?? "",
    newVersionWaits: newest !== null && newest !== undefined && file.version !== null && newest.state !== "published",
    number: newest?.number ?? file.version?.number ?? 1,
  };
}

/** True while a worker still has to do with the file, so that asking again makes sense. */
export function inWork(file: PaperFile): boolean {
  const { processing } = fileNow(file);
  if (file.state === "withdrawn" || needsHand(file)) return false;
  return processing === "received" || processing === "checking" || processing === "readable";
}

/** True when the file will not come to its readers, or not into the search, unless somebody acts. */
export function needsHand(file: PaperFile): boolean {
  const { processing, problem } = fileNow(file);
  return file.state !== "withdrawn" && (processing === "refused" || problem !== "");
}

/** All papers of a meeting, each once, in the order of the agenda. */
export function papersOf(meeting: Meeting): PaperRef[] {
  const seen = new Map<string, PaperRef>();
  for (const item of meeting.agendaItems) for (const p of item.papers) seen.set(p.id, p);
  return [...seen.values()];
}

/** All files of a meeting's papers that are not withdrawn. */
export function filesOf(meeting: Meeting): PaperFile[] {
  return papersOf(meeting).flatMap((p) => (p.state === "withdrawn" ? [] : p.files));
}

/** Pause in ms before the state of files is asked for again: quick at first, then calm. `asked` counts the askings so far. */
export function pollPause(asked: number): number {
  return Math.min(10_000, 1000 * 1.4 ** Math.min(asked, 12));
}
