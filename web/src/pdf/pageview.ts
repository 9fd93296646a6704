import { type PageBox, sizeOf, toPage } from "../core/geometry.ts";
import type { PageText } from "../core/pagetext.ts";
import type { PdfDocument, PdfPage } from "./engine.ts";
import type { Slot } from "./layout.ts";

const pageBudget = 5.2e6; // pixels of one page canvas: what iPads draw without trouble

export interface ViewTexts {
  page: string;
  broken: string;
}

/** PageView is one page on the screen: canvas, detail canvas, marks, text. It exists only while the page is near the window. */
export class PageView {
  readonly el = document.createElement("div");
  /** Highlights: blended with the picture below. */
  readonly marks = document.createElement("div");
  /** Buttons of notes: above everything. */
  readonly pins = document.createElement("div");
  private readonly canvas = document.createElement("canvas");
  private readonly textHost = document.createElement("div");
  private detail: HTMLCanvasElement | null = null;
  private job = new AbortController();
  private drawnScale = 0; // canvas pixels per point of what the canvas shows
  private textState: "none" | "busy" | "there" = "none";
  private failed = false;
  box: PageBox | null = null;
  /** The words of the page, once `showText` is done. */
  text: PageText | null = null;
  /** The elements of the text layer, one per run. */
  runs: HTMLElement[] = [];

  constructor(
    readonly number: number,
    private readonly doc: PdfDocument,
    private readonly texts: ViewTexts,
  ) {
    this.el.className = "page";
    this.el.dataset.page = String(number);
    this.el.setAttribute("role", "region");
    this.el.setAttribute("aria-label", texts.page);
    this.canvas.className = "page-canvas";
    this.canvas.setAttribute("aria-hidden", "true");
    this.marks.className = "page-marks";
    this.textHost.className = "page-text";
    this.pins.className = "page-pins";
    this.el.append(this.canvas, this.marks, this.textHost, this.pins);
  }

  /** place puts the page at its slot; the picture is stretched until it is drawn anew. */
  place(slot: Slot, left: number): void {
    const style = this.el.style;
    style.left = `${left}px`;
    style.top = `${slot.top}px`;
    style.width = `${slot.width}px`;
    style.height = `${slot.height}px`;
    style.setProperty("--total-scale-factor", String(slot.scale));
  }

  /** The pixels that this page's canvases hold. */
  get pixels(): number {
    return this.canvas.width * this.canvas.height + (this.detail ? this.detail.width * this.detail.height : 0);
  }

  /** wants tells whether the picture is missing or made for another scale. */
  wants(scale: number, ratio: number): boolean {
    return !this.failed && Math.abs(this.target(scale, ratio) - this.drawnScale) > 0.01 * this.drawnScale;
  }

  private target(scale: number, ratio: number): number {
    const full = scale * ratio;
    if (!this.box) return full;
    const { width, height } = sizeOf(this.box);
    return Math.min(full, Math.sqrt(pageBudget / (width * height)));
  }

  /** draw makes the picture of the page; scale = CSS pixels per point. Resolves true when it is there. */
  async draw(scale: number, ratio: number): Promise<boolean> {
    this.job.abort();
    const job = (this.job = new AbortController());
    try {
      const page = await this.load();
      if (job.signal.aborted) return false;
      const { width, height } = sizeOf(page.box);
      const target = this.target(scale, ratio);
      // A fresh canvas, swapped in when done: the old picture stays until then, so zooming never shows white.
      const fresh = this.drawnScale === 0 ? this.canvas : document.createElement("canvas");
      fresh.width = Math.floor(width * target);
      fresh.height = Math.floor(height * target);
      try {
        await page.draw(fresh, target, job.signal);
        if (fresh !== this.canvas) {
          this.canvas.width = fresh.width;
          this.canvas.height = fresh.height;
          this.canvas.getContext("2d", { alpha: false })?.drawImage(fresh, 0, 0);
        }
        this.drawnScale = target;
      } finally {
        if (fresh !== this.canvas) fresh.width = fresh.height = 0;
      }
      this.el.dataset.drawn = "true";
      return true;
    } catch (err) {
      if (job.signal.aborted) return false;
      this.failed = true;
      this.el.dataset.failed = "true";
      const note = document.createElement("p");
      note.className = "page-failed";
      note.textContent = this.texts.broken;
      this.el.append(note);
      throw err;
    }
  }

  /** drawDetail draws the part of the page that shows, sharply, where the whole page would need too large a canvas. Lengths in CSS pixels. */
  async drawDetail(scale: number, ratio: number, part: { left: number; top: number; width: number; height: number }): Promise<void> {
    this.dropDetail();
    if (!this.box || this.target(scale, ratio) >= scale * ratio * 0.99) return;
    const canvas = document.createElement("canvas");
    canvas.className = "page-detail";
    const fit = Math.min(ratio, Math.sqrt(pageBudget / (part.width * part.height)));
    canvas.width = Math.floor(part.width * fit);
    canvas.height = Math.floor(part.height * fit);
    Object.assign(canvas.style, { left: `${part.left}px`, top: `${part.top}px`, width: `${part.width}px`, height: `${part.height}px` });
    this.detail = canvas;
    try {
      const page = await this.load();
      await page.draw(canvas, scale * fit, this.job.signal, { left: -part.left * fit, top: -part.top * fit });
      if (this.detail === canvas) this.canvas.after(canvas);
    } catch {
      if (this.detail === canvas) this.dropDetail(); // the page itself is still there, only less sharp
    }
  }

  dropDetail(): void {
    if (!this.detail) return;
    this.detail.remove();
    this.detail.width = this.detail.height = 0;
    this.detail = null;
  }

  /** showText lays the selectable text over the page and fills `text`. */
  async showText(): Promise<void> {
    if (this.textState !== "none") return;
    this.textState = "busy";
    try {
      const page = await this.load();
      this.text = await page.text();
      this.runs = await page.textLayer(this.textHost);
      this.textState = "there";
    } catch {
      this.textState = "none"; // without text one can still read
    }
  }

  private async load(): Promise<PdfPage> {
    const page = await this.doc.page(this.number);
    this.box = page.box;
    return page;
  }

  /** at gives the point in user space under a point of the screen; null before the page is known. */
  at(clientX: number, clientY: number): { x: number; y: number } | null {
    if (!this.box) return null;
    const rect = this.el.getBoundingClientRect();
    return toPage(this.box, clientX - rect.left, clientY - rect.top, rect.width / sizeOf(this.box).width);
  }

  /** drop frees everything. Safari keeps a canvas's memory unless its size is set to 0 first. */
  drop(): void {
    this.job.abort();
    this.dropDetail();
    this.canvas.width = this.canvas.height = 0;
    this.el.remove();
    void this.doc.page(this.number).then((page) => page.release(), () => undefined);
  }
}
