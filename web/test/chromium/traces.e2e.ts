// Whose copy is this, by two persons in two browsers against a real server with the demo town (RIS_E2E_URL): the clerk asks about a
// member's copy, the mayor releases, both see the member, nobody else does.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, open, shot, sizes, type Session } from "./browser.ts";

const base = process.env.RIS_E2E_URL ?? "";
const password = process.env.RIS_E2E_PASSWORD ?? "demo";

let browser: Browser;
const sessions: Session[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  for (const s of sessions) await s.context.close();
  await browser?.close();
});

async function signIn(account: string, path: string, size: Parameters<typeof open>[1]): Promise<Page> {
  const session = await open(browser, { base, ...size });
  sessions.push(session);
  await session.page.goto(path);
  await session.page.getByLabel(/E-Mail/i).fill(account);
  await session.page.getByLabel(/Passwort|Kennwort/i).fill(password);
  await session.page.getByRole("button", { name: "Anmelden" }).click();
  await session.page.waitForURL((url) => url.pathname.startsWith(path));
  return session.page;
}

/** copyOf is a copy of a paper of the town as this person gets it. */
async function copyOf(page: Page): Promise<{ buffer: Buffer; body: string }> {
  const get = async (path: string) => (await (await page.request.get(path)).json()) as { data: { id: string; body: { id: string; name: string } }[]; agendaItems: { papers: { files: { url: string }[] }[] }[] };
  for (const meeting of (await get("/api/v1/meetings?limit=20")).data) {
    for (const item of (await get(`/api/v1/meetings/${meeting.id}`)).agendaItems) {
      const file = item.papers[0]?.files[0];
      if (file) return { buffer: Buffer.from(await (await page.request.get(file.url)).body()), body: meeting.body.name };
    }
  }
  throw new Error("no paper in any meeting");
}

async function shots(page: Page, name: string): Promise<void> {
  const now = page.viewportSize();
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await page.waitForTimeout(150);
    await shot(page, `traces-${name}-${size}`);
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await shot(page, `traces-${name}-dark`);
  await page.emulateMedia({ colorScheme: "light" });
  if (now) await page.setViewportSize(now);
}

test("the clerk asks, the mayor releases, both see whose copy it is", async () => {
  const member = await signIn("mitglied1@demo.example", "/app/", {});
  const { buffer, body } = await copyOf(member);
  const name = ((await (await member.request.get("/api/v1/me")).json()) as { name: string }).name;

  const clerk = await signIn("sitzungsdienst@demo.example", "/console/", {});
  await clerk.getByRole("link", { name: "Herkunft prüfen" }).click();
  await clerk.getByRole("heading", { name: "Herkunft prüfen" }).waitFor();
  await shots(clerk, "1-empty");
  await clerk.getByRole("button", { name: "Datei prüfen" }).click();
  const form = clerk.getByRole("dialog", { name: "Datei prüfen" });
  await form.getByRole("button", { name: "Freigabe beantragen" }).click();
  await form.getByRole("alert").waitFor(); // a file is missing
  await form.getByLabel("Körperschaft").selectOption({ label: body });
  await form.locator("input[type=file]").setInputFiles({ name: "Zeitung 20-11.pdf", mimeType: "application/pdf", buffer });
  await form.getByLabel("Anlass").fill("Die Vorlage stand am Freitag im Lokalteil der Zeitung, vor der Beratung.");
  await shots(clerk, "2-form");
  await form.getByRole("button", { name: "Freigabe beantragen" }).click();
  await clerk.getByText("Der Antrag wartet auf eine zweite Person").waitFor({ timeout: 90_000 });
  expect(await clerk.getByRole("button", { name: "Freigeben" }).count()).toBe(0);
  expect(await clerk.content()).not.toContain(name);
  await shots(clerk, "3-waiting");

  const mayor = await signIn("buergermeister@demo.example", "/console/", {});
  await mayor.getByText("Ihre Entscheidung").first().waitFor();
  await shots(mayor, "4-second");
  await mayor.getByRole("link", { name: /Zeitung 20-11/ }).first().click();
  await mayor.getByRole("button", { name: "Ablehnen" }).click();
  await mayor.getByText("Bitte begründen Sie die Ablehnung").waitFor();
  await shots(mayor, "5-decide");
  await mayor.getByRole("button", { name: "Freigeben" }).click();
  await mayor.getByRole("heading", { name }).waitFor({ timeout: 60_000 });
  await shots(mayor, "6-result");

  await clerk.reload();
  await clerk.getByRole("heading", { name }).waitFor();
  await clerk.getByText("praktisch sicher").waitFor();
  const traces = await member.request.get("/api/v1/traces");
  expect(((await traces.json()) as { data: unknown[] }).data).toEqual([]);
  expect((await member.request.get(`/api/v1${new URL(clerk.url()).pathname.replace("/console", "")}`)).status()).toBe(404);
  for (const s of sessions) expect(s.complaints.filter((c) => !c.includes("404"))).toEqual([]);
});
