// The only file that knows PDF.js. Everything else sees a document with pages that can be drawn and read.
//
// PDF.js runs as its legacy build in two workers: one that parses, one that draws (so that a finger on the glass is never waited for).
// No scripts of the PDF are run, no form is filled, nothing is loaded from another host. Range requests fetch only what a page needs.
import { AnnotationMode, getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type PDFPageProxy, TextLayer } from "pdfjs-dist/legacy/build/pdf.min.mjs";
import type { Quad } from "../core/annotation.ts";
import type { PageBox } from "../core/geometry.ts";
import { PageText, type Run } from "../core/pagetext.ts";

/** Drawing in the second worker can be switched off (?renderer=off in the address): it is young, and a fault must not cost the paper. */
const workerRendering = typeof location === "undefined" || new URLSearchParams(location.search).get("renderer") !== "off";

GlobalWorkerOptions.workerSrc = `${__PDFJS__}/pdf.worker.mjs`;
if (workerRendering) GlobalWorkerOptions.rendererSrc = `${__PDFJS__}/pdf.renderer.mjs`;

/** warm fetches the workers into the browser's store while the lists are read, so that the first paper need not wait for them. */
export function warm(): void {
  const workers = [GlobalWorkerOptions.workerSrc, ...(workerRendering ? [GlobalWorkerOptions.rendererSrc] : [])];
  for (const url of workers) void fetch(url, { priority: "low" }).then((answer) => answer.arrayBuffer()).catch(() => undefined);
}

const maxImagePixels = 40e6; // A3 at 400 dpi; a larger picture is left out instead of taking the tablet's memory
const pageTimeout = 30_000; // milliseconds until a page that does not finish is called broken

/** Why a PDF cannot be shown. "signed-out" and "gone" come from the server, "offline" from the network, "broken" from the file. */
export class PdfError extends Error {
  readonly reason: "broken" | "gone" | "signed-out" | "unconfirmed" | "offline";

  constructor(reason: PdfError["reason"], cause?: unknown) {
    super(`pdf: ${reason}`, { cause });
    this.name = "PdfError";
    this.reason = reason;
  }
}

/** A part of a page on a canvas: the page's left and top edge in canvas pixels (negative when cut off). */
export interface Window {
  left: number;
  top: number;
}

/** An open PDF. Close it: it holds two workers and the fetched bytes. */
export class PdfDocument {
  private readonly pages = new Map<number, Promise<PdfPage>>();

  private constructor(
    private readonly doc: PDFDocumentProxy,
    private readonly watermark: string,
    private readonly end: () => Promise<void>,
  ) {}

