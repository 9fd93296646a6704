// The column of pages: only those near the window exist. Framework-free; it knows pages, not papers or marks.
import { PageView } from "./pageview.ts";
import type { PdfDocument } from "./engine.ts";
import { clampZoom, Layout, type Size } from "./layout.ts";

export interface PagesEvents {
  /** The page at the reading line changed (from 1). */
  onPage?(page: number): void;
  onZoom?(zoom: number): void;
  /** A page appeared or its words became known: draw its marks. */
  onView?(view: PageView): void;
  onFailed?(page: number, error: unknown): void;
}

export interface PagesTexts {
  page(n: number): string;
  broken: string;
}

const keep = 5; // page canvases at most
const settle = 180; // milliseconds of rest before pages are drawn anew

/** Pages shows a document in a scrolling element. */
export class Pages {
  private readonly column = document.createElement("div");
  private readonly views = new Map<number, PageView>();
  private layout: Layout;
  private zoomNow = 1;
  private current = 0;
  private drawing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;
  private readonly observer: ResizeObserver;
  private arrangedFor = 0; // width of the window at the last layout
  private ended = false;

  constructor(
    readonly scroller: HTMLElement,
    private readonly doc: PdfDocument,
    private readonly sizes: Size[],
    private readonly texts: PagesTexts,
    private readonly events: PagesEvents,
  ) {
    this.column.className = "pages";
    scroller.replaceChildren(this.column);
    this.layout = new Layout(sizes, scroller.clientWidth, 1);
    scroller.addEventListener("scroll", this.onScroll, { passive: true });
    this.observer = new ResizeObserver(() => {
      if (this.arrangedFor === scroller.clientWidth) return this.update();
      const place = this.place();
      this.arrange();
      this.restore(place);
    });
    this.observer.observe(scroller);
    this.arrange();
  }

  get count(): number {
    return this.sizes.length;
  }
  get page(): number {
    return this.current + 1;
  }
  get zoom(): number {
    return this.zoomNow;
  }
  /** Pixels held by all canvases, for the budget of 128 MB (4 bytes each). */
  get pixels(): number {
    return [...this.views.values()].reduce((sum, view) => sum + view.pixels, 0);
  }

  private arrange(): void {
    this.arrangedFor = this.scroller.clientWidth;
    this.layout = new Layout(this.sizes, this.scroller.clientWidth, this.zoomNow);
    this.column.style.height = `${this.layout.height}px`;
    this.column.style.width = `${this.layout.width}px`;
    for (const view of this.views.values()) {
      view.dropDetail();
      view.place(this.layout.slots[view.number - 1]!, this.layout.left);
    }
    this.update();
  }

