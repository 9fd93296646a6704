// Addresses of the console: /console/, /console/meetings/ID, /console/work, /console/settings, /console/search?q=. Links are real links; a plain click stays on
// the page.
import { signal } from "@preact/signals";

export type Route = { name: "meetings" } | { name: "meeting"; id: string } | { name: "work" } | { name: "settings" } | { name: "traces" } | { name: "trace"; id: string } | { name: "search"; q: string } | { name: "devices" } | { name: "persons"; person: string } | { name: "endings" } | { name: "log" } | { name: "setup" } | { name: "trial" } | { name: "privacy"; person: string } | { name: "privacyRequest"; id: string } | { name: "unknown" };

const ROOT = "/console";

/** Reads an address. Pure. */
export function parseRoute(path: string, query: string): Route {
  const rest = path.replace(/^\/console/, "").replace(/\/+$/, "");
  if (rest === "" || rest === "/meetings") return { name: "meetings" };
  const meeting = /^\/meetings\/([\w-]{1,64})$/.exec(rest);
  if (meeting) return { name: "meeting", id: meeting[1] as string };
  if (rest === "/work") return { name: "work" };
  if (rest === "/devices") return { name: "devices" };
  if (rest === "/settings") return { name: "settings" };
  if (rest === "/log") return { name: "log" };
  if (rest === "/persons") return { name: "persons", person: new URLSearchParams(query).get("person") ?? "" };
  if (rest === "/persons/endings") return { name: "endings" };
  if (rest === "/setup") return { name: "setup" };
  if (rest === "/sign-in") return { name: "trial" };
  if (rest === "/traces") return { name: "traces" };
  const trace = /^\/traces\/([\w-]{1,64})$/.exec(rest);
  if (trace) return { name: "trace", id: trace[1] as string };
  if (rest === "/privacy") return { name: "privacy", person: new URLSearchParams(query).get("person") ?? "" };
  const request = /^\/privacy\/([\w-]{1,64})$/.exec(rest);
  if (request) return { name: "privacyRequest", id: request[1] as string };
  if (rest === "/search") return { name: "search", q: new URLSearchParams(query).get("q") ?? "" };
  return { name: "unknown" };
}

export const hrefMeetings = `${ROOT}/`;
export const hrefSettings = `${ROOT}/settings`;
export const hrefDevices = `${ROOT}/devices`;
export const hrefWork = `${ROOT}/work`;
export const hrefLog = `${ROOT}/log`;
export const hrefPersons = `${ROOT}/persons`;
export const hrefPerson = (id: string): string => `${ROOT}/persons?person=${encodeURIComponent(id)}`;
export const hrefEndings = `${ROOT}/persons/endings`;
export const hrefSetup = `${ROOT}/setup`;
export const hrefTrial = `${ROOT}/sign-in`;
export const hrefTraces = `${ROOT}/traces`;
export const hrefTrace = (id: string): string => `${ROOT}/traces/${id}`;
export const hrefPrivacy = `${ROOT}/privacy`;
export const hrefPrivacyOf = (person: string): string => `${ROOT}/privacy?person=${encodeURIComponent(person)}`;
export const hrefPrivacyRequest = (id: string): string => `${ROOT}/privacy/${id}`;
export const hrefMeeting = (id: string): string => `${ROOT}/meetings/${id}`;
export const hrefSearch = (q: string): string => `${ROOT}/search?q=${encodeURIComponent(q)}`;

/** Where we are. */
export const route = signal<Route>({ name: "meetings" });

/** Goes to an address of the console without loading the page anew. */
export function go(href: string): void {
  history.pushState(null, "", href);
  arrived();
  window.scrollTo(0, 0);
  // The new screen starts at its heading, for screen readers too.
  requestAnimationFrame(() => document.querySelector<HTMLElement>("main h1")?.focus());
}

function arrived(): void {
  route.value = parseRoute(location.pathname, location.search);
}

/** Starts listening; once per page. */
export function startRouting(): void {
  arrived();
  window.addEventListener("popstate", arrived);
  document.addEventListener("click", (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const a = (e.target as Element | null)?.closest?.("a");
    if (!a || a.target || a.origin !== location.origin || a.hasAttribute("download")) return;
    if (!a.pathname.startsWith(`${ROOT}/`) || (a.pathname === location.pathname && a.hash)) return;
    e.preventDefault();
    go(a.pathname + a.search);
  });
}
