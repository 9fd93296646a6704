// Sends one file so that a broken line, a closed lid or a reloaded page costs nothing: tus 1.0, in pieces. Makes the paper first when it
// is a new one. Where an upload stands on the server is kept in the browser's storage, under the file's name, size and date: the same
// file chosen again for the same place goes on where it was.
import { DetailedError, type PreviousUpload, Upload as Tus, defaultOptions } from "tus-js-client";
import type { Request } from "./change.ts";
import type { Answer } from "./desk.ts";
import type { OnTheWay, Sent } from "./upload_queue.ts";
import type { Upload } from "./uploads.ts";
import type { PaperFile } from "./wire.ts";

const ENDPOINT = "/api/v1/uploads";

/** Bytes in one request: a proxy with nginx's default limit (1 MiB) lets it through, and one that holds requests back loses no more. */
const PIECE = 1_000_000;

/** One piece may take this long (ms): 8 kB a second. */
const PATIENCE = 120_000;

/** Why a send is stopped: a pause keeps what has arrived, else the server is told to forget it. */
export const PAUSE = "pause";

/** Sends the file of `upload`; an aborted `stop` ends as "lost", which a cancelled or paused upload ignores. */
export async function sendFile(
  call: (request: Request, key: string) => Promise<Answer>,
  upload: Upload,
  file: File,
  on: OnTheWay,
  stop: AbortSignal,
): Promise<Sent> {
  const before = await begun(upload, file);
  let paper = upload.paper ?? before?.metadata["paper"] ?? null;
  if (upload.target.kind === "item" && !upload.paper) {
    if (paper && !(await there(paper))) paper = null; // somebody has taken the empty paper away meanwhile
    if (!paper) {
      const { name, reference, item } = upload.target;
      const request: Request = { method: "POST", path: "/api/v1/papers", body: { name, reference, agendaItem: item } };
      const answer = await call(request, `${upload.id}-paper`);
      const failed = ending(answer);
      if (failed) return failed;
      paper = (answer.body as { id: string }).id;
    }
    on.paper(paper);
  }
  if (stop.aborted || !paper) return { kind: "lost" };
  return transfer(paper, before?.metadata["paper"] === paper ? before : null, upload, file, on, stop);
}

/** Has the server forget what has arrived of a file that nobody wants to send any more. */
export async function forgetFile(upload: Upload, file: File): Promise<void> {
  const before = await begun(upload, file);
  if (!before) return;
  if (before.uploadUrl) await fetch(before.uploadUrl, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => undefined);
  await defaultOptions.urlStorage.removeUpload(before.urlStorageKey);
}

async function there(paper: string): Promise<boolean> {
  const answer = await fetch(`/api/v1/papers/${paper}`).catch(() => null);
  return answer === null || answer.status !== 404;
}

const fingerprintOf = (file: File): string => ["ris", file.name, file.size, file.lastModified].join("|");

/** The upload of this file to this place that was begun before and not finished, if any. */
async function begun(upload: Upload, file: File): Promise<PreviousUpload | null> {
  const all = await defaultOptions.urlStorage.findUploadsByFingerprint(fingerprintOf(file)).catch(() => []);
  const wanted = metadataOf(upload, file, "");
  return all.find((p) => samePlace(p.metadata, wanted, upload)) ?? null;
}

function samePlace(kept: Record<string, string>, wanted: Record<string, string>, upload: Upload): boolean {
  if ((kept["replaces"] ?? "") !== (wanted["replaces"] ?? "")) return false;
  const t = upload.target;
  return t.kind === "item" ? kept["item"] === t.item : kept["paper"] === t.paper;
}

/** What the server is told of the file; `item` is only for finding the upload again. */
function metadataOf(upload: Upload, file: File, paper: string): Record<string, string> {
  const t = upload.target;
  const out: Record<string, string> = { paper, filename: file.name.normalize("NFC"), role: t.kind === "item" ? "main" : t.role };
  if (t.kind === "item") out["item"] = t.item;
  if (t.kind === "version") {
    out["replaces"] = t.file;
    out["reason"] = t.reason;
  }
  return out;
}

