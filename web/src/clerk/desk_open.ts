// Opens a meeting for work: its desk, its uploads, and the asking for news while workers are at the files.
import { type Signal, signal } from "@preact/signals";
import { uuidv7 } from "../core/id.ts";
import { toast } from "../ui/index.ts";
import { ask } from "./api.ts";
import { fit } from "./change.ts";
import { Desk } from "./desk.ts";
import type { Drafts } from "./drafts.ts";
import { checkFile } from "./file_check.ts";
import { filesOf, inWork, pollPause } from "./file_state.ts";
import { findingText } from "./file_texts.ts";
import { forgetFile, sendFile } from "./send_file.ts";
import { onSignedInAgain, signedOut } from "./sign_in.ts";
import { UploadQueue } from "./upload_queue.ts";
import type { Meeting } from "./wire.ts";

/** Nobody waits for this long for news of others (ms). */
const CALM = 60_000;

export interface Room {
  id: string;
  desk: Desk;
  queue: UploadQueue;
  drafts: Drafts;
  /** Items taken off the screen that can still be brought back. */
  hidden: Signal<ReadonlySet<string>>;
  /** Hides an item and deletes it after a while; gives the way back. */
  deleteSoon(item: string, name: string): () => void;
  /** Sends deletions that still wait. */
  flush(): Promise<void>;
  close(): void;
}

/** How long a deletion can be undone (ms): as long as its notice stays. */
const UNDO = 11_000;

/** Opens meeting `id`. `limit` is the server's largest upload in bytes; Infinity = not known here, the server says it. */
export function openRoom(id: string, drafts: Drafts, limit: number): Room {
  const path = `/api/v1/meetings/${id}`;
  const desk = new Desk(id, {
    call: ask,
    load: () => ask({ method: "GET", path }),
    drafts,
    expired: signedOut,
    newId: uuidv7,
  });
  const queue = new UploadQueue({
    check: async (file) => {
      const finding = await checkFile(file, limit);
      return finding === null ? null : findingText(finding, limit);
    },
    send: (upload, file, on, stop) => sendFile(ask, upload, file, on, stop),
    forget: forgetFile,
    arrived: (upload) => {
      // The server took the file but has something to say: it changed its name, say.
      if (upload.file?.notice) toast(upload.file.notice.text);
      void desk.reload();
    },
    expired: signedOut,
    // The server deletes a paper that was never published.
    abandoned: (paper) => {
      const request = { method: "POST", path: `/api/v1/papers/${paper}/withdraw`, body: {} } as const;
      void ask(request, uuidv7()).then(() => desk.reload());
    },
    newId: uuidv7,
  });
  const hidden = signal<ReadonlySet<string>>(new Set());
  const deletions = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();

  const forget = (item: string): void => {
    clearTimeout(deletions.get(item)?.timer);
    deletions.delete(item);
  };
  const unhide = (item: string): void => {
    hidden.value = new Set([...hidden.value].filter((x) => x !== item));
  };
  const remove = async (item: string): Promise<void> => {
    const name = deletions.get(item)?.name ?? "";
    forget(item);
    await desk.do({ kind: "item.delete", item, name });
    unhide(item);
  };
  // A closing page cannot wait for an answer: the browser carries these requests on by itself.
  const leaving = (): void => {
    for (const [item, { name }] of deletions) {
      const fits = desk.meeting.value && fit({ kind: "item.delete", item, name }, desk.meeting.value);
      if (!fits || fits.kind !== "fits") continue;
      const headers = { "If-Match": `"${fits.request.revision}"`, "Idempotency-Key": uuidv7() };
      void fetch(fits.request.path, { method: "DELETE", keepalive: true, headers });
      forget(item);
    }
  };
  const staying = (e: BeforeUnloadEvent): void => {
    if (queue.busy() || desk.saving.value > 0) e.preventDefault();
  };

  const stopPolling = poll(desk);
  const again = (): void => {
    void desk.resume();
    queue.resume();
  };
  const stopResuming = onSignedInAgain(again);
  window.addEventListener("online", again);
  window.addEventListener("pagehide", leaving);
  window.addEventListener("beforeunload", staying);

  return {
    id,
    desk,
    queue,
    drafts,
    hidden,
    deleteSoon(item, name) {
      hidden.value = new Set([...hidden.value, item]);
      deletions.set(item, { name, timer: setTimeout(() => void remove(item), UNDO) });
      return () => {
        if (!deletions.has(item)) return;
        forget(item);
        unhide(item);
      };
    },
    async flush() {
      await Promise.all([...deletions.keys()].map(remove));
    },
    close() {
      void Promise.all([...deletions.keys()].map(remove));
      stopPolling();
      stopResuming();
      window.removeEventListener("online", again);
      window.removeEventListener("pagehide", leaving);
      window.removeEventListener("beforeunload", staying);
    },
  };
}

const busyMeeting = (m: Meeting | null): boolean => m !== null && (m.publishRequested !== null || filesOf(m).some(inWork));

function poll(desk: Desk): () => void {
  let asked = 0;
  let timer: ReturnType<typeof setTimeout>;
  const next = (): void => {
    const busy = busyMeeting(desk.meeting.value) && asked < 200;
    asked = busy ? asked + 1 : 0;
    timer = setTimeout(() => void tick(), busy ? pollPause(asked) : CALM);
  };
  const tick = async (): Promise<void> => {
    if (!document.hidden && desk.saving.value === 0) await desk.reload();
    next();
  };
  // News in between (an upload arrived, a publication began) set the quick rhythm going.
  let was = false;
  const stopWatching = desk.meeting.subscribe((m) => {
    const busy = busyMeeting(m);
    if (busy && !was) {
      asked = 0;
      clearTimeout(timer);
      next();
    }
    was = busy;
  });
  const seen = (): void => {
    if (!document.hidden) void desk.reload();
  };
  document.addEventListener("visibilitychange", seen);
  next();
  return () => {
    clearTimeout(timer);
    stopWatching();
    document.removeEventListener("visibilitychange", seen);
  };
}
