// Passkeys with Chromium's own authenticator (a virtual one, WebAuthn Level 3 section 11), against a real server that asks after
// RIS_E2E_STEP_UP seconds who is there: register, open a non-public paper with it, and what happens when nobody proves who they are.
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, open, shot, type Session } from "./browser.ts";

const base = process.env.RIS_E2E_URL ?? "";
/** So that the test can run again in the same town. */
const name = `iPad im Ratssaal ${Date.now().toString(36)}`;
const password = process.env.RIS_E2E_PASSWORD ?? "demo";

let browser: Browser;
let session: Session;
let page: Page;
let cdp: CDPSession;
let authenticatorId: string;

beforeAll(async () => {
  browser = await launch();
  session = await open(browser, { base });
  page = session.page;
  cdp = await session.context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;
  ({ authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options }));
});
afterAll(async () => {
  await session?.context.close();
  await browser?.close();
});

const status = (path: string): Promise<number> => page.evaluate(async (p) => (await fetch(p)).status, path);
const json = <T,>(path: string): Promise<T> => page.evaluate(async (p) => (await fetch(p)).json(), path) as Promise<T>;
const stale = () => expect.poll(async () => (await json<{ stale: boolean }>("/auth/passkeys")).stale, { timeout: 20_000, interval: 400 }).toBe(true);
const uses = async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials.map((c) => c.signCount);

interface Found {
  paper: string;
  file: string;
  meeting: string;
}

/** The first non-public paper that this member reads. */
async function nonPublic(): Promise<Found> {
  const meetings = await json<{ data: { id: string }[] }>("/api/v1/meetings?limit=100");
  for (const { id } of meetings.data) {
    const m = await json<{ agendaItems: { papers: { id: string; files: { id: string; nonPublic: boolean; version: unknown }[] }[] }[] }>(`/api/v1/meetings/${id}`);
    for (const paper of m.agendaItems.flatMap((i) => i.papers)) for (const f of paper.files) if (f.nonPublic && f.version) return { paper: paper.id, file: f.id, meeting: id };
  }
  throw new Error("no non-public paper");
}

test("a passkey is registered and opens a non-public paper; without a proof of who is there it stays closed", async () => {
  await page.goto("/app/passkeys");
  await page.getByLabel(/E-Mail/i).fill("mitglied1@demo.example");
  await page.getByLabel(/Passwort|Kennwort/i).fill(password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.getByRole("heading", { name: "Passkeys", exact: true }).waitFor();
  await page.getByLabel("Name des Geräts").fill(name);
  await page.getByRole("button", { name: "Passkey einrichten" }).click();
  await page.getByText("Der Passkey ist eingerichtet.").first().waitFor();
  await page.getByText(name).waitFor();
  await shot(page, "passkeys-list");
  const { paper, file, meeting } = await nonPublic();

  await stale();
  expect(await status(`/api/v1/files/${file}`)).toBe(403);
  await page.goto(`/app/papers/${paper}/${file}?meeting=${meeting}`);
  const dialog = page.getByRole("dialog", { name: "Sind Sie es noch?" });
  await dialog.waitFor();
  await shot(page, "confirm-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await shot(page, "confirm-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, "confirm-dark-phone");
  await page.emulateMedia({ colorScheme: "light" });
  await shot(page, "confirm-light-phone");
  await page.setViewportSize({ width: 834, height: 1194 });
  const before = (await uses())[0]!;
  await dialog.getByRole("button", { name: "Mit Passkey bestätigen" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.locator('.page[data-page="1"][data-drawn]').first().waitFor();
  expect((await uses())[0]).toBeGreaterThan(before); // Chromium asks silently first when the person has several keys
  await shot(page, "confirm-done");

  // The key is here, but nobody proves to the device who they are: it does not sign.
  await stale();
  await page.goto(`/app/papers/${paper}/${file}?meeting=${meeting}`);
  await dialog.waitFor();
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await dialog.getByRole("button", { name: "Mit Passkey bestätigen" }).click();
  await dialog.getByText("Der Passkey wurde nicht bestätigt.").waitFor({ timeout: 30_000 });
  await shot(page, "confirm-refused");
  expect(await status(`/api/v1/files/${file}`)).toBe(403);
  // A page that asks the device for less is refused by the server.
  await page.route("**/auth/confirm/begin", async (route) => {
    const answer = await route.fetch();
    const begun = (await answer.json()) as { options: { publicKey: { userVerification: string } } };
    expect(begun.options.publicKey.userVerification).toBe("required");
    begun.options.publicKey.userVerification = "discouraged";
    await route.fulfill({ response: answer, json: begun });
  });
  const answered = page.waitForResponse((r) => r.url().endsWith("/auth/confirm"));
  await dialog.getByRole("button", { name: "Mit Passkey bestätigen" }).click();
  expect((await answered).status()).toBe(422);
  await expect.poll(() => dialog.getByRole("status").textContent()).toMatch(/Passkey/);
  expect(await status(`/api/v1/files/${file}`)).toBe(403);
  expect(await page.locator('.page[data-drawn]').count()).toBe(0);
  // "Later" leaves the paper closed, with a way to try again.
  await dialog.getByRole("button", { name: "Später" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("heading", { name: "Diese Unterlage ist noch geschlossen" }).waitFor();
  await shot(page, "confirm-later");
  expect(await page.locator('.page[data-drawn]').count()).toBe(0);
  await page.getByRole("button", { name: "Jetzt bestätigen" }).click();
  await dialog.waitFor();
});