  private readonly onScroll = () => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.update());
  };

  /** The pages that show, nearest to the reading line first, then the next and the one before. */
  private wanted(): number[] {
    const top = this.scroller.scrollTop;
    const bottom = top + this.scroller.clientHeight;
    const [first, last] = this.layout.between(top, bottom);
    const out = [this.current];
    for (let i = first; i <= last; i++) if (i !== this.current) out.push(i);
    out.push(last + 1, first - 1);
    return out.filter((i) => i >= 0 && i < this.sizes.length).slice(0, keep);
  }

  private update(): void {
    if (this.ended || this.scroller.clientHeight === 0 || this.sizes.length === 0) return;
    const line = this.scroller.scrollTop + this.scroller.clientHeight * 0.4;
    const atEnd = this.scroller.scrollTop + this.scroller.clientHeight >= this.layout.height - 2;
    const current = atEnd && this.zoomNow >= 1 ? this.sizes.length - 1 : this.layout.at(line);
    const changed = current !== this.current;
    this.current = current;
    if (changed) this.events.onPage?.(current + 1);

    const wanted = this.wanted();
    for (const [i, view] of this.views) {
      if (wanted.includes(i)) continue;
      view.drop();
      this.views.delete(i);
    }
    for (const i of wanted) {
      if (this.views.has(i)) continue;
      const view = new PageView(i + 1, this.doc, { page: this.texts.page(i + 1), broken: this.texts.broken });
      view.place(this.layout.slots[i]!, this.layout.left);
      this.views.set(i, view);
      const after = [...this.views.keys()].filter((n) => n < i).sort((a, b) => b - a)[0];
      if (after === undefined) this.column.prepend(view.el);
      else this.views.get(after)!.el.after(view.el);
    }
    this.soon(0);
  }

  private soon(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.work(), wait);
  }

  /** work draws what is missing, one page at a time, the one being read first. */
  private async work(): Promise<void> {
    if (this.drawing || this.ended) return;
    this.drawing = true;
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    try {
      for (;;) {
        const i = this.wanted().find((n) => this.views.get(n)?.wants(this.layout.slots[n]!.scale, ratio));
        const view = i === undefined ? undefined : this.views.get(i);
        if (i === undefined || !view) break;
        try {
          if (await view.draw(this.layout.slots[i]!.scale, ratio)) await this.dress(view, i);
        } catch (err) {
          this.events.onFailed?.(i + 1, err);
        }
        if (this.ended) return;
      }
      await this.sharpen(ratio);
    } finally {
      this.drawing = false;
    }
  }

  /** dress corrects a guessed page size and lays text and marks over the picture. */
  private async dress(view: PageView, i: number): Promise<void> {
    const box = view.box;
    if (box) {
      const turned = box.rotate % 180 !== 0;
      const width = turned ? box.view[3] - box.view[1] : box.view[2] - box.view[0];
      const height = turned ? box.view[2] - box.view[0] : box.view[3] - box.view[1];
      const known = this.sizes[i]!;
      if (Math.abs(known.width / known.height - width / height) > 0.002) {
        const place = this.place();
        this.sizes[i] = { width, height };
        this.arrange();
        this.restore(place);
      }
    }
    this.events.onView?.(view);
    await view.showText();
    if (this.views.get(i) === view) this.events.onView?.(view);
  }

  private async sharpen(ratio: number): Promise<void> {
    const i = this.current;
    const view = this.views.get(i);
    const slot = this.layout.slots[i];
    if (!view || !slot || slot.width * slot.height * ratio * ratio <= 5.2e6) return;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.scroller;
    const left = Math.max(0, scrollLeft - this.layout.left);
    const top = Math.max(0, scrollTop - slot.top);
    const right = Math.min(slot.width, scrollLeft + clientWidth - this.layout.left);
    const bottom = Math.min(slot.height, scrollTop + clientHeight - slot.top);
    if (right > left && bottom > top) await view.drawDetail(slot.scale, ratio, { left, top, width: right - left, height: bottom - top });
  }

  /** view gives a page that exists on the screen at the moment. */
  view(page: number): PageView | undefined {
    return this.views.get(page - 1);
  }
  shown(): PageView[] {
    return [...this.views.values()];
  }
  /** viewAt gives the page under a point of the screen. */
  viewAt(clientX: number, clientY: number): PageView | undefined {
    return this.shown().find((view) => {
      const r = view.el.getBoundingClientRect();
      return clientX >= r.left && clientX <= r.right && clientY >= r.top && clientY <= r.bottom;
    });
  }

  /** goTo brings a page to the window; y = distance from the top of the upright page in points, to stand in the upper third. */
  goTo(page: number, y?: number): void {
    const slot = this.layout.slots[Math.max(1, Math.min(this.count, page)) - 1];
    if (!slot) return;
    const into = y === undefined ? -8 : y * slot.scale - this.scroller.clientHeight * 0.25;
    this.scroller.scrollTop = Math.max(0, slot.top + into);
    this.update();
  }

  /** The place at the reading line, independent of zoom: page index and share of its height. */
  private place(offsetY = this.scroller.clientHeight * 0.4, offsetX = this.scroller.clientWidth / 2) {
    const y = this.scroller.scrollTop + offsetY;
    const page = this.layout.at(y);
    const slot = this.layout.slots[page];
    const x = (this.scroller.scrollLeft + offsetX - this.layout.left) / this.layout.pageWidth;
    return { page, share: slot ? (y - slot.top) / slot.height : 0, x, offsetX, offsetY };
  }

  private restore(place: ReturnType<Pages["place"]>): void {
    const slot = this.layout.slots[place.page];
    if (!slot) return;
    this.scroller.scrollTop = slot.top + place.share * slot.height - place.offsetY;
    this.scroller.scrollLeft = this.layout.left + place.x * this.layout.pageWidth - place.offsetX;
    this.update();
  }

  /** setZoom zooms around a point of the window (CSS pixels from its top left corner), by default its middle. */
  setZoom(zoom: number, x?: number, y?: number): void {
    const next = clampZoom(zoom);
    if (next === this.zoomNow) return;
    const place = this.place(y, x);
    this.zoomNow = next;
    this.arrange();
    this.restore(place);
    this.soon(settle);
    this.events.onZoom?.(next);
  }

  /** preview shows a zoom in the making (two fingers on the glass) by stretching; setZoom ends it. */
  preview(factor: number, x: number, y: number, dx: number, dy: number): void {
    const originX = this.scroller.scrollLeft + x;
    const originY = this.scroller.scrollTop + y;
    this.column.style.transformOrigin = `${originX}px ${originY}px`;
    this.column.style.transform = factor === 1 && dx === 0 && dy === 0 ? "" : `translate(${dx}px, ${dy}px) scale(${factor})`;
  }

  /** destroy frees all canvases; the document stays open. */
  destroy(): void {
    this.ended = true;
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.scroller.removeEventListener("scroll", this.onScroll);
    for (const view of this.views.values()) view.drop();
    this.views.clear();
    this.column.remove();
  }
}
