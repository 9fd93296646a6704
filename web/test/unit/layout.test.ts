import { expect, test } from "vitest";
import { clampZoom, Layout, nextZoom } from "../../src/pdf/layout.ts";

const a4 = { width: 595, height: 842 };
const plan = { width: 1684, height: 1191 };

test("all pages are as wide as the column, whatever their size", () => {
  const layout = new Layout([a4, plan, a4], 834, 1);
  expect(new Set(layout.slots.map((s) => s.width)).size).toBe(1);
  expect(layout.slots[0]!.scale).toBeCloseTo((834 - 24) / 595);
  expect(layout.slots[1]!.height).toBeCloseTo((810 * 1191) / 1684);
});

test("a wide window does not blow the page up, and the page stands in its middle", () => {
  const layout = new Layout([a4], 2000, 1);
  expect(layout.pageWidth).toBe(940);
  expect(layout.left).toBeCloseTo((2000 - 940) / 2);
});

test("the pages of a window", () => {
  const layout = new Layout(Array.from({ length: 500 }, () => a4), 834, 1);
  const top = layout.slots[249]!.top;
  expect(layout.at(top + 5)).toBe(249);
  expect(layout.between(top, top + 900)).toEqual([249, 249]);
  expect(layout.between(top, top + 1300)).toEqual([249, 250]);
  expect(layout.between(layout.height - 10, layout.height)).toEqual([499, 499]);
  expect(layout.at(-100)).toBe(0);
});

test("zooming stays within its limits and its steps", () => {
  expect(clampZoom(100)).toBe(6);
  expect(clampZoom(0.01)).toBe(0.5);
  expect(nextZoom(1, 1)).toBe(1.25);
  expect(nextZoom(1.1, -1)).toBe(1);
  expect(nextZoom(6, 1)).toBe(6);
});
