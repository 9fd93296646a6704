// The console's calls: an answer instead of an exception, so that a change can wait, go out again or be shown beside another.
// Requests run in the background of the page: an ended sign-in is reported (sign_in.ts), not waited for.
import { call } from "../api/client.ts";
import { Offline, Problem } from "../api/problem.ts";
import { errorText } from "../ui/index.ts";
import type { Request } from "./change.ts";
import type { Answer } from "./desk.ts";
import { signedOut } from "./sign_in.ts";

/** Sends one request. `key` is the Idempotency-Key: the same for every repetition of one act. Never throws but on abort. */
export async function ask(request: Request | { method: "GET"; path: string }, key?: string, signal?: AbortSignal): Promise<Answer> {
  const { body, revision } = request as Request;
  try {
    const answer = await call<unknown>(request.method, request.path, { body, revision, key, signal, background: true });
    return { status: answer.status, body: answer.data, problem: "" };
  } catch (error) {
    if (error instanceof Problem) {
      if (error.status === 401) signedOut();
      return { status: error.status, body: null, problem: errorText(error) };
    }
    if (error instanceof Offline) return { status: 0, body: null, problem: errorText(error) };
    throw error;
  }
}

/** Reads; throws what ui/State can show. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  try {
    return (await call<T>("GET", path, { signal, background: true })).data;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) signedOut();
    throw error;
  }
}

/** Reads a list to its end; `most` entries at the most. */
export async function readAll<T>(path: string, most = 1000): Promise<T[]> {
  const out: T[] = [];
  for (let next = path; next && out.length < most;) {
    const page = await read<{ data: T[]; next: string }>(next);
    out.push(...page.data);
    next = page.next;
  }
  return out;
}
