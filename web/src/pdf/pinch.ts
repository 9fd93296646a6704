import type { Pages } from "./pages.ts";

/** pinch lets two fingers (or the trackpad with Ctrl) zoom and move the pages. One finger scrolls as everywhere. Returns how to stop it. */
export function pinch(pages: Pages): () => void {
  const el = pages.scroller;
  let start: { distance: number; x: number; y: number } | null = null;
  let now = { factor: 1, x: 0, y: 0 };

  const read = (e: TouchEvent) => {
    const [a, b] = [e.touches[0]!, e.touches[1]!];
    const r = el.getBoundingClientRect();
    return {
      distance: Math.max(10, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
      x: (a.clientX + b.clientX) / 2 - r.left,
      y: (a.clientY + b.clientY) / 2 - r.top,
    };
  };
  const touchstart = (e: TouchEvent) => {
    if (e.touches.length !== 2) return;
    e.preventDefault();
    start = read(e);
    now = { factor: 1, x: start.x, y: start.y };
  };
  const touchmove = (e: TouchEvent) => {
    if (!start || e.touches.length !== 2) return;
    e.preventDefault();
    const at = read(e);
    now = { factor: at.distance / start.distance, x: at.x, y: at.y };
    pages.preview(now.factor, start.x, start.y, at.x - start.x, at.y - start.y);
  };
  const touchend = (e: TouchEvent) => {
    if (!start || e.touches.length >= 2) return;
    const from = start;
    start = null;
    pages.preview(1, 0, 0, 0, 0);
    pages.setZoom(pages.zoom * now.factor, from.x, from.y);
    el.scrollLeft -= now.x - from.x;
    el.scrollTop -= now.y - from.y;
  };
  const wheel = (e: WheelEvent) => {
    if (!e.ctrlKey) return;
    e.preventDefault();
    const r = el.getBoundingClientRect();
    pages.setZoom(pages.zoom * Math.exp(-e.deltaY * 0.01), e.clientX - r.left, e.clientY - r.top);
  };
  const stopGesture = (e: Event) => e.preventDefault(); // Safari would zoom the whole page as well

  el.addEventListener("touchstart", touchstart, { passive: false });
  el.addEventListener("touchmove", touchmove, { passive: false });
  el.addEventListener("touchend", touchend);
  el.addEventListener("touchcancel", touchend);
  el.addEventListener("wheel", wheel, { passive: false });
  el.addEventListener("gesturestart", stopGesture);
  return () => {
    el.removeEventListener("touchstart", touchstart);
    el.removeEventListener("touchmove", touchmove);
    el.removeEventListener("touchend", touchend);
    el.removeEventListener("touchcancel", touchend);
    el.removeEventListener("wheel", wheel);
    el.removeEventListener("gesturestart", stopGesture);
  };
}
