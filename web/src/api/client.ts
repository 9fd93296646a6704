// The only place that calls fetch for JSON. Every write carries an Idempotency-Key, every change of something known an If-Match;
// an expired sign-in is waited for (session.ts) and the request repeated with the same key, so nothing typed is lost and
// nothing is done twice.
import { uuidv7 } from "../core/id.ts";
import { lang } from "../i18n/index.ts";
import { STEP_UP, untilConfirmed } from "./confirm.ts";
import { Offline, Problem } from "./problem.ts";
import { untilSignedIn } from "./session.ts";
import { obey } from "./wipe.ts";

export interface Options {
  /** Sent as JSON, or as it is when it is a FormData. */
  body?: unknown;
  /** The revision on which this change stands. */
  revision?: number | string;
  /** One key for one act of the user; give it when the caller repeats by itself. Default: a new one per call. */
  key?: string;
  signal?: AbortSignal;
  /** Answer 401 as a Problem instead of waiting for a new sign-in: for work in the background. */
  background?: boolean;
}

export interface Answer<T> {
  data: T;
  status: number;
  /** The revision of the object, from the ETag header; "" when there is none. */
  revision: string;
  location: string;
}

/** call does one request. Throws Problem for an error answer, Offline without an answer, AbortError when stopped. */
export async function call<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": lang };
  let body: BodyInit | undefined;
  if (options.body instanceof FormData) body = options.body;
  else if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(options.body);
  }
  if (method !== "GET") headers["Idempotency-Key"] = options.key ?? uuidv7();
  if (options.revision !== undefined) headers["If-Match"] = `"${options.revision}"`;

  for (;;) {
    let response: Response;
    try {
      response = await fetch(path, { method, headers, body, signal: options.signal, cache: "no-store", redirect: "error" });
    } catch (err) {
      if (options.signal?.aborted) throw err;
      throw new Offline(err);
    }
    await obey(response);
    if (response.status === 401 && !options.background) {
      await untilSignedIn();
      continue;
    }
    try {
      return await answer<T>(response);
    } catch (err) {
      // An old sign-in and a non-public paper: the person confirms, and the request goes out once more.
      if (err instanceof Problem && err.type === STEP_UP && !options.background && (await untilConfirmed())) continue;
      throw err;
    }
  }
}

async function answer<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text().catch((err: unknown) => {
    throw new Offline(err); // the connection broke inside the body
  });
  let data: unknown;
  try {
    data = text === "" ? undefined : JSON.parse(text);
  } catch {
    data = undefined;
  }
  if (!response.ok) throw new Problem(response.status, (data as object | undefined) ?? {});
  if (text !== "" && data === undefined) throw new Problem(response.status, {}); // 200 with something else than JSON: a proxy in between
  return {
    data: data as T,
    status: response.status,
    revision: (response.headers.get("ETag") ?? "").replace(/^W\//, "").replaceAll('"', ""),
    location: response.headers.get("Location") ?? "",
  };
}

export const get = async <T>(path: string, options?: Options): Promise<T> => (await call<T>("GET", path, options)).data;
export const post = <T>(path: string, body?: unknown, options?: Options): Promise<Answer<T>> => call<T>("POST", path, { ...options, body });
export const patch = <T>(path: string, body: unknown, options: Options): Promise<Answer<T>> => call<T>("PATCH", path, { ...options, body });
export const put = <T>(path: string, body: unknown, options: Options): Promise<Answer<T>> => call<T>("PUT", path, { ...options, body });
export const del = <T = void>(path: string, options: Options): Promise<Answer<T>> => call<T>("DELETE", path, options);

/** A list answer: `next` is the full path of the next page, or "". */
export interface Page<T> {
  data: T[];
  next: string;
}

/** all follows a list to its end. For lists that are short by nature (meetings of one person), not for search. */
export async function all<T>(path: string, options?: Options): Promise<T[]> {
  const out: T[] = [];
  for (let next = path; next; ) {
    const page = await get<Page<T>>(next, options);
    out.push(...page.data);
    next = page.next;
  }
  return out;
}
