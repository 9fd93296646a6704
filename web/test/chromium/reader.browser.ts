// The reader in a real browser against the stand-in server: reading, marking by every way of pointing, and what the network does to it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { printPaper } from "../fixtures/papers.ts";
import { startStub, type Stub } from "../fixtures/stub.ts";
import { drag, launch, open, type Session } from "./browser.ts";

const paperPath = "/app/papers/radweg/f-radweg?meeting=m-rat";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let pdf: Buffer;
let stub: Stub;
let session: Session;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  pdf = await printPaper(browser, "Ausbau des Radweges an der Mühlenstraße", 40, "Rathaus");
});
afterAll(() => browser?.close());
beforeEach(async () => {
  stub = await startStub(new Map([["f-radweg", pdf], ["f-defekt", Buffer.from("%PDF-1.7 kaputt")]]));
  session = await open(browser, { base: stub.url });
  page = session.page;
});
afterEach(async () => {
  await session.context.close();
  await stub.close();
});

const saved = () => page.locator('.sync[data-state="saved"]').waitFor();
const alive = () => [...stub.feed.records.values()].filter((r) => !r.deleted).map((r) => r.annotation!);

async function openPaper(path = paperPath, on = page): Promise<void> {
  await on.goto(path);
  await on.locator('.page[data-page="1"][data-drawn] .page-text span').first().waitFor();
}

/** The middle of a word on the first page, from the text layer: start = its left part. */
async function word(on: Page, text: string): Promise<{ x: number; y: number }> {
  const at = await on.evaluate((wanted) => {
    for (const span of document.querySelectorAll('.page[data-page="1"] .page-text span')) {
      const node = span.firstChild;
      const from = node?.textContent?.indexOf(wanted) ?? -1;
      if (!node || from < 0) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, from + wanted.length);
      const r = range.getBoundingClientRect();
      return { x: r.x + r.width / 2, y: r.y + r.height / 2 };
    }
    return null;
  }, text);
  if (!at) throw new Error(`no word ${text}`);
  return at;
}

test.each(["mouse", "pen", "touch"] as const)("the Textmarker takes whole words with %s, and they are there after a reload", async (pointer) => {
  await openPaper();
  await page.getByRole("button", { name: "Textmarker" }).click();
  await page.getByRole("button", { name: "Grün" }).click();
  await page.waitForTimeout(300); // the bar of colours has moved the page
  await drag(page, await word(page, "beauftragt"), await word(page, "entlang"), pointer);
  await page.locator('.mark[data-style="green"]').first().waitFor();
  await saved();
  const [mark] = alive();
  expect(mark).toMatchObject({ kind: "highlight", page: 1, style: "green", paper: "radweg", file: "f-radweg", version: "f-radweg-v2" });
  expect(mark!.quote).toMatch(/^beauftragt die Verwaltung, den Ausbau/);
  expect(mark!.end - mark!.start).toBe(mark!.quote.replace(/\s/g, "").length);
  expect(mark!.quads.length).toBe(1);
  await openPaper();
  await page.locator('.mark[data-style="green"]').first().waitFor();
  expect(session.complaints).toEqual([]);
});

test("a mark lies on its words", async () => {
  await openPaper();
  await page.getByRole("button", { name: "Textmarker" }).click();
  await page.waitForTimeout(300);
  const at = await word(page, "Verwaltung");
  await drag(page, at, { x: at.x + 8, y: at.y });
  const rect = (await page.locator(".mark").first().boundingBox())!;
  expect(rect.x).toBeLessThan(at.x);
  expect(rect.x + rect.width).toBeGreaterThan(at.x);
  expect(rect.y).toBeLessThan(at.y);
  expect(rect.y + rect.height).toBeGreaterThan(at.y);
});

test("marking by keyboard alone", async () => {
  await openPaper();
  await page.getByRole("button", { name: "Textmarker" }).focus();
  await page.keyboard.press("Enter");
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight", "Enter"]) await page.keyboard.press(key);
  await page.locator(".mark").first().waitFor();
  await saved();
  expect(alive()[0]!.quote.split(" ")).toHaveLength(3);
});

