import fc from "fast-check";
import { expect, test } from "vitest";
import { type PageBox, rectOf, sizeOf, toPage, toScreen } from "../../src/core/geometry.ts";

const rotations = [0, 90, 180, 270] as const;

test("the corner at the top left of the screen, for each rotation", () => {
  const view: PageBox["view"] = [10, 20, 110, 220]; // 100 x 200 points
  expect(toPage({ view, rotate: 0 }, 0, 0, 1)).toEqual({ x: 10, y: 220 });
  expect(toPage({ view, rotate: 90 }, 0, 0, 1)).toEqual({ x: 10, y: 20 });
  expect(toPage({ view, rotate: 180 }, 0, 0, 1)).toEqual({ x: 110, y: 20 });
  expect(toPage({ view, rotate: 270 }, 0, 0, 1)).toEqual({ x: 110, y: 220 });
  expect(sizeOf({ view, rotate: 90 })).toEqual({ width: 200, height: 100 });
});

test("a quad keeps its size on the screen, turned with the page", () => {
  const box: PageBox = { view: [0, 0, 600, 800], rotate: 90 };
  expect(rectOf(box, [100, 700, 200, 712], 2)).toEqual({ left: 1400, top: 200, width: 24, height: 200 });
});

test("property: there and back is the same point, and every point of the page lies on the screen's page", () => {
  fc.assert(
    fc.property(fc.constantFrom(...rotations), fc.integer({ min: -50, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 8, noNaN: true }), (rotate, at, u, v, scale) => {
      const box: PageBox = { view: [at, at + 3, at + 595, at + 845], rotate };
      const [x, y] = [at + u * 595, at + 3 + v * 842];
      const screen = toScreen(box, x, y, scale);
      const size = sizeOf(box);
      expect(screen.x).toBeGreaterThanOrEqual(-1e-6);
      expect(screen.y).toBeGreaterThanOrEqual(-1e-6);
      expect(screen.x).toBeLessThanOrEqual(size.width * scale + 1e-6);
      expect(screen.y).toBeLessThanOrEqual(size.height * scale + 1e-6);
      const back = toPage(box, screen.x, screen.y, scale);
      expect(back.x).toBeCloseTo(x, 6);
      expect(back.y).toBeCloseTo(y, 6);
    }),
  );
});
