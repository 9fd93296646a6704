// What needs a hand, and how far the steps of a file are: shapes of /api/v1/work and /api/v1/files/{id}/steps, and their upkeep.
import { signal } from "@preact/signals";
import { read } from "./api.ts";

export type StepName = "scan" | "convert" | "prepare" | "proof" | "text" | "index" | "rendition" | "recognise" | "compare";

/** One step of the work on the newest version of a file. */
export interface Step {
  step: StepName;
  state: "waiting" | "running" | "done" | "failed" | "skipped";
  /** Pages; 0 of 0 = not countable. */
  done: number;
  total: number;
  problem: { key: string; text: string } | null;
  notes: { key: string; text: string }[];
}

/** One thing that needs a hand, with the one act that mends it. */
export interface WorkItem {
  kind: "refused" | "infected" | "quarantine" | "failed" | "finding" | "blocked" | "damaged";
  action: "again" | "replace" | "open" | "prepare";
  file: { id: string; url: string; name: string } | null;
  paper: { id: string; url: string; name: string } | null;
  step?: string;
  texts: string[];
}

export interface WorkGroup {
  meeting: { id: string; name: string; start: string } | null;
  items: WorkItem[];
}

export interface Work {
  data: WorkGroup[];
  count: number;
}

/** How many things need a hand, for the head; null = not known yet. */
export const workCount = signal<number | null>(null);

/** Loads everything that needs a hand; the count of the head follows. */
export async function loadWork(signal?: AbortSignal): Promise<Work> {
  const work = await read<Work>("/api/v1/work", signal);
  workCount.value = work.count;
  return work;
}

/** Pause of the head's count in ms. */
const COUNT_PAUSE = 60_000;

/** Keeps the count of the head fresh while the page is looked at; gives the stop. */
export function watchCount(): () => void {
  let timer = 0;
  let asked = 0;
  const ask = (): void => {
    window.clearTimeout(timer);
    if (document.visibilityState !== "visible") return;
    asked = Date.now();
    void loadWork().catch(() => undefined); // the page itself says when something is wrong
    timer = window.setTimeout(ask, COUNT_PAUSE);
  };
  const seen = (): void => {
    if (document.visibilityState === "visible" && Date.now() - asked > COUNT_PAUSE / 2) ask();
  };
  document.addEventListener("visibilitychange", seen);
  ask();
  return () => {
    window.clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  };
}

/** True while a step is under way or will come by itself. */
export function moving(steps: readonly Step[]): boolean {
  return steps.some((s) => s.state === "running" || (s.state === "waiting" && s.problem === null));
}

/** The step that is told in one line: the running one, else the one that waits next, else nothing. */
export function tellingStep(steps: readonly Step[]): Step | null {
  return steps.find((s) => s.state === "running") ?? steps.find((s) => s.state === "waiting") ?? null;
}

/** Pause before the steps are asked for again, ms: once a second at first, calmer for what takes long. */
export function stepPause(asked: number): number {
  return Math.min(5000, 1000 * 1.15 ** Math.min(asked, 20));
}
