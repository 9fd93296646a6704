// Sends one PDF: makes the paper first when it is a new one, then posts the form. XMLHttpRequest, because fetch tells no
// progress of what goes out.
import type { Answer } from "./desk.ts";
import type { Request } from "./change.ts";
import type { OnTheWay, Sent } from "./upload_queue.ts";
import type { Upload } from "./uploads.ts";
import type { PaperFile } from "./wire.ts";

/** No byte for this long = the line is broken, whatever the device believes (ms). */
const SILENCE = 60_000;

/** Sends the file of `upload`; an aborted `stop` ends as "lost", which a cancelled upload ignores. */
export async function sendFile(
  call: (request: Request, key: string) => Promise<Answer>,
  upload: Upload,
  file: File,
  on: OnTheWay,
  stop: AbortSignal,
): Promise<Sent> {
  let paper = upload.paper;
  if (upload.target.kind === "item" && !paper) {
    const { name, reference, item } = upload.target;
    const request: Request = { method: "POST", path: "/api/v1/papers", body: { name, reference, agendaItem: item } };
    const answer = await call(request, `${upload.id}-paper`);
    const failed = ending(answer);
    if (failed) return failed;
    paper = (answer.body as { id: string }).id;
    on.paper(paper);
  }
  if (stop.aborted) return { kind: "lost" };
  return post(`/api/v1/papers/${paper}/files`, upload, file, on, stop);
}

function form(upload: Upload, file: File): FormData {
  const data = new FormData();
  const t = upload.target;
  // Fields stand before the file, so that the server knows them before the first byte of it.
  data.append("role", t.kind === "item" ? "main" : t.role);
  if (t.kind === "version") {
    data.append("replaces", t.file);
    data.append("reason", t.reason);
  }
  data.append("file", file, file.name.normalize("NFC"));
  return data;
}

function post(path: string, upload: Upload, file: File, on: OnTheWay, stop: AbortSignal): Promise<Sent> {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    let quiet = setTimeout(() => xhr.abort(), SILENCE);
    const settle = (sent: Sent): void => {
      clearTimeout(quiet);
      stop.removeEventListener("abort", abort);
      resolve(sent);
    };
    const abort = (): void => xhr.abort();
    stop.addEventListener("abort", abort);
    xhr.open("POST", path);
    xhr.responseType = "json";
    xhr.setRequestHeader("Accept", "application/json");
    xhr.setRequestHeader("Accept-Language", document.documentElement.lang || "de");
    xhr.setRequestHeader("Idempotency-Key", upload.id);
    xhr.upload.onprogress = (e) => {
      clearTimeout(quiet);
      quiet = setTimeout(() => xhr.abort(), SILENCE);
      on.progress(e.loaded);
    };
    // All is out: now the server writes and answers, which may take its time with a large file.
    xhr.upload.onload = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => xhr.abort(), 2 * SILENCE);
    };
    xhr.onload = () => {
      const body = xhr.response as unknown;
      settle(ending({ status: xhr.status, body, problem: problemText(body) }) ?? { kind: "done", file: body as PaperFile });
    };
    xhr.onerror = () => settle({ kind: "lost" });
    xhr.onabort = () => settle({ kind: "lost" });
    xhr.send(form(upload, file));
  });
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
