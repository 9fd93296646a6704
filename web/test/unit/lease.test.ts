import { generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { at, type Lease, type LeaseKey, type LeaseState, reach, TOLERANCE, verify } from "../../src/core/lease.ts";

const issued = "2026-11-22T09:00:00Z";
const day = 86_400_000;
const [device, person] = ["01920000-0000-7000-8000-000000000001", "01920000-0000-7000-8000-000000000002"];

const base64url = (b: Uint8Array | string) => Buffer.from(b).toString("base64url");

async function signer() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const x = publicKey.export({ format: "jwk" }).x as string;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", Buffer.from(x, "base64url")));
  const kid = Buffer.from(sum.slice(0, 8)).toString("hex");
  const key: LeaseKey = { kty: "OKP", crv: "Ed25519", kid, x };
  const of = (payload: string, prefix = "ris offline lease 1\n") => `${base64url(payload)}.${base64url(sign(null, Buffer.from(prefix + payload), privateKey))}`;
  return { key, of, payload: { v: 1, key: kid, device, person, issued, nonPublicUntil: "2026-11-29T09:00:00Z" } };
}

interface Story {
  name: string;
  clock: string;
  days: number;
  open: number;
  uses: { clock: string; public: boolean; nonPublic: boolean; reason: string }[];
}

describe("a lease", () => {
  test("is what was signed", async () => {
    const s = await signer();
    const want: Lease = { device, person, issued: Date.parse(issued), nonPublicUntil: Date.parse(issued) + 7 * day, publicUntil: null };
    expect(await verify(s.key, s.of(JSON.stringify(s.payload)))).toEqual(want);
    const limited = { ...s.payload, publicUntil: "2026-12-22T09:00:00Z" };
    expect((await verify(s.key, s.of(JSON.stringify(limited))))?.publicUntil).toBe(Date.parse(limited.publicUntil));
  });

  test("is refused when anything is changed", async () => {
    const s = await signer();
    const [stranger, good] = [await signer(), s.of(JSON.stringify(s.payload))];
    const [body, signature] = good.split(".") as [string, string];
    const changed = (change: object) => s.of(JSON.stringify({ ...s.payload, ...change }));
    const forged: Record<string, string> = {
      "another key": stranger.of(JSON.stringify(stranger.payload)),
      "another key's signature": `${body}.${stranger.of(JSON.stringify(s.payload)).split(".")[1]}`,
      "longer time": `${base64url(JSON.stringify({ ...s.payload, nonPublicUntil: "2027-11-29T09:00:00Z" }))}.${signature}`,
      "no prefix": s.of(JSON.stringify(s.payload), ""),
      "another version": changed({ v: 2 }),
      "another key's name": changed({ key: "0000000000000000" }),
      "no device": changed({ device: "" }),
      "no person": changed({ person: undefined }),
      "no end": changed({ nonPublicUntil: undefined }),
      "an end that is no time": changed({ nonPublicUntil: "never" }),
      "a public end that is no time": changed({ publicUntil: "never" }),
      "a number": changed({ issued: 1 }),
      "no JSON": s.of("x"),
      null: s.of("null"),
      empty: "",
      "a dot": ".",
      "no signature": `${body}.`,
      padded: `${body}=.${signature}`,
      "a line break": `${body}\n.${signature}`,
      long: good + "A".repeat(2000),
    };
    for (let i = 0; i < good.length; i += 3) forged[`changed at ${i}`] = good.slice(0, i) + (good[i] === "A" ? "B" : "A") + good.slice(i + 1);
    const accepted: string[] = [];
    for (const [name, text] of Object.entries(forged)) if ((await verify(s.key, text)) !== null) accepted.push(name);
    expect(accepted).toEqual([]);
    for (const key of [{ ...s.key, kid: "0000000000000000" }, { ...s.key, crv: "X25519" }, { ...s.key, x: "AAAA" }, { ...s.key, x: "" }]) expect(await verify(key, good)).toBeNull();
  });

  const stories = JSON.parse(readFileSync(new URL("../../../auth/lease/testdata/lease_stories.json", import.meta.url), "utf8")) as Story[];
  test.each(stories)("$name", (story) => {
    const start = Date.parse(issued);
    const lease: Lease = { device, person, issued: start, nonPublicUntil: start + story.days * day, publicUntil: story.open ? start + story.open * day : null };
    let state: LeaseState = { lease, received: Date.parse(story.clock), mark: 0 };
    for (const use of story.uses) {
      const { clock, ...want } = use;
      expect(at(state, Date.parse(clock), device, person), clock).toEqual(want);
      state = reach(state, Date.parse(clock));
    }
    expect(at(state, start, "x", person).reason).toBe("other_device");
    expect(at(state, start, device, "x").nonPublic).toBe(false);
  });

  test("a clock that is turned back behind what was reached opens nothing beyond the tolerance", () => {
    const start = Date.parse(issued);
    const lease: Lease = { device, person, issued: start, nonPublicUntil: start + 7 * day, publicUntil: null };
    let worst = 0;
    for (let used = 3_600_000; used < 6 * day; used += 7 * 3_600_000) {
      const state = reach({ lease, received: start, mark: 0 }, start + used);
      for (let back = 60_000; back < used; back += 120_000) if (at(state, start + used - back, device, person).nonPublic) worst = Math.max(worst, back);
    }
    expect(worst).toBe(TOLERANCE);
  });
});
