// One open paper: joins pages, marks, tools and found words. Framework-free but for signals, by which the screen follows it.
import { effect, signal } from "@preact/signals";
import { get } from "../api/client.ts";
import type { FoundMarks, PageSizes } from "../api/model.ts";
import type { Annotation, Quad, Style } from "../core/annotation.ts";
import { rectOf, rounded } from "../core/geometry.ts";
import type { Passage } from "../core/pagetext.ts";
import type { Mark } from "../core/sync/marks.ts";
import { PdfDocument, PdfError } from "../pdf/engine.ts";
import { Marker } from "../pdf/marker.ts";
import { drawLinks, type PageLink } from "../pdf/linklayer.ts";
import { drawLayer, markAt } from "../pdf/marklayer.ts";
import { Pages } from "../pdf/pages.ts";
import type { PageView } from "../pdf/pageview.ts";
import { pinch } from "../pdf/pinch.ts";
import { type Selected, selected } from "../pdf/selection.ts";
import { announce } from "../ui/index.ts";
import { marks } from "./own.ts";
import { t } from "./texts.ts";

export type Tool = "none" | "marker" | "note";
type State = "opening" | "there" | "later" | PdfError["reason"];

export interface Found {
  q: string;
  state: "busy" | "there" | "failed";
  places: { page: number; quad: Quad }[];
  now: number;
}

/** A bookmark of the document; page 0 leads nowhere. */
export interface OutlineEntry {
  level: number;
  title: string;
  page: number;
  top: number;
}

interface Outline {
  data: OutlineEntry[];
  links: PageLink[];
  language: string;
}

/** What is read: a file of a paper in one version. */
export interface Subject {
  paper: string;
  file: string;
  version: string;
}

/** pdfPath is the address of the viewer's own copy of a version. */
export const pdfPath = (s: Subject): string => `/api/v1/files/${s.file}?version=${s.version}`;

/** Reading holds one open paper for one screen. Call `close` when the screen is left. */
export class Reading {
  readonly state = signal<State>("opening");
  readonly page = signal(1);
  readonly count = signal(0);
  readonly zoom = signal(1);
  readonly tool = signal<Tool>("none");
  readonly colour = signal<Style>("yellow");
  readonly found = signal<Found | null>(null);
  readonly selection = signal<Selected | null>(null);
  /** The document's bookmarks; empty until they are known, and where it has none. */
  readonly outline = signal<OutlineEntry[]>([]);
  private links: PageLink[] = [];
  /** The mark that is open for editing. */
  readonly open = signal("");
  /** Called with a new mark's content; the screen saves it. */
  onMark: (annotation: Annotation) => void = () => undefined;

  private doc: PdfDocument | null = null;
  private pages: Pages | null = null;
  private marker: Marker | null = null;
  private preview: { page: number; quads: Quad[] } | null = null;
  private cursor: { page: number; box: Quad } | null = null;
  private readonly ended = new AbortController();
  private readonly cleanups: (() => void)[] = [];

  constructor(
    private readonly host: HTMLElement,
    readonly subject: Subject,
    private readonly account: string,
    /** Open the reduced copy of a heavy scan. */
    private readonly reduced = false,
  ) {}

  /** start opens the paper at a page. Never throws: `state` says what became of it. */
  async start(page: number): Promise<void> {
    try {
      const path = pdfPath(this.subject) + (this.reduced ? "&reading=1" : "");
      const signal = this.ended.signal;
      const [doc, sizes] = await Promise.all([
        PdfDocument.open(path, this.account, signal),
        get<PageSizes>(`/api/v1/files/${this.subject.file}/pages?version=${this.subject.version}`, { signal }).catch(() => null),
      ]);
      if (signal.aborted) return void doc.close();
      this.doc = doc;
      this.count.value = doc.pageCount;
      await this.show(doc, sizes, page);
      void this.findWay(signal);
    } catch (err) {
      if (!this.ended.signal.aborted) this.state.value = err instanceof PdfError ? err.reason : "broken";
    }
  }

  /** findWay asks for bookmarks and links: a help beside the pages, without which one can still read. */
  private async findWay(signal: AbortSignal): Promise<void> {
    try {
      const way = await get<Outline>(`/api/v1/files/${this.subject.file}/outline?version=${this.subject.version}`, { signal });
      this.links = way.links;
      this.outline.value = way.data;
      if (way.language) this.host.lang = way.language;
      this.redraw();
    } catch {
      // The next opening asks again.
    }
  }

