import { expect, test } from "vitest";
import { type PrivacyRequest, standing, waitingFirst } from "../../src/clerk/privacy.ts";
import { hrefPrivacyOf, hrefPrivacyRequest, parseRoute } from "../../src/clerk/route.ts";

const request = (id: string, more: Partial<PrivacyRequest>): PrivacyRequest => ({ id, kind: "export", state: "requested", mayDecide: false, mayUse: false, ...more }) as PrivacyRequest;

test("what waits for this person comes first, to decide or to carry out; the rest keeps its order", () => {
  const all = [request("a", {}), request("b", { mayDecide: true }), request("c", { state: "used" }), request("d", { state: "released", mayUse: true })];
  expect(waitingFirst(all).map((x) => x.id)).toEqual(["b", "d", "a", "c"]);
});

test("where a request stands is one word", () => {
  expect(standing(request("a", { mayDecide: true }))).toBe("decide");
  expect(standing(request("a", { state: "released", mayUse: true }))).toBe("use");
  expect(standing(request("a", { state: "released" }))).toBe("released"); // somebody else carries it out
  expect(standing(request("a", { state: "used" }))).toBe("given");
  expect(standing(request("a", { state: "used", kind: "erase" }))).toBe("erased");
  expect(standing(request("a", { state: "refused", kind: "erase" }))).toBe("refused");
});

test("the console has an address for the list, for the form about a person, and for each request", () => {
  expect(parseRoute("/console/privacy", "")).toEqual({ name: "privacy", person: "" });
  const form = new URL(hrefPrivacyOf("0193-ab"), "https://x.example");
  expect(parseRoute(form.pathname, form.search)).toEqual({ name: "privacy", person: "0193-ab" });
  expect(parseRoute(hrefPrivacyRequest("0193-cd"), "")).toEqual({ name: "privacyRequest", id: "0193-cd" });
  expect(parseRoute("/console/privacy/../x", "")).toEqual({ name: "unknown" });
});
