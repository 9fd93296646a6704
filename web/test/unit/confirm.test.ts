import { afterEach, expect, test, vi } from "vitest";
import { call } from "../../src/api/client.ts";
import { confirming, safeReturn, settle, STEP_UP } from "../../src/api/confirm.ts";
import { binary, decode, encode } from "../../src/api/passkeys.ts";
import { Problem } from "../../src/api/problem.ts";

afterEach(() => vi.unstubAllGlobals());

const due = () => new Response(JSON.stringify({ type: STEP_UP, status: 403, detail: "bestätigen" }), { status: 403 });
const fine = () => new Response(JSON.stringify({ ok: true }), { status: 200 });

test("a request waits for the confirmation and goes out once more", async () => {
  const answers = [due(), fine()];
  const fetched = vi.fn(async () => answers.shift() as Response);
  vi.stubGlobal("fetch", fetched);
  const asked = call<{ ok: boolean }>("GET", "/api/v1/files/1/pages");
  await vi.waitFor(() => expect(confirming.value).toBe(true));
  expect(fetched).toHaveBeenCalledTimes(1);
  settle(true);
  expect((await asked).data.ok).toBe(true);
  expect(confirming.value).toBe(false);
});

test("whoever would rather not now gets the problem, and background work never asks", async () => {
  vi.stubGlobal("fetch", vi.fn(async () => due()));
  const asked = call("GET", "/api/v1/files/1/pages");
  await vi.waitFor(() => expect(confirming.value).toBe(true));
  settle(false);
  await expect(asked).rejects.toBeInstanceOf(Problem);
  await expect(call("GET", "/x", { background: true })).rejects.toBeInstanceOf(Problem);
  expect(confirming.value).toBe(false);
});

test("the way back stays on this site", () => {
  for (const ok of ["/app/", "/app/papers/1?page=2", "/console/", "/app"]) expect(safeReturn(ok)).toBe(ok);
  for (const bad of [null, "", "//evil.example", "/app//evil.example", "https://evil.example", "/auth/logout", "/apps", "/app/\\evil", "javascript:alert(1)"]) expect(safeReturn(bad)).toBe("/app/");
});

test("binary values travel as base64url", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(encode(bytes.buffer)).not.toMatch(/[+/=]/);
  expect(decode(encode(bytes.buffer))).toEqual(bytes);
  const made = binary({ challenge: "AQID", user: { id: "BAUG", name: "a", displayName: "b" }, allowCredentials: [{ id: "BwgJ", type: "public-key" }] });
  expect(made.challenge).toEqual(Uint8Array.of(1, 2, 3));
  expect((made.user as { id: Uint8Array }).id).toEqual(Uint8Array.of(4, 5, 6));
  expect((made.allowCredentials as { id: Uint8Array }[])[0]?.id).toEqual(Uint8Array.of(7, 8, 9));
});
