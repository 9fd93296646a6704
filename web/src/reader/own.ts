// What belongs to the signed-in person on this page: who they are, their marks, and how far these are saved.
import { signal } from "@preact/signals";
import { get, post } from "../api/client.ts";
import type { Me } from "../api/model.ts";
import { Problem } from "../api/problem.ts";
import { remember, untilSignedIn } from "../api/session.ts";
import { SyncLoop, type SyncState } from "../core/sync/loop.ts";
import { type Mark, Marks } from "../core/sync/marks.ts";
import type { SyncAnswer } from "../core/sync/protocol.ts";
import { openJournal, wipe } from "../store/journal.ts";
import { dropLease } from "../store/lease_place.ts";

export const me = signal<Me | null>(null);
/** All living marks of the person. */
export const marks = signal<readonly Mark[]>([]);
export const syncState = signal<SyncState>("saved");
/** False when the browser grants no storage: unsent marks then live only as long as the page. */
export const durable = signal(true);

let store: Marks | null = null;
let loop: SyncLoop | null = null;
let resting = false;

/** start loads the person and opens their outbox. Throws when there is no connection. */
export async function start(): Promise<void> {
  const person = await get<Me>("/api/v1/me");
  remember(person.id);
  const opened = await openJournal(person.id);
  durable.value = opened.durable;
  const own = new Marks(opened.journal, async (request) => (await post<SyncAnswer>("/api/v1/annotations/sync", request, { background: true })).data);
  await own.open();
  own.onChange(() => {
    if (!resting) marks.value = own.all();
  });
  marks.value = own.all();
  store = own;
  loop = new SyncLoop(own, {
    onState: (state) => {
      syncState.value = state;
    },
    isSignedOut: (error) => error instanceof Problem && error.status === 401,
    untilSignedIn,
  });
  me.value = person;
  loop.soon(0);
  const wake = () => {
    if (document.visibilityState === "visible") loop?.soon(0);
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("focus", wake);
  window.addEventListener("online", wake);
}

/** own gives the store of the marks; only called on screens that show after `start`. */
export function own(): Marks {
  if (!store) throw new Error("not started");
  return store;
}

/** rest takes the person's marks out of the page: the time to read without a connection is over. What was not sent stays in the outbox on
 * disk; where there is none, it stays in memory and goes on trying. */
export function rest(): void {
  resting = true;
  marks.value = [];
  if (!durable.value) return;
  loop?.stop();
  // The screens that are being left still put away what was typed.
  setTimeout(() => {
    store = loop = null;
  }, 5000);
}

/** signOut sends what is still waiting, then ends the session. False when marks could not be sent: ask before they are lost. */
export async function signOut(force = false): Promise<boolean> {
  await loop?.run();
  if (!force && (store?.unsent ?? 0) > 0) return false;
  loop?.stop();
  if (me.value) await Promise.all([wipe(me.value.id), dropLease(me.value.id)]);
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/auth/logout";
  document.body.append(form);
  form.submit();
  return true;
}
