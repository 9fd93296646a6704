// Uploads at the console against a real server (RIS_E2E_URL): a slow line, a pause, no network for a while, a page that is loaded anew
// in the middle. What has arrived is not sent a second time, and each file arrives once.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printPaper } from "../fixtures/papers.ts";
import { launch, open, shot, type Session } from "./browser.ts";

const base = process.env.RIS_E2E_URL ?? "";
const password = process.env.RIS_E2E_PASSWORD ?? "demo";
const word = `Strecke${Date.now().toString(36)}`;
const MB = 1 << 20;

const folder = mkdtempSync(join(tmpdir(), "ris-uploads-"));
let browser: Browser;
const sessions: Session[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  for (const s of sessions) await s.context.close();
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(): Promise<Page> {
  const session = await open(browser, { base, size: "desktop" });
  sessions.push(session);
  const { page } = session;
  await page.goto("/console/");
  await page.getByLabel(/E-Mail/i).fill("sitzungsdienst@demo.example");
  await page.getByLabel(/Passwort|Kennwort/i).fill(password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/console/"));
  return page;
}

async function post(page: Page, path: string, data: unknown): Promise<{ id: string }> {
  const answer = await page.request.post(`/api/v1${path}`, { data });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as { id: string };
}

/** A real PDF with much behind its end: large on the line, quick to read. It lies on the disk, so that it has a date. */
async function large(name: string, size: number): Promise<string> {
  const head = await printPaper(browser, `Vorlage ${word}`, 1, "Auenrode");
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([head, Buffer.alloc(size - head.length, `\n% ${name} ${word}`)]));
  return path;
}

const row = (page: Page) => page.locator(".upload");
const percent = async (page: Page): Promise<number> => Number(await row(page).locator("progress").getAttribute("value"));

async function reach(page: Page, least: number): Promise<number> {
  await expect.poll(() => percent(page), { timeout: 60_000, interval: 100 }).toBeGreaterThanOrEqual(least);
  return percent(page);
}

test("slow line, pause, no network, page loaded anew: it goes on where it was", async () => {
  const page = await signIn();
  const me = (await (await page.request.get("/api/v1/me")).json()) as { bodies: { id: string; name: string; roles: string[] }[] };
  const body = me.bodies.find((b) => b.roles.includes("clerk"))!.id;
  const orgs = (await (await page.request.get(`/api/v1/organizations?body=${body}`)).json()) as { data: { id: string }[] };
  const start = new Date(Date.now() + 9 * 86_400_000).toISOString();
  const meeting = await post(page, "/meetings", { name: `Sitzung ${word}`, organizations: [orgs.data[0]!.id], start, body });
  await post(page, `/meetings/${meeting.id}/agenda-items`, { name: "Strecke", public: false });
  await page.goto(`/console/meetings/${meeting.id}`);

  const line: CDPSession = await page.context().newCDPSession(page);
  const speed = (bytes: number, offline = false) =>
    line.send("Network.emulateNetworkConditions", { offline, latency: 5, downloadThroughput: -1, uploadThroughput: bytes });
  const sent: number[] = []; // the offsets of all requests that carried bytes
  page.on("request", (r) => {
    if (r.method() === "PATCH" && r.url().includes("/api/v1/uploads/")) sent.push(Number(r.headers()["upload-offset"]));
  });
  const choose = async (file: string): Promise<void> => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: /PDF hinzufügen/ }).first().click()]);
    await chooser.setFiles(file);
  };

  await speed(2 * MB);
  const file = await large(`Plan ${word}.pdf`, 14 * MB);
  await choose(file);
  await row(page).waitFor();
  await reach(page, 15);
  await shot(page, "upload-1-sending");

  // A pause stays until the person ends it.
  await row(page).getByRole("button", { name: /anhalten/ }).click();
  await row(page).getByText(/Angehalten/).waitFor();
  const paused = await percent(page);
  const requests = sent.length;
  await page.waitForTimeout(1500);
  expect([await percent(page), sent.length]).toEqual([paused, requests]);
  await shot(page, "upload-2-paused");
  await row(page).getByRole("button", { name: "Fortsetzen" }).click();
  await reach(page, Math.min(paused + 8, 45));

  // No network for a while: it goes on by itself.
  await speed(-1, true);
  await row(page).getByText(/Verbindung unterbrochen/).waitFor({ timeout: 30_000 });
  await shot(page, "upload-3-lost");
  const lost = await percent(page);
  await page.waitForTimeout(1000);
  await speed(2 * MB);
  await reach(page, Math.min(lost + 8, 70));

  // The page is loaded anew, and the same file chosen again.
  page.on("dialog", (d) => void d.accept());
  const before = Math.max(...sent);
  await page.reload();
  await page.getByText("Strecke").first().waitFor();
  sent.length = 0;
  await choose(file);
  await expect.poll(() => sent.length, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(sent[0]).toBeGreaterThanOrEqual(before - MB);
  await speed(-1);
  await page.getByText("durchsuchbar").first().waitFor({ timeout: 180_000 });
  await shot(page, "upload-4-done");
  const full = (await (await page.request.get(`/api/v1/meetings/${meeting.id}`)).json()) as { agendaItems: { papers: { files: unknown[] }[] }[] };
  expect(full.agendaItems[0]!.papers.map((p) => p.files.length)).toEqual([1]);
}, 300_000);
