// The whole way against a real server with the demo town (RIS_E2E_URL, e.g. http://127.0.0.1:8080): a clerk uploads and publishes, a member
// signs in on an iPad, reads the personal copy, marks, finds the mark on a second device, searches, signs out; another member and the
// public see nothing of it.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printPaper } from "../fixtures/papers.ts";
import { drag, launch, open, shot, type Session } from "./browser.ts";

const base = process.env.RIS_E2E_URL ?? "";
const password = process.env.RIS_E2E_PASSWORD ?? "demo";
/** A word that stands in no other paper. */
const word = `Probewort${Date.now().toString(36)}`;

let browser: Browser;
const sessions: Session[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  for (const s of sessions) await s.context.close();
  await browser?.close();
});

async function signIn(account: string, path = "/app/", size: Parameters<typeof open>[1] = {}): Promise<Session> {
  const session = await open(browser, { base, ...size });
  sessions.push(session);
  await session.page.goto(path);
  await session.page.getByLabel(/E-Mail/i).fill(account);
  await session.page.getByLabel(/Passwort|Kennwort/i).fill(password);
  await session.page.getByRole("button", { name: "Anmelden" }).click();
  await session.page.waitForURL((url) => url.pathname.startsWith(path.split("?")[0]!));
  return session;
}

interface Answer<T> {
  status: number;
  etag: string;
  data: T;
}

/** api calls the server from inside the page: same cookies, same origin checks as the apps. */
function api<T = Record<string, unknown>>(page: Page, method: string, path: string, body?: unknown, etag?: string): Promise<Answer<T>> {
  return page.evaluate(
    async ([method, path, body, etag]) => {
      const headers: Record<string, string> = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
      if (etag) headers["If-Match"] = etag as string;
      const r = await fetch(path as string, { method: method as string, headers, body: body === undefined || body === null ? undefined : JSON.stringify(body) });
      const text = await r.text();
      return { status: r.status, etag: r.headers.get("ETag") ?? "", data: text ? JSON.parse(text) : null };
    },
    [method, path, body ?? null, etag ?? ""] as const,
  );
}

/** publishByHand is the clerk at the console: an item by the keyboard, a PDF by the file button, the preview, publishing. */
async function publishByHand(page: Page, meeting: string): Promise<void> {
  await page.goto(`/console/meetings/${meeting}`);
  const title = page.getByRole("textbox", { name: "Titel des neuen Tagesordnungspunkts" });
  await title.fill("Nichtöffentliche Angelegenheit");
  await title.press("Enter");
  const choose = page.getByRole("button", { name: /PDF hinzufügen/ }).first();
  await choose.waitFor();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), choose.click()]);
  await chooser.setFiles({ name: `Vorlage ${word}.pdf`, mimeType: "application/pdf", buffer: await printPaper(browser, `Vorlage mit ${word}`, 3, "Auenrode") });
  await page.getByText("durchsuchbar").first().waitFor({ timeout: 90_000 });
  await shot(page, "e2e-0-console");
  await page.getByRole("button", { name: "Vorschau: wer sieht was" }).click();
  await page.getByText(`Vorlage ${word}`).first().waitFor();
  await shot(page, "e2e-0-preview");
  await page.getByRole("button", { name: "Veröffentlichen", exact: true }).click();
  await page.getByText("Die Sitzung ist veröffentlicht.").first().waitFor({ timeout: 60_000 });
}