  /** goToEntry goes to a bookmark's place. */
  async goToEntry(entry: OutlineEntry): Promise<void> {
    if (entry.page === 0) return;
    await this.goToPlace(entry.page, entry.top > 0 ? [0, entry.top, 0, entry.top] : undefined);
    this.host.focus({ preventScroll: true });
  }

  private async show(doc: PdfDocument, sizes: PageSizes | null, page: number): Promise<void> {
    const known = sizes?.pages.length === doc.pageCount ? sizes.pages.map((p) => ({ width: p.w, height: p.h })) : null;
    let guess = { width: 595, height: 842 };
    if (!known) {
      const { view, rotate } = (await doc.page(1)).box; // also finds out early that nothing can be shown
      guess = { width: view[2] - view[0], height: view[3] - view[1] };
      if (rotate % 180 !== 0) guess = { width: guess.height, height: guess.width };
      if (this.ended.signal.aborted) return;
    }
    const texts = { page: (n: number) => t("reader.paper.page", { n }), broken: t("reader.paper.brokenPage") };
    this.pages = new Pages(this.host, doc, known ?? Array.from({ length: doc.pageCount }, () => ({ ...guess })), texts, {
      onPage: (n) => {
        this.page.value = n;
      },
      onZoom: (z) => {
        this.zoom.value = z;
      },
      onView: (view) => this.dress(view),
      onFailed: (_, err) => {
        // One bad page is said on that page. A lost sign-in or connection concerns the whole paper.
        if (err instanceof PdfError && err.reason !== "broken") this.state.value = err.reason;
      },
    });
    this.state.value = "there";
    this.cleanups.push(pinch(this.pages));
    this.cleanups.push(
      effect(() => {
        void [marks.value, this.found.value, this.open.value];
        this.redraw();
      }),
    );
    this.host.addEventListener("click", this.click);
    document.addEventListener("selectionchange", this.select);
    this.pages.goTo(page);
    this.page.value = this.pages.page;
  }

  /** The marks of this version of this file. */
  own(): Mark[] {
    return marks.value.filter((m) => m.annotation.file === this.subject.file && m.annotation.version === this.subject.version);
  }

  private dress(view: PageView): void {
    drawLinks(view, this.links, this.linkTexts);
    const found = this.found.value;
    const places = found?.places.filter((p) => p.page === view.number) ?? [];
    const now = found ? places.indexOf(found.places[found.now]!) : -1;
    drawLayer(
      view,
      {
        marks: this.own().filter((m) => m.annotation.page === view.number),
        found: places.map((p) => p.quad),
        foundNow: now,
        preview: this.preview?.page === view.number ? { quads: this.preview.quads, style: this.colour.value } : undefined,
        cursor: this.cursor?.page === view.number ? this.cursor.box : undefined,
        open: this.open.value,
      },
      {
        note: (m) => t("reader.mark.noteOn", { text: m.annotation.body.slice(0, 60) }),
        onNote: (m) => {
          this.open.value = m.id;
        },
      },
    );
  }

  private readonly linkTexts = {
    page: (target: number) => t("reader.link.page", { page: target }),
    web: (url: string) => t("reader.link.web", { url }),
    onPage: (target: number) => this.goToPage(target),
  };

  private redraw(): void {
    for (const view of this.pages?.shown() ?? []) this.dress(view);
  }

  /** setTool takes the Textmarker or the note into the hand; the same again puts it away. */
  setTool(tool: Tool): void {
    this.tool.value = this.tool.value === tool ? "none" : tool;
    this.marker?.destroy();
    this.marker = null;
    delete this.host.dataset.tool;
    if (!this.pages || this.tool.value === "none") return;
    if (this.tool.value === "note") {
      this.host.dataset.tool = "note";
      return announce(t("reader.mark.noteHint"));
    }
    announce(`${t("reader.mark.toolHint")} ${t("reader.mark.toolKeys")}`);
    this.marker = new Marker(this.pages, {
      onPreview: (page, quads) => {
        this.preview = quads && { page, quads };
        this.redraw();
      },
      onMark: (page, passage) => {
        this.preview = null;
        this.highlight(page, passage);
      },
      onCursor: (page, box, word) => {
        this.cursor = box && { page, box };
        if (word) announce(word);
        this.redraw();
      },
      onTap: (view, x, y) => this.openAt(view, x, y),
    });
    this.host.focus({ preventScroll: true });
  }

