import { expect, test } from "vitest";
import { markSeen, noticesOf, seen } from "../../src/devices/notices.ts";

const at = (minute: number) => new Date(Date.parse("2026-11-22T09:00:00Z") + minute * 60_000).toISOString();
const line = (act: string, minute: number) => ({ id: `${act}${minute}`, at: at(minute), act });
const texts = (list: { text: string }[]) => list.map((n) => n.text);

test("each change to the sign-in is told in words, and nothing from before", () => {
  const lines = [line("person.change", 9), line("passkey.delete", 8), line("passkey.add", 7), line("session.misuse", 6), line("device.add", 5), line("identity.link", 1)];
  expect(texts(noticesOf(lines, [], Date.parse(at(4))))).toEqual([
    "22.11.2026, 10:09 Uhr: Ihre Angaben zu Name oder Adresse wurden von der Verwaltung geändert",
    "22.11.2026, 10:08 Uhr: Ein Passkey wurde gelöscht",
    "22.11.2026, 10:07 Uhr: Ein Passkey wurde eingerichtet",
    "22.11.2026, 10:06 Uhr: Eine Anmeldung wurde beendet, weil sie an anderer Stelle verwendet wurde",
    "22.11.2026, 10:05 Uhr: Anmeldung auf einem neuen Gerät",
  ]);
  expect(noticesOf(lines, [], Date.parse(at(9)))).toEqual([]);
  expect(noticesOf([line("meeting.publish", 5), { ...line("device.add", 5), at: "never" }], [], 0)).toEqual([]);
});

test("another device is named; that this one is new is no news to who holds it", () => {
  const devices = [
    { created: at(5), name: "iPad, Safari", this: true },
    { created: at(7), name: "Windows, Firefox", this: false },
  ];
  expect(texts(noticesOf([line("device.add", 7), line("device.add", 5)], devices, 0))).toEqual(["22.11.2026, 10:07 Uhr: Anmeldung auf einem neuen Gerät: Windows, Firefox"]);
});

test("every act that the server lists has words", async () => {
  const { readFileSync } = await import("node:fs");
  const root = new URL("../../../app/audit/", import.meta.url);
  const names = [...readFileSync(new URL("access_acts.go", root), "utf8").matchAll(/\b([A-Z]\w+)(?=[,}])/g)].map((m) => m[1]!).filter((n) => n !== "ASVS");
  const all = ["entry.go", "sign_in.go", "provisioning.go"].map((f) => readFileSync(new URL(f, root), "utf8")).join("\n");
  expect(names.length).toBeGreaterThan(7);
  for (const name of names) {
    const act = new RegExp(`\\b${name}\\s+= "([a-z_.]+)"`).exec(all)?.[1];
    expect(act, name).toBeTruthy();
    expect(noticesOf([line(act!, 1)], [], 0), name).toHaveLength(1);
  }
});

test("what is known is kept per person, and a clock of the future does not silence", () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) };
  const now = Date.parse(at(60));
  expect(seen("a", now, storage)).toBe(now - 14 * 86_400_000);
  markSeen("a", now - 1000, storage);
  expect(seen("a", now, storage)).toBe(now - 1000);
  expect(seen("b", now, storage)).toBe(now - 14 * 86_400_000);
  markSeen("b", now + 86_400_000, storage);
  expect(seen("b", now, storage)).toBe(now - 14 * 86_400_000);
  expect(seen("a", now, null)).toBe(now - 14 * 86_400_000);
});
