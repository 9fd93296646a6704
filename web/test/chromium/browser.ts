// Chromium for the browser tests: Debian's build, on iPad sizes by default. What goes wrong in the page (violations of the content
// security policy, errors on the console, failed scripts) is collected and makes the test fail.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, devices, type Page, type Worker } from "playwright-core";

/** Sizes in CSS pixels at which every screen is looked at. */
export const sizes = {
  "ipad-portrait": { width: 834, height: 1194 },
  "ipad-landscape": { width: 1194, height: 834 },
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
} as const;

/** launch starts Chromium (RIS_CHROMIUM names another one). */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.RIS_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

export interface Session {
  context: BrowserContext;
  page: Page;
  /** What the browser complained about so far. */
  complaints: string[];
}

/** open makes a fresh browser session as an iPad sees it. */
export async function open(browser: Browser, options: { size?: keyof typeof sizes; dark?: boolean; base?: string; lang?: string } = {}): Promise<Session> {
  const { defaultBrowserType: _, ...ipad } = devices["iPad Pro 11"]!;
  const desktop = options.size === "desktop";
  const context = await browser.newContext({
    ...(desktop ? {} : ipad),
    viewport: sizes[options.size ?? "ipad-portrait"],
    locale: options.lang ?? "de-DE",
    timezoneId: "Europe/Berlin",
    colorScheme: options.dark ? "dark" : "light",
    ignoreHTTPSErrors: true, // the local certificate of `ris demo --tls`
    ...(options.base ? { baseURL: options.base } : {}),
  });
  const complaints: string[] = [];
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile ?? ""}:${e.lineNumber}`));
  });
  context.on("page", (page) => watch(page, complaints));
  const page = await context.newPage();
  watch(page, complaints);
  return { context, page, complaints };
}

const violations: string[] = [];

/** takeViolations gives what pages and workers did against the content security policy since it was last asked. */
export function takeViolations(): string[] {
  return violations.splice(0);
}

/** An error on the console of Chromium that tells of the policy. */
const ofPolicy = /CSP:|Content Security Policy/;

const watched = new WeakSet<Page>();

function watch(page: Page, complaints: string[]): void {
  if (watched.has(page)) return;
  watched.add(page);
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    complaints.push(`console: ${message.text()} ${message.location().url}`);
    if (ofPolicy.test(message.text())) violations.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (err) => complaints.push(`error: ${err.message}`));
  void issues(page);
  page.on("worker", watchWorker);
}

/** watchWorker: a worker's violations are told to itself alone (what it does before it can be asked to listen is missed). */
function watchWorker(worker: Worker): void {
  worker.on("console", (message) => {
    if (ofPolicy.test(message.text())) violations.push(`${worker.url()}: ${message.text()}`);
  });
  const listen = () => self.addEventListener("securitypolicyviolation", (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`));
  worker.evaluate(listen).catch(() => undefined); // it may have ended already
}

/** issues listens where Chromium itself notes violations of pages and frames. */
async function issues(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  cdp.on("Audits.issueAdded", ({ issue }) => {
    const found = issue.details.contentSecurityPolicyIssueDetails;
    if (found && !found.isReportOnly) violations.push(`${page.url()}: ${found.violatedDirective} ${found.blockedURL ?? ""} ${found.contentSecurityPolicyViolationType}`);
  });
  await cdp.send("Audits.enable");
}

/** shot takes a picture into the folder RIS_SHOTS (outside the repository); without it nothing happens. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.RIS_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** drag moves a pen or finger over the glass in small steps, as Chromium reports the real thing. */
export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }, pointer: "pen" | "mouse" | "touch" = "mouse"): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const steps = 12;
  const at = (i: number) => ({ x: from.x + ((to.x - from.x) * i) / steps, y: from.y + ((to.y - from.y) * i) / steps });
  if (pointer === "touch") {
    for (let i = 0; i <= steps; i++) await cdp.send("Input.dispatchTouchEvent", { type: i === 0 ? "touchStart" : "touchMove", touchPoints: [at(i)] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  } else {
    const mouse = (type: "mousePressed" | "mouseMoved" | "mouseReleased", i: number) =>
      cdp.send("Input.dispatchMouseEvent", { type, ...at(i), button: "left", buttons: type === "mouseReleased" ? 0 : 1, clickCount: 1, pointerType: pointer, force: pointer === "pen" ? 0.5 : 0 });
    await mouse("mousePressed", 0);
    for (let i = 1; i <= steps; i++) await mouse("mouseMoved", i);
    await mouse("mouseReleased", steps);
  }
  await cdp.detach();
}
