// The life of a lease on the device: what is taken, what is refused, and what a turned clock or a missing network does to it.
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import type { LeaseKey } from "../../src/core/lease.ts";
import { type Answer, type KeptLease, type LeasePlace, type LeaseView, LeaseWatch } from "../../src/core/lease_watch.ts";
import { DiskLease, dropLease } from "../../src/store/lease_place.ts";
import { leaseOffice } from "../fixtures/lease_office.ts";

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse("2026-11-22T09:00:00Z");
const [device, person] = ["01920000-0000-7000-8000-000000000001", "01920000-0000-7000-8000-000000000002"];
let server: ReturnType<typeof leaseOffice>;
/** The true time; the device's clock is wrong by `off`; `steady` counts only while the page lives. */
let time: { true: number; off: number; steady: number };
let answer: (() => Promise<Answer> | Answer) | null;
let publishedKey: LeaseKey | null;
let asked: { lease: number; key: number };
let views: LeaseView[];

const pass = (ms: number) => {
  time.true += ms;
  time.steady += ms;
};

function given(change: Record<string, unknown> = {}, by = server): Answer {
  return { kind: "given", key: by.key, text: by.text(person, time.true, change) };
}

const watchOf = (place: LeasePlace) =>
  new LeaseWatch({
    person,
    place,
    server: {
      ask: async () => {
        asked.lease++;
        return answer ? answer() : { kind: "unreachable" };
      },
      published: async () => {
        asked.key++;
        return publishedKey;
      },
    },
    onView: (v) => views.push(v),
    clock: () => time.true + time.off,
    steady: () => time.steady,
  });

const last = () => views.at(-1)!;

beforeEach(async () => {
  server = leaseOffice(device);
  time = { true: start, off: 0, steady: 5000 };
  answer = () => given();
  publishedKey = server.key;
  asked = { lease: 0, key: 0 };
  views = [];
  await dropLease(person);
});

async function begun(place: LeasePlace = new DiskLease(person)) {
  const watch = watchOf(place);
  await watch.open();
  await watch.renew();
  return watch;
}

