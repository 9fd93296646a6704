// The way of one chosen PDF to the server, as a state machine without DOM and network; upload_queue.ts drives it.
//
//   waiting -> sending -> done | refused | lost | expired | paused | cancelled
//   lost, expired, paused -> waiting (again; what has arrived is not sent a second time)

import type { PaperFile } from "./wire.ts";

export type Phase = "checking" | "waiting" | "sending" | "lost" | "expired" | "paused" | "refused" | "cancelled" | "done";

/** Where a PDF goes: a new paper on an agenda item, a file more on a paper, or a new version of a file. */
export type Target =
  | { kind: "item"; item: string; name: string; reference: string }
  | { kind: "paper"; paper: string; role: "main" | "auxiliary" }
  | { kind: "version"; paper: string; file: string; role: "main" | "auxiliary"; reason: string };

export interface Upload {
  /** Also the Idempotency-Key of its requests. */
  id: string;
  target: Target;
  fileName: string;
  /** Bytes. */
  size: number;
  phase: Phase;
  /** Bytes that went out; after a break this goes back to what has arrived. */
  sent: number;
  /** How often the line broke since it was last asked for by hand. */
  tries: number;
  /** What is wrong and what to do, in the viewer's language; only when refused. */
  problem: string;
  /** The paper that was made for it, once there is one: a retry must not make a second. */
  paper: string | null;
  file: PaperFile | null;
}

export type UploadEvent =
  | { kind: "checked" }
  | { kind: "start" }
  | { kind: "progress"; sent: number }
  | { kind: "paper"; id: string }
  | { kind: "lost" }
  | { kind: "expired" }
  | { kind: "refused"; problem: string }
  | { kind: "pause" }
  | { kind: "cancel" }
  | { kind: "retry"; byHand: boolean }
  | { kind: "done"; file: PaperFile };

/** An upload that has been chosen but not looked at. */
export function newUpload(id: string, target: Target, fileName: string, size: number): Upload {
  const paper = target.kind === "item" ? null : target.paper;
  return { id, target, fileName, size, phase: "checking", sent: 0, tries: 0, problem: "", paper, file: null };
}

/** True while bytes may still move: leaving the page now would lose the file. */
export function isOpen(u: Upload): boolean {
  return u.phase === "checking" || u.phase === "waiting" || u.phase === "sending" || ["lost", "expired", "paused"].includes(u.phase);
}

/** The next state. An event that does not belong to the present phase changes nothing: late answers of a cancelled send, say. */
export function step(u: Upload, e: UploadEvent): Upload {
  switch (e.kind) {
    case "checked":
      return u.phase === "checking" ? { ...u, phase: "waiting" } : u;
    case "start":
      return u.phase === "waiting" ? { ...u, phase: "sending" } : u;
    case "progress":
      return u.phase === "sending" ? { ...u, sent: Math.min(e.sent, u.size) } : u;
    case "paper":
      return u.phase === "sending" ? { ...u, paper: e.id } : u;
    case "lost":
      return u.phase === "sending" ? { ...u, phase: "lost", tries: u.tries + 1 } : u;
    case "expired":
      return u.phase === "sending" ? { ...u, phase: "expired" } : u;
    case "pause":
      return u.phase === "sending" || u.phase === "waiting" || u.phase === "lost" ? { ...u, phase: "paused" } : u;
    case "refused":
      return u.phase === "sending" || u.phase === "checking" ? { ...u, phase: "refused", sent: 0, problem: e.problem } : u;
    case "cancel":
      return isOpen(u) ? { ...u, phase: "cancelled", sent: 0 } : u;
    case "retry":
      if (u.phase !== "lost" && u.phase !== "expired" && u.phase !== "paused") return u;
      if (u.phase === "paused" && !e.byHand) return u;
      return { ...u, phase: "waiting", tries: e.byHand ? 0 : u.tries };
    case "done":
      return u.phase === "sending" ? { ...u, phase: "done", sent: u.size, file: e.file } : u;
  }
}

/** Pause in ms before the queue tries a lost upload again by itself; null = now the person must ask for it. */
export function pauseAfter(tries: number): number | null {
  return [2000, 8000, 20000][tries - 1] ?? null;
}

/** Whole percent, 0 to 100. */
export function percent(u: Upload): number {
  return u.size > 0 ? Math.floor((100 * u.sent) / u.size) : 0;
}

/**
 * A paper's name and reference from the name of its file: "V-2026-0123_Neubau_Turnhalle.pdf" gives "V/2026/0123" and "Neubau
 * Turnhalle". Names from macOS come decomposed (a + ¨) and are put together.
 */
export function namesFromFile(fileName: string): { name: string; reference: string } {
  const plain = fileName
    .normalize("NFC")
    .replace(/^.*[/\\]/, "")
    .replace(/\.(pdf|docx|xlsx|pptx|odt|ods|odp|png|jpe?g|tiff?|webp|eml)$/i, "")
    .replace(/_+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const found = /^([A-ZÄÖÜ]{1,4})[-/ ](\d{4})[-/ ](\d{1,5})(?:[-–: ]+(.*))?$/.exec(plain);
  if (!found) return { name: plain, reference: "" };
  const reference = `${found[1]}/${found[2]}/${found[3]}`;
  return { name: found[4]?.trim() || reference, reference };
}
