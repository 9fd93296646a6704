// What happens when non-public papers ask whether it is still the same person: requests wait, a dialog (ui/ConfirmDialog) offers a
// passkey or a new sign-in, and when it is confirmed they go out once more.
import { signal } from "@preact/signals";

/** The type of the problem that asks for a confirmation. */
export const STEP_UP = "urn:ris:error.step_up";

/** True while something waits for a confirmation. */
export const confirming = signal(false);

let waiting: ((confirmed: boolean) => void)[] = [];

/** untilConfirmed resolves with true once it is confirmed, with false when the person would rather not now. */
export function untilConfirmed(): Promise<boolean> {
  confirming.value = true;
  return new Promise((resolve) => waiting.push(resolve));
}

/** settle lets what waits go on. Confirmed too early does no harm: the server asks again. */
export function settle(confirmed: boolean): void {
  confirming.value = false;
  const all = waiting;
  waiting = [];
  for (const resolve of all) resolve(confirmed);
}

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("ris-session");
if (channel)
  channel.onmessage = () => {
    if (confirming.value) settle(true); // a new sign-in in another window
  };

/** safeReturn is the path to go back to when it is one of ours, else the reader's first page. */
export function safeReturn(path: string | null): string {
  return path && /^\/(app|console)(\/(?!\/)[^\\]*)?$/.test(path) ? path : "/app/";
}
