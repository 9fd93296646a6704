// What stands inside of papers, against a real server with the demo town (RIS_E2E_URL): bookmarks and links lead where they should, the words
// of a scan are found, marked and can be selected, and the clerk is told of text that nobody sees.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, open, shot, type Session } from "./browser.ts";

const base = process.env.RIS_E2E_URL ?? "";
const password = process.env.RIS_E2E_PASSWORD ?? "demo";
/** A word in no other paper, of syllables that text recognition does not take for others. */
const word = `Probe${[...String(Date.now() % 1e6)].map((d) => ["ba", "de", "fu", "go", "ha", "ke", "mo", "pa", "su", "to"][Number(d)]).join("")}`;

let browser: Browser;
const sessions: Session[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  for (const s of sessions) await s.context.close();
  await browser?.close();
});

async function signIn(account: string, path: string): Promise<Page> {
  const session = await open(browser, { base });
  sessions.push(session);
  await session.page.goto(path);
  await session.page.getByLabel(/E-Mail/i).fill(account);
  await session.page.getByLabel(/Passwort|Kennwort/i).fill(password);
  await session.page.getByRole("button", { name: "Anmelden" }).click();
  await session.page.waitForURL((url) => url.pathname.startsWith(path));
  return session.page;
}

/** made is what the browser prints of a page, or photographs as a scanner would. */
async function made(html: string, as: "pdf" | "png"): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 827, height: 1169 }, deviceScaleFactor: 2 });
  try {
    await page.setContent(`<!doctype html><html lang="de"><meta charset="utf-8"><title>Probe</title><style>@page{size:A4;margin:2cm}body{font:14pt/1.5 "Liberation Serif",serif;margin:2cm}section{break-after:page}</style><body>${html}`);
    return as === "pdf" ? await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true }) : await page.screenshot();
  } finally {
    await page.close();
  }
}

const book = `<section><h1>Vorbericht</h1><p>Siehe <a href="#last">die Anlage</a> und <a href="https://stadt.example/">die Seite der Stadt</a>.</p></section>
<section><h1>Begründung</h1><p>Der Rat beauftragt die Verwaltung.</p></section><section id="last"><h1>Anlage zum Bericht</h1><p>Zahlen und Tabellen.</p></section>`;
const scan = `<h1>Bekanntmachung</h1><p>Die Satzung liegt im Rathaus aus.</p><p>Das gesuchte Wort lautet ${word} und steht nur hier.</p><p>Einwendungen sind schriftlich vorzubringen.</p>`;
const barred = `<p>Der Kaufpreis beträgt <span style="position:relative">vierhundertachtzigtausend Euro<span style="position:absolute;inset:-3px;background:#000"></span></span> und ist fällig.</p>`;

async function call<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Origin: base, "Idempotency-Key": crypto.randomUUID() };
  const answer = await page.request.fetch(path, { method, headers, ...(body === undefined ? {} : { data: body }) });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${answer.ok() ? "" : await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

interface Info {
  id: string;
  processing: string;
  problem: unknown;
}

async function upload(page: Page, paper: string, name: string, buffer: Buffer, role: string): Promise<string> {
  const answer = await page.request.post(`/api/v1/papers/${paper}/files`, {
    headers: { Origin: base, "Idempotency-Key": crypto.randomUUID() },
    multipart: { role, file: { name, mimeType: name.endsWith("png") ? "image/png" : "application/pdf", buffer } },
  });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as Info).id;
}