test("upload, publish, read, mark, find again, search, sign out", async () => {
  // The clerk.
  const clerk = await signIn("sitzungsdienst@demo.example", "/console/", { size: "desktop" });
  const me = (await api<{ bodies: { id: string; name: string; roles: string[] }[] }>(clerk.page, "GET", "/api/v1/me")).data;
  const body = me.bodies.find((b) => b.name === "Stadt Auenrode" && b.roles.includes("clerk"))!;
  const organizations = (await api<{ data: { id: string; name: string; type: string }[] }>(clerk.page, "GET", `/api/v1/organizations?body=${body.id}`)).data.data;
  // The lead committee of a meeting of which mitglied1 is a member.
  const member = await signIn("mitglied1@demo.example");
  await member.page.getByRole("heading", { name: "Kommende Sitzungen" }).waitFor();
  await shot(member.page, "e2e-1-meetings");
  const mine = (await api<{ memberships: { organization: { id: string; type: string } }[] }>(member.page, "GET", "/api/v1/me")).data.memberships.map((m) => m.organization.id);
  const other = await signIn("mitglied2@demo.example");
  const theirs = (await api<{ memberships: { organization: { id: string } }[] }>(other.page, "GET", "/api/v1/me")).data.memberships.map((m) => m.organization.id);
  const committee = organizations.find((o) => mine.includes(o.id) && !theirs.includes(o.id) && /ausschuss/i.test(o.name))!;

  const start = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const meeting = await api<{ id: string }>(clerk.page, "POST", "/api/v1/meetings", { body: body.id, name: `Probesitzung ${word}`, organizations: [committee.id], start });
  expect(meeting.status).toBe(201);
  await publishByHand(clerk.page, meeting.data.id);

  // The member reads and marks.
  const { page } = member;
  await page.reload();
  await page.getByRole("link", { name: new RegExp(`Probesitzung ${word}`) }).click();
  await page.getByRole("link", { name: new RegExp(`Vorlage ${word}`) }).click();
  await page.locator('.page[data-page="1"][data-drawn] .page-text span').first().waitFor();
  expect(await page.getByText("Nicht öffentlich").count()).toBeGreaterThan(0);
  expect(await page.locator(".page-text").first().textContent()).not.toContain("mitglied1@demo.example"); // the personal mark is no text of the paper
  await page.getByRole("button", { name: "Textmarker" }).click();
  await page.waitForTimeout(400);
  const at = await page.evaluate(() => {
    const span = [...document.querySelectorAll('.page[data-page="1"] .page-text span')].find((s) => s.textContent!.includes("beauftragt"))!;
    const range = document.createRange();
    range.setStart(span.firstChild!, span.textContent!.indexOf("beauftragt"));
    range.setEnd(span.firstChild!, span.textContent!.indexOf("beauftragt") + 10);
    const r = range.getBoundingClientRect();
    return { x: r.x + r.width / 2, y: r.y + r.height / 2 };
  });
  await drag(page, at, { x: at.x + 120, y: at.y }, "touch");
  await page.locator(".mark").first().waitFor();
  await page.locator('.sync[data-state="saved"]').waitFor();
  await shot(page, "e2e-2-marked");
  await page.reload();
  await page.locator(".mark").first().waitFor();

  // A second device of the same person.
  const address = new URL(page.url());
  const second = await signIn("mitglied1@demo.example", address.pathname + address.search, { size: "phone" });
  await second.page.locator(".mark").first().waitFor();
  await shot(second.page, "e2e-3-second-device");

  // Search opens the page with the words marked.
  await page.goto("/app/");
  const search = page.getByRole("searchbox", { name: "In allen Unterlagen suchen" });
  await expect
    .poll(async () => (await api<{ data: unknown[] }>(page, "GET", `/api/v1/search?q=${word}`)).data.data.length, { timeout: 60_000, interval: 1000 })
    .toBeGreaterThan(0);
  await search.fill(word);
  await search.press("Enter");
  await page.locator("a.hit").first().click();
  await page.locator(".found-now").waitFor();
  await shot(page, "e2e-4-found");

  // Nobody else: the other committee's member, and the public.
  // The meeting has no public item, so it is as unknown to them as its paper.
  const seen = (await api<{ agendaItems: { papers: { id: string; files: { id: string }[] }[] }[] }>(page, "GET", `/api/v1/meetings/${meeting.data.id}`)).data;
  const paper = seen.agendaItems.flatMap((i) => i.papers)[0]!;
  for (const path of [`/api/v1/meetings/${meeting.data.id}`, `/api/v1/papers/${paper.id}`, `/api/v1/files/${paper.files[0]!.id}`]) {
    expect((await api(other.page, "GET", `${path}${path.includes("files") ? "/info" : ""}`)).status, path).toBe(404);
    expect((await fetch(base + path)).status, path).toBe(401);
  }
  expect((await api<{ data: unknown[] }>(other.page, "GET", `/api/v1/search?q=${word}`)).data.data).toEqual([]);
  const marks = await api<{ changes: unknown[] }>(other.page, "POST", "/api/v1/annotations/sync", { cursor: "", ops: [] });
  expect(JSON.stringify(marks.data.changes)).not.toContain("beauftragt");

  // Sign out: the session is over on the server, too.
  await page.goto("/app/");
  await page.getByRole("button", { name: "Abmelden" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/app"));
  expect((await page.request.get("/api/v1/me")).status()).toBe(401);

  for (const s of sessions) expect(s.complaints.filter((c) => !/404|401/.test(c))).toEqual([]);
});
