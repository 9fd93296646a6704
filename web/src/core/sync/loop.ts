// When to bring the marks to the server: after each change, at start, when the page is looked at again, when the network is
// back, and every minute (marks of another device). navigator.onLine is not asked: it lies.
import type { Marks } from "./marks.ts";

/** saved: all is on the server. saving: on the way. waiting: no connection, it is safe here. signed-out: waits for the sign-in. */
export type SyncState = "saved" | "saving" | "waiting" | "signed-out";

export interface LoopOptions {
  onState(state: SyncState, error?: unknown): void;
  /** True for an error that means: not signed in. */
  isSignedOut(error: unknown): boolean;
  /** Resolves when somebody is signed in again. */
  untilSignedIn(): Promise<void>;
}

const afterChange = 400; // milliseconds: typing goes out in one piece
const minute = 60_000;
const pauses = [2_000, 4_000, 8_000, 15_000, 30_000, minute];

/** SyncLoop calls Marks.sync at the right moments. */
export class SyncLoop {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private misses = 0;
  private stopped = false;
  private readonly stopListening: () => void;
  private known = 0;

  constructor(
    private readonly marks: Marks,
    private readonly options: LoopOptions,
  ) {
    this.stopListening = marks.onChange(() => {
      const unsent = marks.unsent;
      if (unsent > this.known || (unsent > 0 && this.misses === 0)) {
        this.options.onState("saving"); // from the first moment: "saved" must never stand there while something is not
        this.soon(afterChange);
      }
      this.known = unsent;
    });
  }

  /** soon plans the next run. */
  soon(wait: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), wait);
  }

  /** run brings everything to the server now; resolves when done or given up for the moment. */
  async run(): Promise<void> {
    if (this.stopped) return;
    clearTimeout(this.timer);
    if (this.marks.unsent > 0) this.options.onState("saving");
    try {
      await this.marks.sync();
      this.misses = 0;
      this.options.onState(this.marks.unsent > 0 ? "saving" : "saved");
      this.soon(minute);
    } catch (err) {
      if (this.stopped) return;
      if (this.options.isSignedOut(err)) {
        this.options.onState("signed-out");
        await this.options.untilSignedIn();
        return this.run();
      }
      const pause = pauses[Math.min(this.misses++, pauses.length - 1)]!;
      this.options.onState(this.marks.unsent > 0 ? "waiting" : "saved", err);
      this.soon(pause);
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.stopListening();
  }
}