test("marking by the browser's own selection", async () => {
  await openPaper();
  await page.evaluate(() => {
    const spans = document.querySelectorAll('.page[data-page="1"] .page-text span');
    const node = [...spans].find((s) => s.textContent!.includes("Verwaltung"))!.firstChild!;
    const from = node.textContent!.indexOf("rwaltung");
    document.getSelection()!.setBaseAndExtent(node, from, node, from + 4);
  });
  await page.getByRole("button", { name: "Auswahl markieren" }).click();
  await page.locator(".mark").first().waitFor();
  await saved();
  expect(alive()[0]!.quote).toBe("Verwaltung,");
});

test("a note at a place is saved while it is typed and seen on a second device of the same person only after its sync", async () => {
  await openPaper();
  await page.getByRole("button", { name: "Notiz", exact: true }).click();
  const at = await word(page, "Verwaltung");
  await page.mouse.click(at.x, at.y);
  await page.getByLabel("Ihre Notiz").fill("Wer bezahlt das?");
  await page.waitForTimeout(700);
  await saved();
  expect(alive()[0]).toMatchObject({ kind: "note", body: "Wer bezahlt das?" });
  const second = await open(browser, { base: stub.url });
  await openPaper(paperPath, second.page);
  await second.page.getByRole("button", { name: "Notiz: Wer bezahlt das?" }).click();
  expect(await second.page.getByLabel("Ihre Notiz").inputValue()).toBe("Wer bezahlt das?");
  await second.context.close();
});

test("an empty note leaves nothing behind", async () => {
  await openPaper();
  await page.getByRole("button", { name: "Notiz", exact: true }).click();
  const at = await word(page, "Verwaltung");
  await page.mouse.click(at.x, at.y);
  await page.getByRole("button", { name: "Fertig" }).last().click();
  await page.locator(".note-pin").waitFor({ state: "detached" });
  await saved();
  expect(alive()).toEqual([]);
});

test("deleting can be undone", async () => {
  await openPaper();
  await page.getByRole("button", { name: "Textmarker" }).click();
  await page.waitForTimeout(300);
  const at = await word(page, "Verwaltung");
  await drag(page, at, { x: at.x + 8, y: at.y });
  await saved();
  await page.getByRole("button", { name: "Markierungen" }).click();
  await page.locator(".mark-row").getByRole("button", { name: "Löschen" }).click();
  await page.locator(".mark").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Rückgängig" }).click();
  await page.locator(".mark").first().waitFor();
  await page.waitForTimeout(600);
  await saved();
  expect(alive()).toHaveLength(1);
  expect(stub.feed.records.size).toBe(1);
});

test("with lost answers and a reload in between there is one mark, not two, and none is lost", async () => {
  await openPaper();
  stub.fault = "mute";
  await page.getByRole("button", { name: "Textmarker" }).click();
  await page.waitForTimeout(300);
  const at = await word(page, "Verwaltung");
  await drag(page, at, { x: at.x + 8, y: at.y });
  await page.getByText("Wird gespeichert, sobald Verbindung besteht").first().waitFor();
  await openPaper();
  await page.locator(".mark").first().waitFor();
  stub.fault = "";
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await saved();
  expect(alive()).toHaveLength(1);
});

test("an expired sign-in in the middle of a note: the dialog comes, nothing typed is lost, and it is saved after signing in", async () => {
  await openPaper();
  await page.getByRole("button", { name: "Notiz", exact: true }).click();
  const at = await word(page, "Verwaltung");
  await page.mouse.click(at.x, at.y);
  await page.getByLabel("Ihre Notiz").waitFor();
  await saved();
  stub.fault = "expired";
  await page.getByLabel("Ihre Notiz").fill("Das hier darf nicht verloren gehen");
  const dialog = page.getByRole("dialog", { name: "Anmeldung abgelaufen" });
  await dialog.waitFor();
  const [other] = await Promise.all([session.context.waitForEvent("page"), dialog.getByRole("link", { name: "Neu anmelden" }).click()]);
  await other.getByText("Sie sind wieder angemeldet").waitFor();
  await dialog.waitFor({ state: "hidden" });
  await saved();
  expect(alive()[0]!.body).toBe("Das hier darf nicht verloren gehen");
  expect(await page.getByLabel("Ihre Notiz").inputValue()).toBe("Das hier darf nicht verloren gehen");
});

