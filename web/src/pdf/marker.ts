// The Textmarker: drag over words with pen, finger or mouse, and whole words are taken by where they stand. The same by keyboard: a
// cursor walks from word to word. Native selection is not used here: on iPads it jumps across lines.
import type { Quad } from "../core/annotation.ts";
import { rounded } from "../core/geometry.ts";
import type { Passage } from "../core/pagetext.ts";
import type { Pages } from "./pages.ts";
import type { PageView } from "./pageview.ts";

export interface MarkerEvents {
  /** The passage under the finger at the moment; null takes the preview away. */
  onPreview(page: number, quads: Quad[] | null): void;
  onMark(page: number, passage: Passage): void;
  /** The keyboard's cursor stands on this word; null takes it away. */
  onCursor(page: number, box: Quad | null, word: string): void;
  /** A tap without a drag. */
  onTap(view: PageView, x: number, y: number): void;
}

const reach = 40; // points: so far beside a word a drag may begin

/** Marker listens on the pages while the Textmarker is in hand. */
export class Marker {
  private drag: { view: PageView; word: number; x: number; y: number; pointer: number; moved: boolean } | null = null;
  private cursor: { page: number; anchor: number; head: number } | null = null;
  private penSeen = false;
  private readonly el: HTMLElement;

  constructor(
    private readonly pages: Pages,
    private readonly events: MarkerEvents,
  ) {
    this.el = pages.scroller;
    this.el.addEventListener("pointerdown", this.down);
    this.el.addEventListener("pointermove", this.move);
    this.el.addEventListener("pointerup", this.up);
    this.el.addEventListener("pointercancel", this.cancel);
    this.el.addEventListener("touchstart", this.touch, { passive: false });
    this.el.addEventListener("keydown", this.key, true); // before the keys that turn pages
    this.el.dataset.tool = "marker";
  }

  /** Once a pen was used, fingers scroll again: the hand that holds the pen must not paint. */
  private readonly down = (e: PointerEvent) => {
    if (e.pointerType === "pen" && !this.penSeen) {
      this.penSeen = true;
      this.el.dataset.tool = "marker-pen";
    }
    if (this.penSeen && e.pointerType === "touch") return;
    if (!e.isPrimary || e.button !== 0) return this.stop();
    if (e.target instanceof Element && e.target.closest("button")) return;
    const view = this.pages.viewAt(e.clientX, e.clientY);
    const at = view?.at(e.clientX, e.clientY);
    if (!view || !at) return;
    e.preventDefault();
    this.drag = { view, word: view.text?.nearest(at.x, at.y, reach) ?? -1, x: at.x, y: at.y, pointer: e.pointerId, moved: false };
    this.el.setPointerCapture(e.pointerId);
  };

  private readonly move = (e: PointerEvent) => {
    const drag = this.drag;
    if (!drag || e.pointerId !== drag.pointer) return;
    const at = drag.view.at(e.clientX, e.clientY);
    if (!at) return;
    if (!drag.moved && Math.hypot(at.x - drag.x, at.y - drag.y) < 3) return;
    drag.moved = true;
    this.events.onPreview(drag.view.number, this.take(at.x, at.y)?.quads ?? null);
  };

  private readonly up = (e: PointerEvent) => {
    const drag = this.drag;
    if (!drag || e.pointerId !== drag.pointer) return;
    const at = drag.view.at(e.clientX, e.clientY);
    const passage = at && drag.moved ? this.take(at.x, at.y) : null;
    this.stop();
    if (passage) this.events.onMark(drag.view.number, passage);
    else if (at && !drag.moved) this.events.onTap(drag.view, at.x, at.y);
  };

  private take(x: number, y: number): Passage | null {
    const drag = this.drag!;
    const text = drag.view.text;
    if (text && drag.word >= 0) {
      const word = text.nearest(x, y);
      return word < 0 ? null : text.passage(drag.word, word);
    }
    if (text && text.words.length > 0) return null;
    // A page without text (a scan): the rectangle itself is the mark.
    const quad = rounded([Math.min(drag.x, x), Math.min(drag.y, y), Math.max(drag.x, x), Math.max(drag.y, y)]);
    return { quads: [quad], quote: "", prefix: "", suffix: "", start: 0, end: 0 };
  }

  private readonly cancel = () => this.stop();

  private stop(): void {
    if (!this.drag) return;
    this.events.onPreview(this.drag.view.number, null);
    this.drag = null;
  }

  /** A second finger means zoom, not paint. A stylus must not scroll (Safari tells it by touchType). */
  private readonly touch = (e: TouchEvent) => {
    if (e.touches.length > 1) return this.stop();
    const first = e.touches[0] as (Touch & { touchType?: string }) | undefined;
    if (first?.touchType === "stylus" && e.cancelable) e.preventDefault();
  };

  /** Left and right walk by word, up and down by line, with Shift the passage grows, Enter marks it, Escape forgets it. */
  private readonly key = (e: KeyboardEvent) => {
    const view = this.pages.view(this.pages.page);
    const text = view?.text;
    if (!view || !text || text.words.length === 0 || e.ctrlKey || e.metaKey || e.altKey) return;
    if (this.cursor && this.cursor.page !== view.number) this.cursor = null;
    const head = this.cursor?.head ?? -1;
    let to: number;
    switch (e.key) {
      case "ArrowRight":
        to = head + 1;
        break;
      case "ArrowLeft":
        to = head - 1;
        break;
      case "ArrowDown":
      case "ArrowUp":
        to = this.line(text.words, head, e.key === "ArrowDown" ? 1 : -1);
        break;
      case "Enter":
      case " ":
        if (!this.cursor) return;
        e.preventDefault();
        e.stopImmediatePropagation();
        this.events.onMark(view.number, text.passage(this.cursor.anchor, this.cursor.head));
        return this.forget();
      case "Escape":
        if (!this.cursor) return;
        e.stopImmediatePropagation();
        return this.forget();
      default:
        return;
    }
    e.preventDefault();
    e.stopImmediatePropagation();
    to = Math.max(0, Math.min(text.words.length - 1, to));
    const anchor = e.shiftKey && this.cursor ? this.cursor.anchor : to;
    this.cursor = { page: view.number, anchor, head: to };
    const word = text.words[to]!;
    this.events.onPreview(view.number, e.shiftKey ? text.passage(anchor, to).quads : null);
    this.events.onCursor(view.number, word.box, word.text);
  };

  private line(words: readonly { line: number; box: Quad }[], head: number, step: 1 | -1): number {
    const from = words[head];
    if (!from) return 0;
    let best = head;
    for (let i = head; i >= 0 && i < words.length; i += step) {
      const word = words[i]!;
      if (word.line === from.line) continue;
      if (best !== head && word.line !== words[best]!.line) break;
      if (best === head || Math.abs(word.box[0] - from.box[0]) < Math.abs(words[best]!.box[0] - from.box[0])) best = i;
    }
    return best;
  }

  private forget(): void {
    if (!this.cursor) return;
    this.events.onPreview(this.cursor.page, null);
    this.events.onCursor(this.cursor.page, null, "");
    this.cursor = null;
  }

  /** destroy puts the Textmarker away. */
  destroy(): void {
    this.stop();
    this.forget();
    delete this.el.dataset.tool;
    this.el.removeEventListener("pointerdown", this.down);
    this.el.removeEventListener("pointermove", this.move);
    this.el.removeEventListener("pointerup", this.up);
    this.el.removeEventListener("pointercancel", this.cancel);
    this.el.removeEventListener("touchstart", this.touch);
    this.el.removeEventListener("keydown", this.key, true);
  }
}
