import { expect, test } from "vitest";
import { parseRoute } from "../../src/clerk/route.ts";
import { inOrder, oneIn, standing, type Trace } from "../../src/clerk/traces.ts";

const trace = (id: string, more: Partial<Trace>): Trace => ({ id, state: "requested", mayDecide: false, resultGone: false, ...more }) as Trace;

test("what waits for this person comes first, the rest keeps its order", () => {
  const all = [trace("a", {}), trace("b", { mayDecide: true }), trace("c", { state: "used" }), trace("d", { mayDecide: true })];
  expect(inOrder(all).map((x) => x.id)).toEqual(["b", "d", "a", "c"]);
});

test("where a request stands is one word", () => {
  expect(standing(trace("a", { mayDecide: true }))).toBe("decide");
  expect(standing(trace("a", {}))).toBe("requested");
  expect(standing(trace("a", { state: "used" }))).toBe("used");
  expect(standing(trace("a", { state: "used", resultGone: true }))).toBe("gone");
  expect(standing(trace("a", { state: "refused" }))).toBe("refused");
});

test("a chance is told as a round number that does not promise too much", () => {
  expect(oneIn(0.0009)).toBe(1000);
  expect(oneIn(2e-7)).toBe(1_000_000);
  expect(oneIn(1e-40)).toBe(1e12);
  expect(oneIn(0)).toBe(1e12);
});

test("the console has an address for the list and for each question", () => {
  expect(parseRoute("/console/traces", "")).toEqual({ name: "traces" });
  expect(parseRoute("/console/traces/0193-ab", "")).toEqual({ name: "trace", id: "0193-ab" });
  expect(parseRoute("/console/traces/../x", "")).toEqual({ name: "unknown" });
});
