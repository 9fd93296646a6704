// Who is at the desk. Loaded once; the screens below the shell stand on it.
import { signal } from "@preact/signals";
import { remember } from "../api/session.ts";
import { read } from "./api.ts";
import { Drafts } from "./drafts.ts";
import type { Me } from "./wire.ts";

/** The signed-in person; `uploadLimit` is the largest upload in bytes, where the server tells it. */
export interface Clerk {
  me: Me & { uploadLimit?: number };
  drafts: Drafts;
}

export const clerk = signal<Clerk | null>(null);
export const failed = signal<unknown>(null);

/** True for the Sitzungsdienst of at least one Body. */
export const isClerk = (me: Me): boolean => me.roles.includes("clerk");

/** The bodies in which the person is clerk. */
export const clerkBodies = (me: Me): Me["bodies"] => me.bodies.filter((b) => b.roles.includes("clerk"));

/** Asks who is signed in. */
export async function loadClerk(): Promise<void> {
  failed.value = null;
  try {
    const me = await read<Clerk["me"]>("/api/v1/me");
    remember(me.id);
    const drafts = new Drafts(deviceStorage(), me.id);
    drafts.sweep();
    clerk.value = { me, drafts };
  } catch (error) {
    failed.value = error;
  }
}

function deviceStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null; // forbidden by the browser's settings
  }
}
