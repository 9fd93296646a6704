import { expect, test } from "vitest";
import { type Day, type Leaving, readable, sides } from "../../src/clerk/endings.ts";
import { before, officeChanges, officeDrafts } from "../../src/clerk/PersonOffices.tsx";
import { type Person, standing } from "../../src/clerk/persons.ts";
import type { Device } from "../../src/devices/device.ts";

const now = new Date("2026-11-22T09:00:00Z");
const person = (change: Partial<Person>): Person => ({
  id: "p", body: "b", name: "Erika Muster", title: "", givenName: "Erika", familyName: "Muster", gender: "", account: "erika@stadt.example", locked: null, lockedBy: "",
  unconfirmed: false, wanted: null, signedIn: true, home: true, seats: [], grants: [], revision: 1, ...change,
});

test("the badge says whose lock it is, and that nobody has confirmed", () => {
  const past = "2026-11-21T09:00:00Z";
  expect(standing(person({}), now)).toBe("good");
  expect(standing(person({ locked: past, lockedBy: "clerk" }), now)).toBe("locked");
  expect(standing(person({ locked: past, lockedBy: "import" }), now)).toBe("locked");
  expect(standing(person({ locked: past, lockedBy: "directory", unconfirmed: true }), now)).toBe("byDirectory");
  expect(standing(person({ locked: "2026-11-30T23:00:00Z", lockedBy: "clerk" }), now)).toBe("ending");
  expect(standing(person({ unconfirmed: true, signedIn: false }), now)).toBe("unconfirmed");
  expect(standing(person({ signedIn: false }), now)).toBe("fresh");
});

test("offices of groups: only what is new or differs is sent, and ending at once is the day before", () => {
  const grant = { id: "g", body: "b", role: "group_office", organization: { id: "f", name: "Grüne Liste", shortName: "", type: "Fraktion" }, start: "2026-11-01", end: null, kept: "" };
  const was = officeDrafts([grant, { ...grant, id: "h", role: "clerk", organization: null }, { ...grant, id: "i", body: "other" }], "b");
  expect(was.map((o) => o.id)).toEqual(["g"]);
  expect(officeChanges(was, was)).toEqual([]);
  const ended = was.map((o) => ({ ...o, end: before("2026-11-22") }));
  expect(officeChanges(ended, was)).toEqual([{ id: "g", role: "group_office", organization: "f", start: "2026-11-01", end: "2026-11-21" }]);
  const fresh = [...was, { key: "k", organization: "f2", name: "", start: "2026-11-22", end: "" }];
  expect(officeChanges(fresh, was)).toEqual([{ role: "group_office", organization: "f2", start: "2026-11-22", end: "" }]);
  expect(before("2026-03-01")).toBe("2026-02-28");
});

test("what ends stands on both sides of today, today's last day among what comes", () => {
  const day = (last: string): Day => ({ last, ends: [], loses: [], clerk: false, grace: [], out: false });
  const one = (id: string, ...days: string[]): Leaving => ({ id, name: id, account: "", days: days.map(day) });
  const { coming, past } = sides([one("a", "2026-12-31"), one("b", "2026-11-01", "2026-11-22"), one("c", "2026-10-01", "2026-11-20")], "2026-11-22");
  expect(coming.map((s) => s.person.id)).toEqual(["b", "a"]);
  expect(past.map((s) => s.person.id)).toEqual(["c", "b"]);
  expect(past[1]?.days.map((d) => d.last)).toEqual(["2026-11-01"]);
});

test("how long devices can still be read offline", () => {
  const device = (leaseUntil: string | null, open: boolean) => ({ leaseUntil, readable: open }) as Device;
  expect(readable([])).toEqual({ n: 0, until: "" });
  expect(readable([device("2026-11-25T09:00:00Z", true), device("2026-11-27T09:00:00Z", false), device("2026-11-24T09:00:00Z", true), device(null, false)])).toEqual({ n: 2, until: "2026-11-25T09:00:00Z" });
});
