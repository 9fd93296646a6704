// The clerk at the console against a real server with the demo town (RIS_E2E_URL), members and the public looking on: a published paper
// is taken back, stays away when something else is published, and is brought back; a conflict of interest and a substitution.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printPaper } from "../fixtures/papers.ts";
import { launch, open, shot, type Session } from "./browser.ts";

const base = process.env.RIS_E2E_URL ?? "";
const password = process.env.RIS_E2E_PASSWORD ?? "demo";
const word = `Rueckzug${Date.now().toString(36)}`;

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

/** post sends JSON or a form as the signed-in person and gives the answer's object. */
async function post(page: Page, path: string, options: Parameters<Page["request"]["post"]>[1] = {}): Promise<Record<string, string>> {
  const answer = await page.request.post(`/api/v1${path}`, options);
  expect(answer.status(), `${path}: ${await answer.text()}`).toBeLessThan(300);
  return (await answer.json()) as Record<string, string>;
}

/** publish opens the preview, lets the test look at it, and publishes. */
async function publish(page: Page, look?: () => Promise<void>): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Vorschau: wer sieht was" });
  await page.locator(".publish-acts").getByRole("button", { name: "Vorschau: wer sieht was" }).click();
  await dialog.getByText("Alle, auch ohne Anmeldung im Internet").waitFor();
  await look?.();
  await dialog.getByRole("button", { name: "Veröffentlichen" }).click();
  await dialog.waitFor({ state: "hidden", timeout: 60_000 });
}

test("withdraw, publish an addition, restore, publish; rename a file and make it the main one", async () => {
  const clerk = await signIn("sitzungsdienst@demo.example", "/console/", { size: "desktop" });
  const member = await signIn("mitglied1@demo.example", "/app/", {});
  const me = (await (await member.request.get("/api/v1/me")).json()) as { memberships: { organization: { id: string } }[] };
  const start = new Date(Date.now() + 6 * 86_400_000).toISOString();
  const meeting = await post(clerk, "/meetings", { data: { name: `Sitzung ${word}`, organizations: [me.memberships[0]!.organization.id], start, body: await bodyOf(clerk) } });
  const item = await post(clerk, `/meetings/${meeting.id}/agenda-items`, { data: { name: "Radwege", number: "Ö 1", public: true } });
  const paper = await post(clerk, "/papers", { data: { name: `Vorlage ${word}`, agendaItem: item.id } });
  for (const name of ["Beschluss.pdf", "Karte.pdf"]) {
    const buffer = await printPaper(browser, `${name} ${word}`, 1, "Auenrode");
    await post(clerk, `/papers/${paper.id}/files`, { multipart: { file: { name, mimeType: "application/pdf", buffer } } });
  }
  await post(clerk, `/meetings/${meeting.id}/publish`);
  const reads = async (): Promise<number[]> => {
    const inside = (await member.request.get(`/api/v1/papers/${paper.id}`)).status();
    return [inside, (await fetch(`${base}/vorlagen/${paper.id}`)).status];
  };
  await expect.poll(reads, { timeout: 60_000, interval: 1000 }).toEqual([200, 200]);

  // Take it back, with a reason.
  await clerk.goto(`/console/meetings/${meeting.id}`);
  const card = clerk.locator(".paper").first();
  await clerk.getByRole("button", { name: `Aktionen zur Vorlage Vorlage ${word}` }).click();
  await clerk.getByRole("menuitem", { name: "Vorlage zurückziehen" }).click();
  await clerk.getByLabel("Grund").fill("Zahlen auf Seite 1 falsch");
  await clerk.getByRole("button", { name: "Sofort zurückziehen" }).click();
  await card.getByText(/Zurückgezogen am .*: Zahlen auf Seite 1 falsch/).waitFor();
  await shot(clerk, "restore-1-withdrawn");
  expect((await reads())[0]).toBe(404);

  // The toast's way back publishes at once, because nothing else waits.
  await clerk.locator(".toast").getByRole("button", { name: "Rückgängig" }).click();
  await expect.poll(reads, { timeout: 60_000, interval: 500 }).toEqual([200, 200]);

  // Withdrawn once more, it stays away when something else is published.
  await clerk.getByRole("button", { name: `Aktionen zur Vorlage Vorlage ${word}` }).click();
  await clerk.getByRole("menuitem", { name: "Vorlage zurückziehen" }).click();
  await clerk.getByRole("button", { name: "Sofort zurückziehen" }).click();
  await card.getByRole("button", { name: /wiederherstellen/ }).waitFor();
  await post(clerk, `/meetings/${meeting.id}/agenda-items`, { data: { name: "Nachtrag", public: true } });
  await clerk.reload();
  await publish(clerk, async () => {
    await clerk.getByRole("heading", { name: "Bleibt zurückgezogen" }).waitFor();
    await shot(clerk, "restore-2-stays");
  });
  const gone = await reads();
  expect(gone[0]).toBe(404);
  expect(gone[1]).not.toBe(200);

  // Restored, it is a draft; published, it is there again.
  await card.getByRole("button", { name: /wiederherstellen/ }).click();
  await clerk.getByText(/ist wieder ein Entwurf/).waitFor();
  expect((await reads())[0]).toBe(404);
  await publish(clerk);
  await expect.poll(reads, { timeout: 60_000, interval: 500 }).toEqual([200, 200]);

  // The second file gets another name and becomes the main document.
  await clerk.getByRole("button", { name: "Aktionen zur Datei Karte" }).click();
  await shot(clerk, "restore-3-menu");
  await clerk.getByRole("menuitem", { name: "Umbenennen" }).click();
  await clerk.getByLabel("Name der Datei").fill("Übersichtskarte");
  await clerk.getByRole("button", { name: "Speichern" }).click();
  await clerk.getByRole("button", { name: "Aktionen zur Datei Übersichtskarte" }).click();
  await clerk.getByRole("menuitem", { name: "Zum Hauptdokument machen" }).click();
  await expect
    .poll(async () => card.locator(".file-text").allInnerTexts(), { timeout: 10_000 })
    .toEqual([expect.stringMatching(/^Übersichtskarte\s+Hauptdokument/), expect.stringMatching(/^Beschluss\s+Anlage/)]);
  const open_ = (await (await fetch(`${base}/oparl/paper/${paper.id}`)).json()) as { mainFile: { name: string } };
  expect(open_.mainFile.name).toBe("Übersichtskarte");
  await shot(clerk, "restore-4-main");
  for (const s of sessions) expect(s.complaints.filter((c) => !/404/.test(c))).toEqual([]);
});