function transfer(paper: string, before: PreviousUpload | null, upload: Upload, file: File, on: OnTheWay, stop: AbortSignal): Promise<Sent> {
  return new Promise((resolve) => {
    const settle = (sent: Sent): void => {
      stop.removeEventListener("abort", abort);
      resolve(sent);
    };
    const tus = new Tus(file, {
      endpoint: ENDPOINT,
      metadata: metadataOf(upload, file, paper),
      headers: { "Accept-Language": document.documentElement.lang || "de" },
      chunkSize: PIECE,
      retryDelays: [500, 3000],
      storeFingerprintForResuming: true,
      removeFingerprintOnSuccess: true,
      fingerprint: () => Promise.resolve(fingerprintOf(file)),
      // 409 and 422 are the server's verdict on the file; only what may pass by itself is tried again.
      onShouldRetry: (error) => navigator.onLine && passing(error.originalResponse?.getStatus() ?? 0),
      onBeforeRequest: (request) => {
        const xhr = request.getUnderlyingObject() as XMLHttpRequest;
        xhr.timeout = PATIENCE;
      },
      onProgress: (sent) => on.progress(sent),
      onError: (error) => {
        const answer = error instanceof DetailedError ? error.originalResponse : null;
        settle(answer ? verdict(answer.getStatus(), parsed(answer.getBody())) : { kind: "lost" });
      },
      onSuccess: ({ lastResponse }) => {
        void result(lastResponse.getHeader("Upload-Result") ?? "", tus.url ?? "", file.size, file.name.normalize("NFC")).then(settle);
      },
    });
    const abort = (): void => {
      void tus.abort(stop.reason !== PAUSE).catch(() => undefined);
      settle({ kind: "lost" });
    };
    stop.addEventListener("abort", abort);
    if (before) tus.resumeFromPreviousUpload(before);
    tus.start();
  });
}

/** The file that the upload has become. When all bytes were there before and nobody knows what became of them, the server is asked. */
async function result(at: string, url: string, size: number, name: string): Promise<Sent> {
  try {
    if (!at) {
      const headers = { "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(size) };
      const asked = await fetch(url, { method: "PATCH", headers, body: "" });
      if (!asked.ok) return verdict(asked.status, parsed(await asked.text()));
      at = asked.headers.get("Upload-Result") ?? "";
    }
    const answer = await fetch(at, { headers: { Accept: "application/json" } });
    const body = parsed(await answer.text());
    if (!answer.ok) return verdict(answer.status, body);
    const made = body as PaperFile;
    return { kind: "done", file: made.fileName === name ? made : { ...made, notice: await noticeOf(url) } };
  } catch {
    return { kind: "lost" };
  }
}

/** What the server says about the name that it gave the file: the file is there whatever becomes of this question. */
async function noticeOf(url: string): Promise<NonNullable<PaperFile["notice"]> | null> {
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang || "de" };
  const answer = await fetch(url, { headers }).catch(() => null);
  if (!answer?.ok) return null;
  return (parsed(await answer.text().catch(() => "")) as { notice?: PaperFile["notice"] } | null)?.notice ?? null;
}

const passing = (status: number): boolean => status === 0 || status === 408 || status === 423 || status === 460 || status >= 500;

/** How an error of the server ends the sending. */
function verdict(status: number, body: unknown): Sent {
  // Somebody else wrote at this upload meanwhile (another window): asking where it stands goes on from there.
  const moved = (body as { type?: unknown } | null)?.type === "urn:ris:upload.error.offset";
  if (moved || passing(status)) return { kind: "lost" };
  return ending({ status, body, problem: problemText(body) }) ?? { kind: "lost" };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** How an answer that is no success ends the upload; null for a success. */
export function ending(answer: Answer): Sent | null {
  if (answer.status >= 200 && answer.status < 300) return null;
  if (answer.status === 401) return { kind: "expired" };
  if (answer.status === 0 || answer.status === 408 || answer.status >= 500) return { kind: "lost" };
  return { kind: "refused", problem: answer.problem };
}

/** The sentence for people out of an RFC 9457 problem. */
export function problemText(body: unknown): string {
  const p = body as { detail?: unknown; title?: unknown } | null;
  return typeof p?.detail === "string" && p.detail !== "" ? p.detail : typeof p?.title === "string" ? p.title : "";
}