  private annotation(page: number, part: Partial<Annotation>): Annotation {
    return { ...this.subject, kind: "highlight", page, quads: [], quote: "", prefix: "", suffix: "", start: 0, end: 0, body: "", style: this.colour.value, ...part };
  }

  private highlight(page: number, passage: Passage): void {
    this.onMark(this.annotation(page, passage));
    announce(t("reader.mark.marked", { quote: passage.quote.slice(0, 80) }));
  }

  /** markSelection highlights what is selected with the browser's own selection. */
  markSelection(): void {
    const chosen = this.selection.value;
    if (!chosen) return;
    document.getSelection()?.removeAllRanges();
    this.selection.value = null;
    this.highlight(chosen.page, chosen.passage);
  }

  private readonly select = () => {
    if (this.pages && this.tool.value === "none") this.selection.value = selected(this.pages);
  };

  private readonly click = (e: MouseEvent) => {
    if (this.tool.value === "marker" || (e.target instanceof Element && e.target.closest("button, a"))) return;
    if (!(document.getSelection()?.isCollapsed ?? true)) return;
    const view = this.pages?.viewAt(e.clientX, e.clientY);
    const at = view?.at(e.clientX, e.clientY);
    if (!view || !at) return;
    if (this.openAt(view, at.x, at.y) || this.tool.value !== "note") return;
    // A note keeps the words beside it, so that its place is known even where the layout changes.
    const word = view.text?.nearest(at.x, at.y, 60) ?? -1;
    const { quads: _, ...words } = word >= 0 ? view.text!.passage(word, word) : { quads: [], quote: "", prefix: "", suffix: "", start: 0, end: 0 };
    this.onMark(this.annotation(view.number, { ...words, kind: "note", quads: [rounded([at.x, at.y, at.x, at.y])] }));
    this.setTool("note");
  };

  private openAt(view: PageView, x: number, y: number): boolean {
    const mark = markAt(this.own().filter((m) => m.annotation.page === view.number), x, y);
    if (mark) this.open.value = mark.id;
    return mark !== undefined;
  }

  goToPage(n: number): void {
    this.pages?.goTo(n);
  }

  /** goToPlace shows a place of a page in the upper third of the window. */
  async goToPlace(page: number, quad?: Quad): Promise<void> {
    const box = quad && (await this.doc?.page(page).catch(() => null))?.box;
    this.pages?.goTo(page, box && quad ? rectOf(box, quad, 1).top : undefined);
  }

  setZoom(zoom: number): void {
    this.pages?.setZoom(zoom);
  }

  /** find asks the server where words stand in this version and goes to the first place at or after `from`. */
  async find(q: string, from = this.page.value): Promise<void> {
    this.found.value = { q, state: "busy", places: [], now: 0 };
    try {
      const places: Found["places"] = [];
      let next = `/api/v1/files/${this.subject.file}/marks?q=${encodeURIComponent(q)}&version=${this.subject.version}`;
      while (next) {
        const answer = await get<FoundMarks>(next, { signal: this.ended.signal });
        for (const { page, quads } of answer.data) for (const quad of quads) places.push({ page, quad });
        next = answer.next;
      }
      if (this.found.value?.q !== q) return;
      places.sort((a, b) => a.page - b.page);
      const now = Math.max(0, places.findIndex((p) => p.page >= from));
      this.found.value = { q, state: "there", places, now };
      if (places.length > 0) await this.toFound(now);
    } catch {
      if (this.found.value?.q === q && !this.ended.signal.aborted) this.found.value = { q, state: "failed", places: [], now: 0 };
    }
  }

  /** toFound goes to the found place with an index, around the ends. */
  async toFound(index: number): Promise<void> {
    const found = this.found.value;
    if (!found || found.places.length === 0) return;
    const now = (index + found.places.length) % found.places.length;
    this.found.value = { ...found, now };
    const place = found.places[now]!;
    await this.goToPlace(place.page, place.quad);
  }

  /** Pixels held by canvases; the browser tests watch the budget by it. */
  get pixels(): number {
    return this.pages?.pixels ?? 0;
  }

  close(): void {
    this.ended.abort();
    this.marker?.destroy();
    for (const cleanup of this.cleanups) cleanup();
    this.host.removeEventListener("click", this.click);
    document.removeEventListener("selectionchange", this.select);
    this.pages?.destroy();
    void this.doc?.close();
  }
}
