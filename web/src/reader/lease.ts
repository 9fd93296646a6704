// The lease of this device while the reader is open: fetched at start and at every contact, and what follows when it is over.
import { effect, signal } from "@preact/signals";
import { get } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import { expired } from "../api/session.ts";
import type { LeaseKey } from "../core/lease.ts";
import { type Answer, type LeaseView, LeaseWatch } from "../core/lease_watch.ts";
import { DiskLease } from "../store/lease_place.ts";
import { rest } from "./own.ts";

/** How the lease stands; null until the server was asked for the first time. */
export const lease = signal<LeaseView | null>(null);
/** What is not public is locked: nothing of it shows, and nothing of it is kept in the page. */
export const locked = signal(false);

const tickEvery = 30_000;
const renewEvery = 15 * 60_000;
const patience = 10_000; // until a server that does not answer counts as out of reach

let watch: LeaseWatch | null = null;
let asked = Number.NEGATIVE_INFINITY;
let stop: (() => void) | null = null;

async function ask(): Promise<Answer> {
  try {
    const given = await get<{ lease: string; key: LeaseKey }>("/api/v1/lease", { background: true, signal: AbortSignal.timeout(patience) });
    return { kind: "given", text: given.lease, key: given.key };
  } catch (err) {
    const status = err instanceof Problem ? err.status : 0;
    if (status === 401) return { kind: "signed-out" };
    return { kind: status === 403 || status === 404 ? "none" : "unreachable" };
  }
}

const published = (): Promise<LeaseKey> => get<LeaseKey>("/auth/lease-key", { background: true, signal: AbortSignal.timeout(patience) });

/** renew asks the server for a new lease now. */
export async function renew(): Promise<void> {
  asked = performance.now();
  await watch?.renew();
}

function show(view: LeaseView): void {
  if (watch === null || asked === Number.NEGATIVE_INFINITY) return;
  lease.value = view;
  const shut = view.state === "over" || view.state === "clock";
  if (shut && !locked.value) {
    locked.value = true;
    rest();
    if (view.contact === "yes") void renew(); // the time ran out while nobody asked: perhaps it need not last
  }
  // Back again: what may be seen is asked anew, from the first screen's data on.
  if (!shut && locked.value) location.reload();
}

/** begin keeps the lease of the person who reads. Called once the person is known, and never disturbs the start. */
export async function begin(person: string): Promise<void> {
  stop?.();
  const own = new LeaseWatch({ person, place: new DiskLease(person), server: { ask, published }, onView: show });
  watch = own;
  await own.open();
  await renew();
  const again = () => {
    if (document.visibilityState === "visible" && performance.now() - asked > 5_000) void renew();
  };
  const timer = setInterval(() => {
    const view = own.tick();
    const pause = view.contact === "yes" && view.state !== "over" && view.state !== "clock" ? renewEvery : tickEvery;
    if (performance.now() - asked >= pause - 1000) void renew();
  }, tickEvery);
  const keep = () => own.keep();
  document.addEventListener("visibilitychange", again);
  window.addEventListener("online", again);
  window.addEventListener("pagehide", keep);
  const unsubscribe = effect(() => {
    if (!expired.value && own === watch && lease.peek()?.contact === "signed-out") void renew(); // somebody has signed in again
  });
  stop = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", again);
    window.removeEventListener("online", again);
    window.removeEventListener("pagehide", keep);
    unsubscribe();
  };
}