test("a hit of the search opens its page with the words marked", async () => {
  await page.goto("/app/");
  await page.getByRole("searchbox", { name: "In allen Unterlagen suchen" }).fill("Radweg");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "3 Treffer für „Radweg“" }).waitFor();
  await page.getByRole("link", { name: /Seite 2/ }).click();
  await page.locator('.page[data-page="3"] .found-now').waitFor();
  await page.getByText("Treffer 2 von 2").waitFor();
  await page.getByRole("button", { name: "Nächster Treffer" }).click();
  await page.locator('.page[data-page="1"] .found-now').waitFor();
});

test("a broken file offers the download", async () => {
  await page.goto("/app/papers/defekt/f-defekt?meeting=m-rat");
  const link = page.getByRole("link", { name: "Unterlage herunterladen" });
  await link.waitFor();
  expect(await link.getAttribute("href")).toBe("/api/v1/files/f-defekt?version=f-defekt-v1");
});

test("marks of a replaced version stay, are listed, and lead to that version", async () => {
  stub.feed.sync({ cursor: "", ops: [{ opId: "o", id: "0190-alt", baseRev: 0, annotation: { paper: "radweg", file: "f-radweg", version: "f-radweg-v1", kind: "highlight", page: 2, quads: [[80, 600, 200, 615]], quote: "aus der alten Fassung", prefix: "", suffix: "", start: 0, end: 5, body: "", style: "pink" } }] });
  await openPaper();
  expect(await page.locator(".mark").count()).toBe(0);
  await page.getByRole("button", { name: "Markierungen" }).click();
  await page.getByText("aus der alten Fassung").click();
  await page.getByText("Sie lesen die ersetzte Fassung 1.").waitFor();
  await page.locator('.page[data-page="2"] .mark').waitFor();
});

test("paging and zooming stay within the budget of canvas memory, and only what is read is fetched", async () => {
  await openPaper();
  const pixels = () => page.evaluate(() => [...document.querySelectorAll("canvas")].reduce((sum, c) => sum + c.width * c.height, 0));
  const field = page.getByLabel("Seite", { exact: true });
  for (const n of [5, 20, 39, 40, 1]) {
    await field.fill(String(n));
    await field.press("Enter");
    await page.locator(`.page[data-page="${n}"][data-drawn]`).waitFor();
    expect((await pixels()) * 4).toBeLessThan(128e6);
  }
  for (let i = 0; i < 8; i++) await page.getByRole("button", { name: "Größer" }).click();
  await page.locator(".page-detail").waitFor();
  await page.waitForTimeout(400);
  expect((await pixels()) * 4).toBeLessThan(128e6);
  expect(await page.locator(".page").count()).toBeLessThanOrEqual(5);
  expect(stub.reads.some(([, range]) => range !== "")).toBe(true);
});

test("two fingers zoom the paper, not the buttons", async () => {
  await openPaper();
  const before = (await page.locator('.page[data-page="1"]').boundingBox())!.width;
  const cdp = await session.context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", d: number) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: 400 - d, y: 600, id: 1 }, { x: 400 + d, y: 600, id: 2 }] });
  await touch("touchStart", 60);
  for (let d = 60; d <= 120; d += 10) await touch("touchMove", d);
  await touch("touchEnd", 0);
  await page.waitForTimeout(300);
  expect((await page.locator('.page[data-page="1"]').boundingBox())!.width / before).toBeCloseTo(2, 0);
  expect(await page.evaluate(() => visualViewport!.scale)).toBe(1);
});

test("no barriers that a machine can find, on every screen, light and dark, wide and narrow", async () => {
  for (const size of ["ipad-portrait", "phone"] as const) {
    for (const dark of [false, true]) {
      const { context, page: p } = await open(browser, { base: stub.url, size, dark });
      for (const path of ["/app/", "/app/new", "/app/meetings/m-rat", "/app/search?q=Radweg", paperPath]) {
        await p.goto(path);
        await (path === paperPath ? p.locator(".page[data-drawn]").first() : p.locator("h1, h2").first()).waitFor();
        if (path === paperPath) await p.getByRole("button", { name: "Markierungen" }).click();
        await p.evaluate(axe);
        const found = await p.evaluate(async () => {
          const run = (window as unknown as { axe: { run(o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
          const { violations } = await run.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
          return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`);
        });
        expect(found, `${path} ${size} ${dark ? "dark" : "light"}`).toEqual([]);
      }
      await context.close();
    }
  }
});
