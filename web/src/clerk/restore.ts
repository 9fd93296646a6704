// The way back from a withdrawal: a draft first, which opens nothing; published at once only where the clerk can mean nothing else.
import { signal } from "@preact/signals";
import { uuidv7 } from "../core/id.ts";
import type { Request } from "./change.ts";
import type { Answer, Desk } from "./desk.ts";

/** Another screen part asks for the preview of the publication. */
export const previewWanted = signal(false);

/** Something that was or is withdrawn. `revision` is what the clerk has seen of it. */
export interface Restorable {
  kind: "meeting" | "paper" | "file";
  id: string;
  revision: number;
}

/** Sends a request of the console (api.ts). */
type Ask = (request: Request, key: string) => Promise<Answer>;

const PATHS = { meeting: "meetings", paper: "papers", file: "files" } as const;

/** The address of an act on something: `withdraw` or `restore`. */
export const actPath = (what: { kind: keyof typeof PATHS; id: string }, act: "withdraw" | "restore"): string =>
  `/api/v1/${PATHS[what.kind]}/${what.id}/${act}`;

export const good = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300;

/** Makes it a draft again and loads the new state of the meeting; the answer tells what went wrong, if anything. */
export async function restore(ask: Ask, desk: Desk, what: Restorable): Promise<Answer> {
  const answer = await ask({ method: "POST", path: actPath(what, "restore"), revision: what.revision }, uuidv7());
  await desk.reload();
  return answer;
}

/** What came of taking a withdrawal back. */
export type Undone = { kind: "draft" | "published" | "look" } | { kind: "failed"; problem: string };

/** Takes a withdrawal back. What was published before is published again when nothing else waits; otherwise the clerk looks at the
 * preview first ("look"). The meeting's revision goes along, so that nothing of another clerk's is published unseen. */
export async function undoWithdrawal(ask: Ask, desk: Desk, what: Restorable, wasPublished: boolean): Promise<Undone> {
  const restored = await restore(ask, desk, what);
  if (!good(restored)) return { kind: "failed", problem: restored.problem };
  if (!wasPublished) return { kind: "draft" };
  const meeting = desk.meeting.value;
  if (!meeting || meeting.pendingChanges !== 1) return { kind: "look" };
  const path = `/api/v1/meetings/${meeting.id}/publish`;
  const answer = await ask({ method: "POST", path, revision: meeting.revision }, uuidv7());
  await desk.reload();
  if (answer.status === 412) return { kind: "look" };
  return good(answer) ? { kind: "published" } : { kind: "failed", problem: answer.problem };
}
