// Whose copy is this: shapes of /api/v1/traces, sending a file, and what stands where in the list.
import { signal } from "@preact/signals";
import { read } from "./api.ts";
import { problemText } from "./send_file.ts";
import { signedOut } from "./sign_in.ts";

interface Ref {
  id: string;
  name: string;
}

/** A kind of mark, in words. */
export interface Way {
  way: "code" | "picture" | "id" | "fingerprint";
  text: string;
}

/** One copy to which a file led. */
export interface Found {
  person: Ref;
  account: string;
  paper: { id: string; reference: string; name: string; file: string; version: number } | null;
  meeting: string;
  firstGiven: string;
  code: string;
  codeRead: string;
  ways: Way[];
  pages: number;
  /** That it is an accident: 0.001 is one in a thousand. */
  chance: number;
  sureness: "certain" | "high" | "fair";
  sureText: string;
}

export interface Trace {
  id: string;
  url: string;
  created: string;
  revision: number;
  body: Ref;
  requestedBy: Ref;
  reason: string;
  file: { name: string; mediaType: string; size: number; sha256: string } | null;
  ways: Way[];
  unclear: string[];
  state: "requested" | "released" | "refused" | "used" | "expired";
  expires: string;
  decidedBy: Ref | null;
  decidedAt: string | null;
  decision: string;
  mayDecide: boolean;
  mine: boolean;
  resultUntil: string | null;
  resultGone: boolean;
  result: { findings: Found[]; copies: number } | null;
}

/** How many requests wait for this person's decision, for the head; null = not known yet. */
export const openCount = signal<number | null>(null);

/** Loads the list; the count of the head follows. */
export async function loadTraces(): Promise<Trace[]> {
  const { data } = await read<{ data: Trace[] }>("/api/v1/traces");
  openCount.value = data.filter((x) => x.mayDecide).length;
  return data;
}

/** What waits for this person first, then as the server has them: latest first. */
export function inOrder(all: readonly Trace[]): Trace[] {
  return [...all.filter((x) => x.mayDecide), ...all.filter((x) => !x.mayDecide)];
}

/** The word for where a request stands. */
export type Standing = "decide" | "requested" | "released" | "refused" | "used" | "gone" | "expired";

export function standing(trace: Pick<Trace, "mayDecide" | "state" | "resultGone">): Standing {
  if (trace.mayDecide) return "decide";
  if (trace.state === "used" && trace.resultGone) return "gone";
  return trace.state;
}

/** "1 in n" for people: a round number below the true one, at most a trillion. */
export function oneIn(chance: number): number {
  if (!(chance > 0)) return 1e12;
  return 10 ** Math.min(12, Math.max(3, Math.floor(-Math.log10(chance))));
}

/** How asking ended. */
export type Asked = { kind: "done"; trace: Trace } | { kind: "refused"; problem: string } | { kind: "lost" } | { kind: "expired" };

/** Sends a question; the fields stand before the file, so that rights are asked before it is sent. */
export async function askTrace(body: string, reason: string, file: File | null, key: string, stop: AbortSignal): Promise<Asked> {
  const form = new FormData();
  form.append("body", body);
  form.append("reason", reason);
  if (file) form.append("file", file, file.name.normalize("NFC"));
  try {
    const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang || "de", "Idempotency-Key": key };
    const answer = await fetch("/api/v1/traces", { method: "POST", body: form, headers, signal: stop });
    const content: unknown = await answer.json().catch(() => null);
    if (answer.ok) return { kind: "done", trace: content as Trace };
    if (answer.status === 401) {
      signedOut();
      return { kind: "expired" };
    }
    const problem = problemText(content);
    return problem ? { kind: "refused", problem } : { kind: "lost" };
  } catch {
    return { kind: "lost" };
  }
}
