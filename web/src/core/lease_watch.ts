// The life of the device's lease: fetched at every contact, checked with the key that the server publishes, kept beside what it lets
// open, and held against the clock all the while. What may be read is asked of core/lease.ts; what is done about it, the app decides.
import { at, type Lease, type LeaseKey, type LeaseState, now as reckoned, reach, type Verdict, verify } from "./lease.ts";

/** What lies on the device, times in milliseconds. */
export interface KeptLease {
  text: string;
  key: LeaseKey;
  received: number;
  mark: number;
}

/** Where the lease of one person lies on this device. */
export interface LeasePlace {
  load(): Promise<KeptLease | null>;
  /** Puts a new lease in the place of the one before. */
  save(kept: KeptLease): Promise<void>;
  /** Moves the mark of this lease on, never back; nothing when another lease lies there by now. */
  reach(text: string, mark: number): Promise<void>;
  drop(): Promise<void>;
}

/** What the server said when it was asked. "none": this person reads nothing that is not public, or the browser is no device. */
export type Answer = { kind: "given"; text: string; key: LeaseKey } | { kind: "none" } | { kind: "signed-out" } | { kind: "unreachable" };

export interface LeaseServer {
  ask(): Promise<Answer>;
  /** The key that the server publishes for everybody; null when it cannot be had. */
  published(): Promise<LeaseKey | null>;
}

/** What the app shows and does. */
export interface LeaseView {
  /** "none": there is no lease, the server alone decides. "over", "clock": what is not public is locked until the server has renewed it. */
  state: "none" | "open" | "over" | "clock";
  /** Until when what is not public may be read without a connection, milliseconds by the server's clock; null without a lease. */
  until: number | null;
  /** How the last attempt to reach the server ended. */
  contact: "yes" | "signed-out" | "no";
}

export interface WatchOptions {
  person: string;
  place: LeasePlace;
  server: LeaseServer;
  onView(view: LeaseView): void;
  /** The device's own clock, which may be wrong and may be turned. */
  clock?: () => number;
  /** Milliseconds that pass whatever is done to the clock; may stand still while the device sleeps. */
  steady?: () => number;
}

/** How often the mark is written while the app is open. */
const WRITE_EVERY = 60_000;

/** LeaseWatch holds one person's lease on this device. Call `open` once, `renew` at every contact, `tick` at least every minute. */
export class LeaseWatch {
  private kept: KeptLease | null = null;
  private state: LeaseState | null = null;
  private contact: LeaseView["contact"] = "yes";
  private written = 0;
  private running: Promise<void> | null = null;
  /** What the steady clock said when the lease was reckoned to stand at `from`. */
  private base = { steady: 0, from: 0 };
  private readonly clock: () => number;
  private readonly steady: () => number;

  constructor(private readonly options: WatchOptions) {
    this.clock = options.clock ?? (() => Date.now());
    this.steady = options.steady ?? (() => performance.now());
  }

  /** open takes up what was kept. What does not verify was touched by somebody, and is dropped. */
  async open(): Promise<void> {
    const kept = await this.options.place.load().catch(() => null);
    const lease = kept && (await verify(kept.key, kept.text));
    if (kept && lease) this.take(kept, lease);
    else if (kept) await this.options.place.drop().catch(() => undefined);
    this.tick();
  }

  /** renew asks the server; several calls at the same time are one. Never throws. */
  renew(): Promise<void> {
    return (this.running ??= this.ask().finally(() => {
      this.running = null;
    }));
  }

  /** tick lets time go by, and tells the app how things stand. */
  tick(): LeaseView {
    const local = this.clock();
    if (this.state) {
      // A clock that is turned back while the app is open does not stop the time: the steady one goes on.
      const steadily = this.base.from + (this.steady() - this.base.steady);
      this.state = reach({ ...this.state, mark: Math.max(this.state.mark, steadily) }, local);
      this.write(local, false);
    }
    const view = this.view(local);
    this.options.onView(view);
    return view;
  }

  /** keep writes the mark now: the page is being left. */
  keep(): void {
    this.write(this.clock(), true);
  }

  private view(local: number): LeaseView {
    if (!this.state) return { state: "none", until: null, contact: this.contact };
    const v: Verdict = at(this.state, local, this.state.lease.device, this.options.person);
    if (v.reason === "other_device") return { state: "over", until: null, contact: this.contact };
    const until = this.state.lease.nonPublicUntil;
    if (v.nonPublic) return { state: "open", until, contact: this.contact };
    return { state: v.reason === "clock" ? "clock" : "over", until, contact: this.contact };
  }

  private async ask(): Promise<void> {
    const answer = await this.options.server.ask().catch((): Answer => ({ kind: "unreachable" }));
    if (answer.kind === "given") {
      const kept: KeptLease = { text: answer.text, key: answer.key, received: this.clock(), mark: 0 };
      const lease = await this.accept(answer);
      this.contact = "yes"; // one that is no lease of ours extends nothing: the one before runs out
      if (lease) {
        this.take({ ...kept, mark: lease.issued }, lease);
        await this.options.place.save(this.kept!).catch(() => undefined); // no storage: it holds as long as the page
        this.written = this.clock();
      }
    } else if (answer.kind === "none") {
      this.contact = "yes";
      this.kept = this.state = null;
      await this.options.place.drop().catch(() => undefined);
    } else this.contact = answer.kind === "signed-out" ? "signed-out" : "no";
    this.tick();
  }

  /** accept checks a lease that came: signed by the key that is published, for this person, and not older than the one that is here. */
  private async accept(answer: { text: string; key: LeaseKey }): Promise<Lease | null> {
    const pinned = this.kept?.key;
    if (!pinned || pinned.kid !== answer.key.kid || pinned.x !== answer.key.x) {
      const published = await this.options.server.published().catch(() => null);
      if (!published || published.kid !== answer.key.kid || published.x !== answer.key.x) return null;
    }
    const lease = await verify(answer.key, answer.text);
    if (!lease || lease.person !== this.options.person) return null;
    if (this.state && lease.issued < this.state.lease.issued) return null; // an answer from somebody's store on the way
    return lease;
  }

  private take(kept: KeptLease, lease: Lease): void {
    this.kept = kept;
    this.state = { lease, received: kept.received, mark: kept.mark };
    this.base = { steady: this.steady(), from: Math.max(kept.mark, reckoned(this.state, this.clock())) };
  }

  private write(local: number, now: boolean): void {
    if (!this.kept || !this.state || this.state.mark <= this.kept.mark) return;
    if (!now && Math.abs(local - this.written) < WRITE_EVERY) return;
    this.written = local;
    this.kept = { ...this.kept, mark: this.state.mark };
    void this.options.place.reach(this.kept.text, this.kept.mark).catch(() => undefined);
  }
}
