// The lease of the device in a real browser: fetched and checked by WebCrypto, shown, and what is on the page locked when it is over.
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { printPaper } from "../fixtures/papers.ts";
import { startStub, type Stub } from "../fixtures/stub.ts";
import { launch, open, type Session, shot } from "./browser.ts";

let browser: Browser;
let pdf: Buffer;
let stub: Stub;
let session: Session;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  pdf = await printPaper(browser, "Ausbau des Radweges an der Mühlenstraße", 2, "Rathaus");
});
afterAll(() => browser?.close());
beforeEach(async () => {
  stub = await startStub(new Map([["f-radweg", pdf]]));
  session = await open(browser, { base: stub.url });
  page = session.page;
  await page.clock.install({ time: Date.now() });
});
afterEach(async () => {
  await session.context.close();
  await stub.close();
});

const line = () => page.getByText(/Offline lesbar bis \w+, \d+\. \w+ \d{4}, \d\d:\d\d Uhr/);
const gate = () => page.getByRole("heading", { name: "Die Unterlagen sind gesperrt" });
const days = (n: number) => page.clock.fastForward(n * 86_400_000);

async function read(): Promise<void> {
  await page.goto("/app/");
  await line().waitFor();
  await page.goto("/app/papers/radweg/f-radweg?meeting=m-rat");
  await page.locator('.page[data-page="1"][data-drawn] .page-text span').first().waitFor();
  await page.waitForFunction(async () => (await indexedDB.databases()).some((d) => d.name?.startsWith("ris-lease-")));
}

test("an open paper is locked when the time is over, its words leave the page, and a note typed meanwhile is not lost", async () => {
  await read();
  stub.fault = "down";
  await page.getByRole("button", { name: "Notiz", exact: true }).click();
  await page.locator('.page[data-page="1"]').click({ position: { x: 200, y: 200 } });
  await page.getByLabel("Ihre Notiz").fill("Vor dem Ende der Frist");
  await days(6);
  await page.waitForTimeout(200);
  expect(await gate().count()).toBe(0);
  await days(1.1);
  await gate().waitFor();
  await shot(page, "lease-locked");
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  for (const word of ["Radweg", "Mühlenstraße", "Vor dem Ende"]) expect(text).not.toContain(word);
  // The library keeps a hidden one at the end of the body to measure letters on; no page is drawn there.
  expect(await page.locator("body > :not(canvas) canvas, canvas:visible").count()).toBe(0);
  expect(await page.title()).not.toContain("Radweg");
  await page.getByRole("button", { name: "Verbindung prüfen" }).click();
  await page.getByText("Es besteht noch keine Verbindung.").waitFor();
  stub.fault = "";
  await page.getByRole("button", { name: "Verbindung prüfen" }).click();
  await page.locator('.page[data-page="1"][data-drawn]').waitFor();
  await expect.poll(() => [...stub.feed.records.values()].map((r) => r.annotation?.body)).toEqual(["Vor dem Ende der Frist"]);
});

test("the bar says that there is no connection and until when what is open stays readable", async () => {
  await page.goto("/app/");
  await line().waitFor();
  await shot(page, "lease-line");
  stub.fault = "down";
  await days(1);
  await page.getByText(/Zurzeit keine Verbindung. Was geöffnet ist, bleibt lesbar bis/).waitFor();
  await shot(page, "lease-bar");
  await days(5);
  await page.getByText(/bleibt nur noch bis .* lesbar/).waitFor();
  stub.fault = "";
  await page.clock.fastForward(31_000);
  await line().waitFor();
});

test("a clock that is turned back locks, and asks for a connection", async () => {
  await page.goto("/app/");
  await line().waitFor();
  stub.fault = "down";
  await days(2);
  await page.clock.setSystemTime(Date.now());
  await page.clock.fastForward(31_000);
  await gate().waitFor();
  await page.getByText("Die Uhr dieses Geräts wurde zurückgestellt.").waitFor();
  stub.fault = "expired";
  await page.getByRole("button", { name: "Verbindung prüfen" }).click();
  const signIn = page.getByRole("link", { name: "Anmelden" });
  await signIn.waitFor();
  await signIn.click();
  await line().waitFor();
});

test("a lease that another key has signed is none", async () => {
  stub.leases = "other";
  const asked = page.waitForResponse("**/auth/lease-key");
  await page.goto("/app/");
  await asked;
  await page.getByRole("heading", { name: "Kommende Sitzungen" }).waitFor();
  await page.waitForTimeout(300);
  expect(await line().count()).toBe(0);
});
