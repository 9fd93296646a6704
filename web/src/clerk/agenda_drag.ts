// Dragging a row of the agenda with mouse, finger or pen (pointer events). The same can be done with the buttons and with
// Alt + arrows (WCAG 2.5.7); this is only the quick way.
import { type RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { dropIndex } from "./order.ts";

/** Near the edge of the window the page scrolls along (px from the edge, px per frame). */
const EDGE = 90;
const SPEED = 14;

interface Drag {
  id: string;
  from: number;
  to: number;
  rows: HTMLElement[];
  /** Middles of the rows in page coordinates, as they stood when the drag began. */
  middles: number[];
  height: number;
  /** How far up and down the row may go: it stays within the list (px). */
  up: number;
  down: number;
  startY: number;
  y: number;
  frame: number;
}

/** Gives each row's handle its events. `list` holds the rows as its children, `move` is told the row's id and new index. */
export function useDragOrder(list: RefObject<HTMLElement | null>, move: (id: string, to: number) => void) {
  const [dragged, setDragged] = useState<string | null>(null);
  const drag = useRef<Drag | null>(null);

  const paint = (d: Drag): void => {
    const y = d.y + window.scrollY;
    d.to = dropIndex(d.middles, d.from, y);
    d.rows.forEach((row, i) => {
      let shift = 0;
      if (i === d.from) shift = Math.max(d.up, Math.min(d.down, y - d.startY));
      else if (i > d.from && i <= d.to) shift = -d.height;
      else if (i < d.from && i >= d.to) shift = d.height;
      row.style.transform = shift === 0 ? "" : `translateY(${shift}px)`;
    });
  };
  const run = (): void => {
    const d = drag.current;
    if (!d) return;
    if (d.y < EDGE) window.scrollBy(0, -SPEED);
    else if (d.y > window.innerHeight - EDGE) window.scrollBy(0, SPEED);
    paint(d);
    d.frame = requestAnimationFrame(run);
  };
  const end = (drop: boolean): void => {
    const d = drag.current;
    if (!d) return;
    drag.current = null;
    cancelAnimationFrame(d.frame);
    document.removeEventListener("keydown", escape, true);
    for (const row of d.rows) row.style.transform = "";
    setDragged(null);
    if (drop && d.to !== d.from) move(d.id, d.to);
  };
  const escape = (e: KeyboardEvent): void => {
    if (e.key !== "Escape") return;
    e.stopPropagation();
    end(false);
  };

  const handle = (id: string) => ({
    onPointerDown: (e: PointerEvent): void => {
      if (e.button !== 0 || !list.current || drag.current) return;
      const rows = [...list.current.children] as HTMLElement[];
      const handleElement = e.currentTarget as HTMLElement;
      const from = rows.findIndex((r) => r.contains(handleElement));
      const row = rows[from];
      if (!row) return;
      handleElement.setPointerCapture(e.pointerId);
      const boxes = rows.map((r) => r.getBoundingClientRect());
      const middles = boxes.map((b) => b.top + b.height / 2 + window.scrollY);
      const own = boxes[from] as DOMRect;
      const up = (boxes[0] as DOMRect).top - own.top;
      const down = (boxes.at(-1) as DOMRect).bottom - own.bottom;
      const height = row.offsetHeight;
      drag.current = { id, from, to: from, rows, middles, height, up, down, startY: e.clientY + window.scrollY, y: e.clientY, frame: 0 };
      document.addEventListener("keydown", escape, true);
      setDragged(id);
      drag.current.frame = requestAnimationFrame(run);
    },
    onPointerMove: (e: PointerEvent): void => {
      if (drag.current) drag.current.y = e.clientY;
    },
    onPointerUp: (): void => end(true),
    onPointerCancel: (): void => end(false),
  });
  return { dragged, handle };
}