test("a conflict of interest and a substitution take effect at once, and so does taking them back", async () => {
  const clerk = await signIn("sitzungsdienst@demo.example", "/console/", { size: "desktop" });
  const member = await signIn("mitglied1@demo.example", "/app/", {});
  const substitute = await signIn("vertretung@demo.example", "/app/", {});
  const seats = async (page: Page): Promise<Me> => (await (await page.request.get("/api/v1/me")).json()) as Me;
  const [she, he] = [await seats(member), await seats(substitute)];
  const committee = she.memberships.find((m) => !he.memberships.some((o) => o.organization.id === m.organization.id))!.organization;
  const start = new Date(Date.now() + 6 * 86_400_000).toISOString();
  const data = { name: `Befangen ${word}`, organizations: [committee.id], start, body: await bodyOf(clerk) };
  const meeting = await post(clerk, "/meetings", { data });
  const item = await post(clerk, `/meetings/${meeting.id}/agenda-items`, { data: { name: "Grundstück", number: "N 1" } });
  const paper = await post(clerk, "/papers", { data: { name: `Kaufvertrag ${word}`, agendaItem: item.id } });
  await post(clerk, `/meetings/${meeting.id}/publish`);
  const reads = async (): Promise<number[]> => Promise.all([member, substitute].map(async (p) => (await p.request.get(`/api/v1/papers/${paper.id}`)).status()));
  expect(await reads()).toEqual([200, 404]);

  await clerk.goto(`/console/meetings/${meeting.id}`);
  await clerk.getByRole("button", { name: "Weitere Aktionen" }).click();
  await clerk.getByRole("menuitem", { name: "Befangenheit, Vertretung, Gäste" }).click();
  await clerk.getByLabel("Tagesordnungspunkt", { exact: true }).selectOption({ label: "N 1 Grundstück" });
  await clerk.getByLabel("Wer ist befangen?").selectOption(she.id);
  await clerk.getByLabel("Grund", { exact: true }).fill("Eigentum am Nachbargrundstück");
  await clerk.getByRole("button", { name: "Befangenheit eintragen" }).click();
  await clerk.getByRole("button", { name: `Befangenheit von ${she.name} aufheben` }).waitFor();
  expect(await reads()).toEqual([404, 404]);
  await clerk.getByLabel("Wer fehlt?").selectOption(`${committee.id} ${she.id}`);
  await clerk.getByLabel("Wer vertritt?").selectOption(he.id);
  await clerk.getByRole("button", { name: "Vertretung eintragen" }).click();
  await clerk.getByText(`${he.name} vertritt ${she.name}`).waitFor();
  await shot(clerk, "participation");
  expect(await reads()).toEqual([404, 200]);
  await clerk.getByRole("button", { name: `Befangenheit von ${she.name} aufheben` }).click();
  await expect.poll(reads).toEqual([200, 200]);
  await clerk.getByRole("button", { name: `Vertretung durch ${he.name} beenden` }).click();
  await expect.poll(reads).toEqual([200, 404]);
  for (const s of sessions) expect(s.complaints.filter((c) => !/404/.test(c))).toEqual([]);
});

interface Me {
  id: string;
  name: string;
  memberships: { organization: { id: string } }[];
}

async function bodyOf(page: Page): Promise<string> {
  const me = (await (await page.request.get("/api/v1/me")).json()) as { bodies: { id: string; name: string; roles: string[] }[] };
  return me.bodies.find((b) => b.name === "Stadt Auenrode" && b.roles.includes("clerk"))!.id;
}
