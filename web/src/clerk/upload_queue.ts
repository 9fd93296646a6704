// Drives uploads: two at a time, tries again after a broken line, stops for a sign-in, never sends the same file twice at once.
import { signal } from "@preact/signals";
import { PAUSE } from "./send_file.ts";
import { isOpen, newUpload, pauseAfter, step, type Target, type Upload, type UploadEvent } from "./uploads.ts";
import type { PaperFile } from "./wire.ts";

/** How a send ended. "lost" = no answer came; the bytes may or may not have arrived. */
export type Sent = { kind: "done"; file: PaperFile } | { kind: "refused"; problem: string } | { kind: "lost" } | { kind: "expired" };

/** What the sender reports on the way: bytes that left, and the id of the paper made for the file. */
export interface OnTheWay {
  progress(sent: number): void;
  paper(id: string): void;
}

export interface QueueParts {
  /** Looks at a file before a byte is sent: a text for people when it cannot be taken, else null. */
  check(file: File): Promise<string | null>;
  /** Sends; never throws; ends early when `stop` is aborted. */
  send(upload: Upload, file: File, on: OnTheWay, stop: AbortSignal): Promise<Sent>;
  /** Has the server forget what has arrived of a file that will not come. */
  forget?(upload: Upload, file: File): Promise<void>;
  /** Called when a file has arrived, so that the agenda is loaded anew. */
  arrived(upload: Upload): void;
  /** Called once when the sign-in has ended. */
  expired(): void;
  /** Takes away a paper that was made for a file which then was refused or given up. */
  abandoned(paper: string): void;
  newId(): string;
  later?(ms: number, run: () => void): void;
}

const AT_ONCE = 2;

export class UploadQueue {
  /** In the order chosen; finished ones stay until cleared. */
  readonly uploads = signal<readonly Upload[]>([]);
  private readonly files = new Map<string, File>();
  private readonly stops = new Map<string, AbortController>();
  private readonly parts: QueueParts;

  constructor(parts: QueueParts) {
    this.parts = parts;
  }

  /** Takes chosen files; the same file on its way to the same place is taken once. Gives how many were taken. */
  add(files: Iterable<File>, target: (file: File) => Target): number {
    let taken = 0;
    for (const file of files) {
      const to = target(file);
      if (this.uploads.value.some((u) => isOpen(u) && samePlace(u.target, to) && this.sameFile(u, file))) continue;
      const upload = newUpload(this.parts.newId(), to, file.name, file.size);
      this.files.set(upload.id, file);
      this.uploads.value = [...this.uploads.value, upload];
      taken++;
      void this.look(upload.id, file);
    }
    return taken;
  }

  cancel(id: string): void {
    const before = this.get(id);
    this.event(id, { kind: "cancel" });
    const stop = this.stops.get(id);
    stop?.abort();
    if (before && isOpen(before)) {
      if (!stop) this.forget(before);
      this.abandon(before);
    }
    this.pump();
  }

  /** Stops for a while; what has arrived stays on the server. */
  pause(id: string): void {
    this.event(id, { kind: "pause" });
    this.stops.get(id)?.abort(PAUSE);
    this.pump();
  }

  /** Once more, by hand or by the clock. */
  retry(id: string, byHand = true): void {
    this.event(id, { kind: "retry", byHand });
    this.pump();
  }

  /** After signing in again, or when the line is back. */
  resume(): void {
    for (const u of this.uploads.value) if (u.phase === "expired" || u.phase === "lost") this.retry(u.id);
  }

  /** Takes a finished row off the screen. */
  clear(id: string): void {
    const u = this.get(id);
    if (!u || isOpen(u)) return;
    if (u.phase === "refused") this.forget(u);
    this.uploads.value = this.uploads.value.filter((x) => x.id !== id);
    this.files.delete(id);
  }

  /** True while leaving the page would lose a file. */
  busy(): boolean {
    return this.uploads.value.some(isOpen);
  }

  private async look(id: string, file: File): Promise<void> {
    const problem = await this.parts.check(file);
    this.event(id, problem === null ? { kind: "checked" } : { kind: "refused", problem });
    this.pump();
  }

  private pump(): void {
    for (const u of this.uploads.value) {
      const sending = this.uploads.value.filter((x) => x.phase === "sending").length;
      if (sending >= AT_ONCE) return;
      if (u.phase === "waiting") void this.send(u.id);
    }
  }

  private async send(id: string): Promise<void> {
    const file = this.files.get(id);
    if (!file) return;
    this.event(id, { kind: "start" });
    const stop = new AbortController();
    this.stops.set(id, stop);
    const upload = this.get(id) as Upload;
    const sent = await this.parts.send(
      upload,
      file,
      {
        progress: (bytes) => this.event(id, { kind: "progress", sent: bytes }),
        paper: (paper) => this.event(id, { kind: "paper", id: paper }),
      },
      stop.signal,
    );
    if (this.stops.get(id) === stop) this.stops.delete(id);
    const now = this.get(id);
    if (now?.phase === "sending") this.finish(now, sent);
    else if (sent.kind === "done" && now) this.parts.arrived(now);
    this.pump();
  }

  private finish(u: Upload, sent: Sent): void {
    this.event(u.id, sent);
    const after = this.get(u.id) as Upload;
    if (sent.kind === "done") this.parts.arrived(after);
    if (sent.kind === "expired") this.parts.expired();
    if (sent.kind === "refused") this.abandon(after);
    if (sent.kind === "lost") {
      const pause = pauseAfter(after.tries);
      if (pause !== null) (this.parts.later ?? later)(pause, () => this.retry(u.id, false));
    }
  }

  /** A paper made for a file that will not come is taken away again: nothing half-done stays on the agenda. */
  private abandon(u: Upload): void {
    if (u.paper && u.target.kind === "item") this.parts.abandoned(u.paper);
  }

  private forget(u: Upload): void {
    const file = this.files.get(u.id);
    if (file) void this.parts.forget?.(u, file);
  }

  private sameFile(u: Upload, file: File): boolean {
    const mine = this.files.get(u.id);
    return mine?.name === file.name && mine.size === file.size && mine.lastModified === file.lastModified;
  }

  private get(id: string): Upload | undefined {
    return this.uploads.value.find((u) => u.id === id);
  }

  private event(id: string, e: UploadEvent): void {
    this.uploads.value = this.uploads.value.map((u) => (u.id === id ? step(u, e) : u));
  }
}

function samePlace(a: Target, b: Target): boolean {
  if (a.kind === "item" && b.kind === "item") return a.item === b.item;
  if (a.kind === "paper" && b.kind === "paper") return a.paper === b.paper;
  if (a.kind === "version" && b.kind === "version") return a.file === b.file;
  return false;
}

const later = (ms: number, run: () => void): void => {
  setTimeout(run, ms);
};
