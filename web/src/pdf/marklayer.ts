import { type Quad, styleOf } from "../core/annotation.ts";
import { rectOf, sizeOf } from "../core/geometry.ts";
import type { Mark } from "../core/sync/marks.ts";
import type { PageView } from "./pageview.ts";

const ns = "http://www.w3.org/2000/svg";

/** What lies over one page. */
export interface Layer {
  marks: readonly Mark[];
  /** Places of sought words. The one with index `foundNow` is the one jumped to. */
  found: readonly Quad[];
  foundNow?: number;
  /** A highlight in the making, or the word under the keyboard's cursor. */
  preview?: { quads: readonly Quad[]; style: string };
  cursor?: Quad;
  /** The mark that is open at the moment. */
  open?: string;
}

export interface LayerTexts {
  /** Name of the button of a note: its text, shortened. */
  note(mark: Mark): string;
  onNote(mark: Mark): void;
}

/** drawLayer draws marks and found words of a page. Lengths are in points within an SVG that stretches with the page: zoom needs no redraw. */
export function drawLayer(view: PageView, layer: Layer, texts: LayerTexts): void {
  const box = view.box;
  if (!box) return;
  const { width, height } = sizeOf(box);
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");

  const add = (quad: Quad, className: string, style?: string) => {
    const r = rectOf(box, quad, 1);
    const rect = document.createElementNS(ns, "rect");
    rect.setAttribute("x", String(r.left));
    rect.setAttribute("y", String(r.top));
    rect.setAttribute("width", String(r.width));
    rect.setAttribute("height", String(r.height));
    rect.setAttribute("rx", "1.5");
    rect.setAttribute("class", className);
    if (style) rect.dataset.style = style;
    svg.append(rect);
    if (!style) return;
    // The edge below the words has a pattern of its own per colour: marks can be told apart without seeing colours.
    const edge = document.createElementNS(ns, "line");
    edge.setAttribute("x1", String(r.left));
    edge.setAttribute("x2", String(r.left + r.width));
    edge.setAttribute("y1", String(r.top + r.height - 0.6));
    edge.setAttribute("y2", String(r.top + r.height - 0.6));
    edge.setAttribute("class", "mark-edge");
    edge.dataset.style = style;
    svg.append(edge);
  };

  layer.found.forEach((quad, i) => add(quad, i === layer.foundNow ? "found found-now" : "found"));
  for (const mark of layer.marks) {
    if (mark.annotation.kind !== "highlight") continue;
    for (const quad of mark.annotation.quads) add(quad, mark.id === layer.open ? "mark mark-open" : "mark", styleOf(mark.annotation));
  }
  for (const quad of layer.preview?.quads ?? []) add(quad, "mark", layer.preview!.style);
  if (layer.cursor) add(layer.cursor, "mark-cursor");

  const notes = layer.marks.filter((mark) => mark.annotation.kind === "note" || mark.annotation.body !== "").map((mark) => {
    const quad = mark.annotation.quads[0] ?? [0, 0, 0, 0];
    const r = rectOf(box, quad, 1);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "note-pin";
    button.dataset.style = styleOf(mark.annotation);
    button.setAttribute("aria-label", texts.note(mark));
    const at = mark.annotation.kind === "note" ? r.left : Math.min(r.left, width) - 8; // beside the words, not on them
    button.style.left = `${(100 * Math.max(6, Math.min(width - 6, at))) / width}%`;
    button.style.top = `${(100 * Math.max(6, Math.min(height - 6, r.top + r.height / 2))) / height}%`;
    button.addEventListener("click", (e) => {
      e.stopPropagation();
      texts.onNote(mark);
    });
    return button;
  });
  view.marks.replaceChildren(svg);
  view.pins.replaceChildren(...notes);
}

/** markAt finds the mark under a point of a page (user space); the smallest when several lie there. */
export function markAt(marks: readonly Mark[], x: number, y: number): Mark | undefined {
  const area = (mark: Mark) => mark.annotation.quads.reduce((sum, q) => sum + (q[2] - q[0]) * (q[3] - q[1]), 0);
  return marks
    .filter((mark) => mark.annotation.quads.some((q) => x >= q[0] - 2 && x <= q[2] + 2 && y >= q[1] - 2 && y <= q[3] + 2))
    .sort((a, b) => area(a) - area(b))[0];
}
