// Pictures of every screen at every size, light and dark, for eyes. Only with RIS_SHOTS=<folder>.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printPaper } from "../fixtures/papers.ts";
import { startStub, type Stub } from "../fixtures/stub.ts";
import { launch, open, shot, sizes } from "./browser.ts";

describe.skipIf(!process.env.RIS_SHOTS)("screens", () => {
  let browser: Browser;
  let stub: Stub;
  beforeAll(async () => {
    browser = await launch();
    const paper = await printPaper(browser, "Ausbau des Radweges an der Mühlenstraße", 12, "mitglied1@demo.example");
    stub = await startStub(new Map([["f-radweg", paper], ["f-grundstueck", paper], ["f-defekt", Buffer.from("%PDF-1.7 kaputt")]]));
    for (let i = 0; i < 3; i++) {
      stub.feed.sync({
        cursor: "",
        ops: [{ opId: `s${i}`, id: `0190-${i}`, baseRev: 0, annotation: { paper: "radweg", file: "f-radweg", version: `f-radweg-v${i === 2 ? 1 : 2}`, kind: i === 1 ? "note" : "highlight", page: 1, quads: [[62, 600 - 60 * i, 380, 616 - 60 * i]], quote: "Ausbau des Radweges entlang der Mühlenstraße", prefix: "", suffix: "", start: 1, end: 2, body: i === 1 ? "Frage an den Kämmerer: Warum steht die Mehrwertsteuer nicht dabei?" : "", style: ["yellow", "green", "pink"][i]! } }],
      });
    }
  });
  afterAll(async () => {
    await stub?.close();
    await browser?.close();
  });

  for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
    for (const dark of [false, true]) {
      test(`${size} ${dark ? "dark" : "light"}`, async () => {
        const { context, page, complaints } = await open(browser, { size, dark, base: stub.url });
        const name = (screen: string) => `${screen}-${size}-${dark ? "dark" : "light"}`;
        await page.goto("/app/");
        await page.getByRole("heading", { name: "Kommende Sitzungen" }).waitFor();
        await shot(page, name("1-meetings"));
        await page.goto("/app/new");
        await page.getByText("Gewerbegebiet Nord").waitFor();
        await shot(page, name("2-news"));
        await page.goto("/app/meetings/m-rat");
        await page.getByRole("heading", { name: "Tagesordnung" }).waitFor();
        await shot(page, name("3-agenda"));
        await page.goto("/app/search?q=Radweg");
        await page.getByRole("heading", { name: /Treffer/ }).waitFor();
        await shot(page, name("4-search"));
        await page.goto("/app/papers/radweg/f-radweg?meeting=m-rat");
        await page.locator(".page[data-drawn]").first().waitFor();
        await page.waitForTimeout(800);
        await shot(page, name("5-paper"));
        await page.getByRole("button", { name: "Textmarker" }).click();
        await page.getByRole("button", { name: "Markierungen" }).click();
        await page.waitForTimeout(500);
        await shot(page, name("6-marks"));
        await page.locator(".mark-row .row").nth(1).click();
        await page.waitForTimeout(500);
        await shot(page, name("7-note"));
        await page.goto("/app/papers/radweg/f-radweg?meeting=m-rat&q=Radweg&page=3&version=f-radweg-v1");
        await page.locator(".found-now").first().waitFor();
        await page.waitForTimeout(500);
        await shot(page, name("8-found"));
        await page.goto("/app/papers/defekt/f-defekt?meeting=m-rat");
        await page.getByText("lässt sich hier nicht anzeigen").waitFor();
        await shot(page, name("9-broken"));
        await page.goto("/app/papers/grundstueck?meeting=m-rat");
        await page.locator(".page[data-drawn]").first().waitFor();
        await page.waitForTimeout(500);
        await shot(page, name("a-closed"));
        await context.close();
        expect(complaints).toEqual([]);
      });
    }
  }
});
