// What happens when the sign-in expires in the middle of work: requests wait, a dialog (ui/SessionDialog) offers the sign-in in a new
// window, nothing on the page is lost. When somebody is signed in again, the waiting requests go out once more.
import { signal } from "@preact/signals";
import { obey } from "./wipe.ts";

/** True while the sign-in has expired; ui/SessionDialog shows itself by it. */
export const expired = signal(false);

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("ris-session");
let person = "";
let waiting: (() => void)[] = [];
let timer: ReturnType<typeof setInterval> | undefined;

/** remember names the person for whom this page was loaded. Another person signing in reloads the page: nothing of the first stays. */
export function remember(id: string): void {
  person = id;
}

/** untilSignedIn resolves once a session is back. */
export function untilSignedIn(): Promise<void> {
  expired.value = true;
  timer ??= setInterval(check, 4000);
  return new Promise((resolve) => waiting.push(resolve));
}

/** check asks the server whether a session is there again. Called on a timer, on focus, and when another window tells. */
export async function check(): Promise<void> {
  if (!expired.value) return;
  try {
    const answer = await fetch("/api/v1/me", { headers: { Accept: "application/json" }, cache: "no-store" });
    await obey(answer);
    if (!answer.ok) return;
    const me = (await answer.json()) as { id: string };
    if (person && me.id !== person) return location.reload();
  } catch {
    return; // no connection: the next tick asks again
  }
  clearInterval(timer);
  timer = undefined;
  expired.value = false;
  const go = waiting;
  waiting = [];
  for (const resolve of go) resolve();
}

/** tellSignedIn lets the other windows of this browser know. The page that a renewed sign-in returns to calls it. */
export function tellSignedIn(): void {
  channel?.postMessage("signed-in");
}

if (channel) channel.onmessage = () => void check();
if (typeof window !== "undefined") window.addEventListener("focus", () => void check());