test("bookmarks and links lead on, words of a scan are found, hidden text is told of", async () => {
  const clerk = await signIn("sitzungsdienst@demo.example", "/console/");
  const member = await signIn("mitglied1@demo.example", "/app/");
  const mine = (await call<{ memberships: { organization: { id: string; name: string } }[] }>(member, "GET", "/api/v1/me")).memberships;
  const body = (await call<{ bodies: { id: string; name: string }[] }>(clerk, "GET", "/api/v1/me")).bodies.find((b) => b.name === "Stadt Auenrode")!.id;
  const committee = mine.find((m) => /ausschuss/i.test(m.organization.name))!.organization.id;
  const meeting = await call<{ id: string }>(clerk, "POST", "/api/v1/meetings", { body, name: `Sitzung ${word}`, organizations: [committee], start: new Date(Date.now() + 6 * 86_400_000).toISOString() });
  const item = await call<{ id: string }>(clerk, "POST", `/api/v1/meetings/${meeting.id}/agenda-items`, { name: "Bericht", public: false });
  const paper = await call<{ id: string }>(clerk, "POST", "/api/v1/papers", { name: "Bericht", agendaItem: item.id });
  const report = await upload(clerk, paper.id, "Bericht.pdf", await made(book, "pdf"), "main");
  const picture = await upload(clerk, paper.id, "Aushang.png", await made(scan, "png"), "auxiliary");
  const hidden = await upload(clerk, paper.id, "Vertrag.pdf", await made(barred, "pdf"), "auxiliary");
  await expect.poll(async () => (await Promise.all([report, picture, hidden].map((id) => call<Info>(clerk, "GET", `/api/v1/files/${id}/info`)))).map((f) => f.processing), { timeout: 60_000, interval: 500 }).toEqual(["searchable", "searchable", "searchable"]);

  // The clerk is told before publishing, at the file and in the list of what needs a hand.
  await clerk.goto(`/console/meetings/${meeting.id}`);
  await clerk.getByText("Die Datei enthält Text, der nicht zu sehen ist").first().waitFor();
  await clerk.goto("/console/work");
  await clerk.getByText("Vertrag").first().waitFor();
  await shot(clerk, "contents-0-work");
  await call(clerk, "POST", `/api/v1/meetings/${meeting.id}/publish`, {});

  // Bookmarks and links.
  await member.goto(`/app/papers/${paper.id}/${report}?meeting=${meeting.id}`);
  await member.locator('.page[data-page="1"][data-drawn]').waitFor({ timeout: 30_000 });
  await member.getByRole("button", { name: "Inhalt", exact: true }).first().click();
  await member.getByRole("button", { name: /^Anlage zum Bericht/ }).click();
  await member.locator('.page[data-page="3"][data-drawn]').waitFor();
  await shot(member, "contents-1-outline");
  await member.goto(`/app/papers/${paper.id}/${report}?meeting=${meeting.id}&page=1`);
  const links = member.locator('.page[data-page="1"] .page-links a');
  await links.first().waitFor();
  expect(await links.count()).toBe(2);
  const outward = member.locator('.page-links a[href="https://stadt.example/"]');
  expect(await outward.getAttribute("rel")).toContain("noopener");
  await links.first().click();
  await member.locator('.page[data-page="3"][data-drawn]').waitFor();

  // The scan: its words are in the index when the program for it is installed; then they are marked and can be selected.
  const steps = await call<{ steps: { step: string }[] }>(clerk, "GET", `/api/v1/files/${picture}/steps`);
  if (!steps.steps.some((s) => s.step === "recognise")) return;
  await expect.poll(async () => (await call<{ data: unknown[] }>(member, "GET", `/api/v1/search?q=${word}`)).data.length, { timeout: 60_000, interval: 1000 }).toBeGreaterThan(0);
  await member.goto(`/app/papers/${paper.id}/${picture}?meeting=${meeting.id}&page=1&q=${word}`);
  const found = member.locator('.page[data-page="1"] .found-now');
  await found.waitFor({ timeout: 30_000 });
  const run = member.locator('.page[data-page="1"] .page-text span', { hasText: word }).first();
  await run.waitFor({ state: "attached" });
  const [mark, text] = [(await found.boundingBox())!, (await run.boundingBox())!];
  const middle = mark.y + mark.height / 2;
  expect(middle > text.y - 3 && middle < text.y + text.height + 3).toBe(true); // the mark stands on the line of the word
  const selected = await run.evaluate((el) => {
    getSelection()!.selectAllChildren(el);
    return getSelection()!.toString();
  });
  expect(selected).toContain(word);
  await shot(member, "contents-2-scan");
  for (const s of sessions) expect(s.complaints).toEqual([]);
});