  /**
   * open starts reading a PDF. It resolves when the page count is known.
   * watermark is a text that only the personal mark of this copy holds (the account); that mark is no text of the paper.
   */
  static async open(url: string, watermark: string, signal?: AbortSignal): Promise<PdfDocument> {
    const task = getDocument({
      url,
      verbosity: 0,
      maxImageSize: maxImagePixels,
      cMapUrl: `${__PDFJS__}/cmaps/`,
      standardFontDataUrl: `${__PDFJS__}/standard_fonts/`,
      wasmUrl: `${__PDFJS__}/wasm/`,
      iccUrl: `${__PDFJS__}/iccs/`,
      enableXfa: false,
      disableAutoFetch: true, // a councillor reads some pages of a long paper; the rest need not cross the Wi-Fi
      disableStream: true,
      disableWorkerRendering: !workerRendering,
    });
    const stop = () => void task.destroy();
    signal?.addEventListener("abort", stop, { once: true });
    try {
      return new PdfDocument(await task.promise, watermark, () => task.destroy());
    } catch (err) {
      void task.destroy();
      signal?.throwIfAborted();
      throw new PdfError(reasonOf(err), err);
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  get pageCount(): number {
    return this.doc.numPages;
  }

  /** page gives page n, from 1. */
  page(n: number): Promise<PdfPage> {
    let page = this.pages.get(n);
    if (!page) {
      page = this.doc.getPage(n).then(
        (proxy) => new PdfPage(proxy, this.watermark),
        (err: unknown) => {
          this.pages.delete(n); // a lost connection must not make the page broken for good
          throw new PdfError(reasonOf(err), err);
        },
      );
      this.pages.set(n, page);
    }
    return page;
  }

  async close(): Promise<void> {
    this.pages.clear();
    await this.end();
  }
}

/** One page of an open PDF. */
export class PdfPage {
  readonly box: PageBox;
  readonly number: number;
  private content: Promise<Content> | undefined;

  constructor(
    private readonly proxy: PDFPageProxy,
    private readonly watermark: string,
  ) {
    this.number = proxy.pageNumber;
    this.box = { view: proxy.view as Quad, rotate: proxy.rotate };
  }

  /**
   * draw fills a canvas whose width and height (pixels) the caller has set; scale = canvas pixels per point. With `part` the
   * canvas shows a part of the page. Aborting the signal stops the work; the promise then rejects with AbortError.
   */
  async draw(canvas: HTMLCanvasElement, scale: number, signal: AbortSignal, part?: Window): Promise<void> {
    signal.throwIfAborted();
    const task = this.proxy.render({
      canvas,
      viewport: this.proxy.getViewport({ scale, offsetX: part?.left ?? 0, offsetY: part?.top ?? 0 }),
      annotationMode: AnnotationMode.ENABLE,
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      task.cancel();
    }, pageTimeout);
    const stop = () => task.cancel();
    signal.addEventListener("abort", stop, { once: true });
    try {
      await task.promise;
    } catch (err) {
      signal.throwIfAborted();
      throw new PdfError(late ? "broken" : reasonOf(err), err);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  /** text gives the words of the page, without the personal mark. */
  async text(): Promise<PageText> {
    const { content } = await this.read();
    const runs = content.items.map((item): Run => {
      const [a, b, c, d, x, y] = item.transform as [number, number, number, number, number, number];
      return { text: item.str, x, y, angle: Math.atan2(b, a), width: item.width, height: Math.hypot(c, d) || item.height, font: item.fontName, eol: item.hasEOL };
    });
    const fallback = new Map(Object.entries(content.styles).map(([name, style]) => [name, style.fontFamily]));
    return new PageText(runs, (text, font) => measure(text, `"${font}", ${fallback.get(font) ?? "sans-serif"}`));
  }

  /** textLayer lays transparent, selectable text over the page. Resolves with one element per run, in the order of `text()`'s runs. */
  async textLayer(container: HTMLElement): Promise<HTMLElement[]> {
    const { content } = await this.read();
    const layer = new TextLayer({ textContentSource: content as never, container, viewport: this.proxy.getViewport({ scale: 1 }) } as never);
    await layer.render();
    return layer.textDivs as HTMLElement[];
  }

  private read(): Promise<Content> {
    this.content ??= this.proxy
      .getTextContent({ includeMarkedContent: true })
      .then(({ items, styles, lang }) => ({ content: { items: withoutMark(items as Item[], this.watermark), styles: styles as Styles, lang } }));
    this.content.catch(() => {
      this.content = undefined;
    });
    return this.content;
  }

  /** release lets go of pictures and fonts of the page; it can be drawn again. */
  release(): void {
    this.proxy.cleanup();
    this.content = undefined;
  }
}

type Styles = Record<string, { fontFamily: string }>;
interface Content {
  content: { items: TextItem[]; styles: Styles; lang: string | null };
}
interface TextItem {
  str: string;
  transform: number[];
  width: number;
  height: number;
  fontName: string;
  hasEOL: boolean;
}
interface Bracket {
  type: string;
  tag?: string;
}
type Item = TextItem | Bracket;

/**
 * withoutMark leaves out the personal mark: an artifact (marked content, ISO 32000-2, 14.8.2.2) that holds the account. Otherwise it would be
 * selectable, quoted, and counted in the offsets, which the server counts without it.
 */
function withoutMark(items: Item[], account: string): TextItem[] {
  const out: TextItem[] = [];
  let artifact: TextItem[] | null = null;
  let depth = 0;
  const wanted = account.replace(/\s/g, "");
  for (const item of items) {
    if ("str" in item) (artifact ?? out).push(item);
    else if (item.type.startsWith("begin")) {
      if (artifact) depth++;
      else if (item.tag === "Artifact") [artifact, depth] = [[], 1];
    } else if (artifact && --depth === 0) {
      const text = artifact.map((i) => i.str).join("").replace(/\s/g, "");
      if (wanted === "" || !text.includes(wanted)) out.push(...artifact);
      artifact = null;
    }
  }
  return artifact ? [...out, ...artifact] : out;
}

let ruler: CanvasRenderingContext2D | null = null;

function measure(text: string, font: string): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return text.length;
  const wanted = `100px ${font}`;
  if (ruler.font !== wanted) ruler.font = wanted;
  return ruler.measureText(text).width;
}

function reasonOf(err: unknown): PdfError["reason"] {
  if (err instanceof PdfError) return err.reason;
  const { name, status, message } = (err ?? {}) as { name?: string; status?: number; message?: string };
  if (status === 401) return "signed-out";
  if (status === 403) return "unconfirmed"; // the answer to an old sign-in; asking once more tells whether it is that
  if (status === 404 || status === 410) return "gone";
  if (status === 0 || (status ?? 0) >= 500 || name === "TypeError" || /fetch|network|load failed/i.test(message ?? "")) return "offline";
  return "broken";
}