describe("a lease on the device", () => {
  test("is fetched, checked with the published key once, and kept through a restart", async () => {
    const watch = await begun();
    expect(last()).toEqual({ state: "open", until: start + 7 * day, contact: "yes" });
    pass(hour);
    await watch.renew();
    expect(last().until).toBe(start + hour + 7 * day);
    expect(asked).toEqual({ lease: 2, key: 1 });
    answer = null;
    time.steady = 0; // the page was closed, the browser ended
    const later = watchOf(new DiskLease(person));
    await later.open();
    expect(last()).toEqual({ state: "open", until: start + hour + 7 * day, contact: "yes" });
    await later.renew();
    expect(last().contact).toBe("no");
    expect(last().state).toBe("open");
  });

  test("ends without a renewal, and opens again with one", async () => {
    const watch = await begun();
    answer = null;
    pass(7 * day - 1000);
    expect(watch.tick().state).toBe("open");
    pass(1000);
    expect(watch.tick()).toEqual({ state: "over", until: start + 7 * day, contact: "yes" });
    await watch.renew();
    expect(last()).toEqual({ state: "over", until: start + 7 * day, contact: "no" });
    answer = () => ({ kind: "signed-out" });
    await watch.renew();
    expect(last()).toMatchObject({ state: "over", contact: "signed-out" });
    answer = () => given();
    await watch.renew();
    expect(last()).toEqual({ state: "open", until: time.true + 7 * day, contact: "yes" });
  });

  test("a clock that is wrong from the start changes nothing", async () => {
    for (const off of [-400 * day, 3 * hour, 400 * day]) {
      time = { true: start, off, steady: 0 };
      await dropLease(person);
      const watch = await begun();
      pass(7 * day - 1000);
      expect(watch.tick().state, `off by ${off}`).toBe("open");
      pass(1000);
      expect(watch.tick().state, `off by ${off}`).toBe("over");
    }
  });

  test("a clock that is turned back locks at once, also over a restart", async () => {
    const watch = await begun();
    pass(2 * day);
    expect(watch.tick().state).toBe("open");
    answer = null;
    time.off = -4 * 60_000; // a small correction
    expect(watch.tick().state).toBe("open");
    time.off = -2 * day;
    expect(watch.tick().state).toBe("clock");
    await new Promise((r) => setTimeout(r, 20)); // until it is on the disk
    time.steady = 0;
    const later = watchOf(new DiskLease(person));
    await later.open();
    expect(last().state).toBe("clock");
    time.off = 0;
    later.tick();
    expect(last().state).toBe("open");
  });

  test("turning the clock back again and again while the page is open gains no time", async () => {
    const watch = await begun();
    answer = null;
    let open = 0;
    for (let i = 0; i < 9 * 24; i++) {
      pass(hour);
      time.off -= hour; // the clock on the wall stands still
      if (watch.tick().state === "open") open++;
    }
    expect(open).toBe(0); // an hour is more than the tolerance
    time = { ...time, off: 0 };
    expect(watch.tick().state).toBe("over");
    // In steps below the tolerance: the steady clock goes on, and it is over in time.
    await dropLease(person);
    answer = () => given();
    const begin = time.true;
    const second = await begun();
    answer = null;
    for (let i = 0; i < 8 * 24 * 15; i++) {
      pass(4 * 60_000);
      time.off -= 4 * 60_000;
      const { state } = second.tick();
      if (time.true >= begin + 7 * day) expect(state).not.toBe("open");
    }
    expect(second.tick().state).not.toBe("open");
  });

  test("what was not signed by the published key, for this person, or is older, is not taken", async () => {
    const stranger = leaseOffice(device);
    const refused: Record<string, () => Answer> = {
      "another key than the published one": () => given({}, stranger),
      "another key under the published name": () => ({ ...given({}, stranger), key: server.key }) as Answer,
      "another person": () => given({ person: "01920000-0000-7000-8000-000000000009" }),
      "no lease": () => ({ kind: "given", key: server.key, text: "x.y" }),
      older: () => given({ issued: "2026-11-20T09:00:00Z", nonPublicUntil: "2026-12-20T09:00:00Z" }),
    };
    const watch = await begun();
    for (const [name, forged] of Object.entries(refused)) {
      answer = forged;
      pass(60_000);
      await watch.renew();
      expect(last(), name).toMatchObject({ state: "open", until: start + 7 * day });
    }
    // Without the published key nothing is taken at all.
    await dropLease(person);
    publishedKey = null;
    answer = () => given();
    await begun();
    expect(last()).toMatchObject({ state: "none", until: null });
    expect(await new DiskLease(person).load()).toBeNull();
  });

  test("what was changed on the disk is dropped", async () => {
    await begun();
    const place = new DiskLease(person);
    const kept = (await place.load()) as KeptLease;
    const [body, signature] = kept.text.split(".") as [string, string];
    const longer = Buffer.from(Buffer.from(body, "base64url").toString().replace("2026-11-29", "2027-11-29")).toString("base64url");
    await place.save({ ...kept, text: `${longer}.${signature}` });
    const watch = watchOf(place);
    await watch.open();
    expect(last().state).toBe("none");
    expect(await place.load()).toBeNull();
    // Another person's lease, put into this person's place, opens nothing.
    const other = given({ person: "01920000-0000-7000-8000-000000000009" }) as Extract<Answer, { kind: "given" }>;
    await place.save({ text: other.text, key: other.key, received: time.true, mark: 0 });
    await watchOf(place).open();
    expect(last().state).toBe("over");
  });

  test("goes when the server says that there is nothing to read", async () => {
    const watch = await begun();
    answer = () => ({ kind: "none" });
    await watch.renew();
    expect(last()).toEqual({ state: "none", until: null, contact: "yes" });
    expect(await new DiskLease(person).load()).toBeNull();
  });

  test("two windows: the later mark and the later lease stay", async () => {
    const [first, second] = [await begun(), await begun()];
    pass(2 * hour);
    second.tick();
    pass(hour);
    first.tick();
    await new Promise((r) => setTimeout(r, 20));
    const place = new DiskLease(person);
    const kept = (await place.load())!;
    await place.reach(kept.text, start);
    expect((await place.load())!.mark).toBe(start + 3 * hour);
    await second.renew();
    const newer = (await place.load())!.text;
    pass(hour);
    first.tick(); // still holds the lease before
    await new Promise((r) => setTimeout(r, 20));
    expect((await place.load())!.text).toBe(newer);
  });

  test("holds as long as the page where nothing can be stored", async () => {
    const never = async () => Promise.reject(new Error("no storage"));
    const watch = await begun({ load: never, save: never, reach: never, drop: never });
    expect(last().state).toBe("open");
    pass(8 * day);
    expect(watch.tick().state).toBe("over");
  });

  test("many contacts at the same time are one", async () => {
    const watch = await begun();
    await Promise.all([watch.renew(), watch.renew(), watch.renew()]);
    expect(asked.lease).toBe(2);
  });
});
