// What this browser tells the server of itself when the app starts and when it comes back to the front: for the list of devices.
import { call } from "../api/client.ts";

/** The build of the app: the hash in the name of its file. */
const build = /-([\w-]{6,12})\.js$/.exec(import.meta.url)?.[1] ?? "";
const every = 15 * 60_000;
let last = 0;

/** How many papers lie on the device; the offline reader says so when it has some. */
export const offline = { papers: 0 };

/** contact reports at most every quarter of an hour, and never disturbs: without a network the next one does it. */
export async function contact(now = Date.now()): Promise<void> {
  if (now - last < every) return;
  last = now;
  const homeScreen = matchMedia("(display-mode: standalone)").matches;
  const body = { offlinePapers: offline.papers, appVersion: build, homeScreen, touch: navigator.maxTouchPoints > 1 };
  await call("PUT", "/api/v1/devices/this", { body, background: true }).catch(() => undefined);
}

/** begin reports now and whenever the page comes back to the front. */
export function begin(): void {
  void contact();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void contact();
  });
}
