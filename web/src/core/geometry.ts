// Between PDF user space (points, origin bottom left, unrotated) and the page as it lies on the screen (CSS pixels, origin top left, turned
// by the page's /Rotate).
import type { Quad } from "./annotation.ts";

/** What places a page: its visible box in user space and its rotation in degrees clockwise (0, 90, 180, 270). */
export interface PageBox {
  view: Quad;
  rotate: number;
}

/** A rectangle on the screen, relative to the page's top left corner. */
export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

const turn = (box: PageBox) => ((box.rotate % 360) + 360) % 360;

/** sizeOf is the size of the upright page in points. */
export function sizeOf(box: PageBox): { width: number; height: number } {
  const [x0, y0, x1, y1] = box.view;
  return turn(box) % 180 === 0 ? { width: x1 - x0, height: y1 - y0 } : { width: y1 - y0, height: x1 - x0 };
}

/** toScreen gives the place of a point; scale = CSS pixels per point. */
export function toScreen(box: PageBox, x: number, y: number, scale: number): { x: number; y: number } {
  const [x0, y0, x1, y1] = box.view;
  switch (turn(box)) {
    case 90:
      return { x: (y - y0) * scale, y: (x - x0) * scale };
    case 180:
      return { x: (x1 - x) * scale, y: (y - y0) * scale };
    case 270:
      return { x: (y1 - y) * scale, y: (x1 - x) * scale };
    default:
      return { x: (x - x0) * scale, y: (y1 - y) * scale };
  }
}

/** toPage is the inverse of toScreen. */
export function toPage(box: PageBox, x: number, y: number, scale: number): { x: number; y: number } {
  const [x0, y0, x1, y1] = box.view;
  const u = x / scale;
  const v = y / scale;
  switch (turn(box)) {
    case 90:
      return { x: x0 + v, y: y0 + u };
    case 180:
      return { x: x1 - u, y: y0 + v };
    case 270:
      return { x: x1 - v, y: y1 - u };
    default:
      return { x: x0 + u, y: y1 - v };
  }
}

/** rectOf is where a quad lies on the screen. */
export function rectOf(box: PageBox, quad: Quad, scale: number): Rect {
  const a = toScreen(box, quad[0], quad[1], scale);
  const b = toScreen(box, quad[2], quad[3], scale);
  return { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/** union is the smallest quad around two. */
export const union = (a: Quad, b: Quad): Quad => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];

/** contains tells whether a point lies in a quad, with a margin in points (fingers are wide). */
export const contains = (q: Quad, x: number, y: number, margin = 0): boolean =>
  x >= q[0] - margin && x <= q[2] + margin && y >= q[1] - margin && y <= q[3] + margin;

/** rounded cuts a quad to 1/100 point: finer is noise, and the same mark gives the same bytes everywhere. */
export const rounded = (q: Quad): Quad => q.map((n) => Math.round(n * 100) / 100) as Quad;
