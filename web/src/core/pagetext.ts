// The words of one page with their boxes: what the Textmarker snaps to, and where quotes and offsets come from. Built from
// the text runs that the PDF engine reports; no DOM.
import type { Quad } from "./annotation.ts";
import { compact, compactLength } from "./compact.ts";
import { rounded, union } from "./geometry.ts";

/** One run of text in one font, as the engine reports it. Lengths in points. */
export interface Run {
  text: string;
  /** Start of the baseline, user space. */
  x: number;
  y: number;
  /** Direction of the baseline in radians, counter-clockwise. */
  angle: number;
  width: number;
  height: number;
  font: string;
  /** The engine saw a line end after this run. */
  eol: boolean;
}

/** One word, or a part of one where the PDF splits it (then the next is `glued` to it). */
export interface Word {
  text: string;
  box: Quad;
  line: number;
  /** Offsets in the compact text of the page. */
  start: number;
  end: number;
  glued: boolean;
  /** Index of the run and of the first and the last character + 1 in it. */
  run: number;
  from: number;
  to: number;
}

/** A passage: what a highlight holds. */
export interface Passage {
  quads: Quad[];
  quote: string;
  prefix: string;
  suffix: string;
  start: number;
  end: number;
}

/** Width of a text in the given font at any one size: only ratios within a run count. */
export type Measure = (text: string, font: string) => number;

const ascent = 0.8; // of the height of a run, above the baseline
const descent = 0.22; // below it
const context = 32; // characters of prefix and suffix

/** PageText holds the words of one page in reading order. */
export class PageText {
  readonly words: Word[] = [];

  constructor(runs: readonly Run[], measure: Measure) {
    let line = 0;
    let offset = 0;
    let before: Run | undefined; // the last run with visible text
    let open = false; // the last visible run ended without a space
    let ended = false;
    runs.forEach((run, index) => {
      if (before && (ended || (run.text.trim() !== "" && newLine(before, run)))) {
        line++;
        open = false;
      }
      ended = false;
      if (run.text.trim() !== "") {
        const glue = open && before !== undefined && gap(before, run) < 0.15 * run.height;
        offset = this.addRun(run, index, line, offset, glue, measure);
        before = run;
        open = !/\s$/.test(run.text);
      } else if (run.text !== "") open = false;
      if (run.eol) ended = true;
    });
  }

  private addRun(run: Run, index: number, line: number, offset: number, glue: boolean, measure: Measure): number {
    const whole = measure(run.text, run.font) || run.text.length;
    const at = (n: number) => (run.width * (measure(run.text.slice(0, n), run.font) || n)) / whole;
    for (const match of run.text.matchAll(/\S+/g)) {
      const from = match.index;
      const to = from + match[0].length;
      const length = compactLength(match[0]);
      if (length === 0) continue;
      this.words.push({
        text: match[0],
        box: boxOf(run, from === 0 ? 0 : at(from), to === run.text.length ? run.width : at(to)),
        line,
        start: offset,
        end: offset + length,
        glued: glue && from === 0,
        run: index,
        from,
        to,
      });
      offset += length;
    }
    return offset;
  }

  /** The compact text of the page. */
  get compact(): string {
    return this.words.map((w) => compact(w.text)).join("");
  }

  /** nearest gives the index of the word at or close to a point in user space; -1 when none is within `reach` points. */
  nearest(x: number, y: number, reach = Infinity): number {
    let best = -1;
    let least = Infinity;
    this.words.forEach((word, i) => {
      const [x0, y0, x1, y1] = word.box;
      const dx = Math.max(x0 - x, 0, x - x1);
      const dy = Math.max(y0 - y, 0, y - y1);
      if (Math.hypot(dx, dy) > reach) return;
      const distance = dx + 4 * dy; // stay in the line: a finger strays sideways less than it jumps lines
      if (distance < least) [least, best] = [distance, i];
    });
    return best;
  }

  /** passage takes whole words from one index to another, in either order, with the parts glued to them. */
  passage(a: number, b: number): Passage {
    let from = Math.max(0, Math.min(a, b));
    let to = Math.min(this.words.length - 1, Math.max(a, b));
    while (from > 0 && this.words[from]!.glued) from--;
    while (to + 1 < this.words.length && this.words[to + 1]!.glued) to++;
    const words = this.words.slice(from, to + 1);
    const quads: Quad[] = [];
    let line = -1;
    for (const word of words) {
      if (word.line === line) quads.push(union(quads.pop()!, word.box));
      else quads.push(word.box);
      line = word.line;
    }
    return {
      quads: quads.map(rounded),
      quote: this.read(from, to),
      prefix: this.read(Math.max(0, from - context), from - 1).slice(-context),
      suffix: this.read(to + 1, to + context).slice(0, context),
      start: words[0]?.start ?? 0,
      end: words.at(-1)?.end ?? 0,
    };
  }

  /** passageOfRuns takes the words that a selection touches, from a character of one run to a character of another; null for none. */
  passageOfRuns(runA: number, charA: number, runB: number, charB: number): Passage | null {
    const first = this.words.findIndex((w) => w.run > runA || (w.run === runA && w.to > charA));
    const last = this.words.findLastIndex((w) => w.run < runB || (w.run === runB && w.from < charB));
    return first < 0 || last < first ? null : this.passage(first, last);
  }

  /** read gives the words as a person reads them: one space between, halves of a word at a line end joined. */
  private read(from: number, to: number): string {
    let out = "";
    for (let i = from; i <= to && i < this.words.length; i++) {
      const word = this.words[i]!;
      const newLineHere = i > from && this.words[i - 1]!.line !== word.line;
      if (out === "" || word.glued) out += word.text;
      else if (newLineHere && /\p{L}[-\u00AD\u2010]$/u.test(out) && /^\p{Ll}/u.test(word.text)) out = out.slice(0, -1) + word.text;
      else out += ` ${word.text}`;
    }
    return out.replaceAll("\u00AD", "").normalize("NFKC");
  }
}

function boxOf(run: Run, a: number, b: number): Quad {
  const cos = Math.cos(run.angle);
  const sin = Math.sin(run.angle);
  const corner = (along: number, up: number) => [run.x + along * cos - up * sin, run.y + along * sin + up * cos] as const;
  const corners = [corner(a, -descent * run.height), corner(b, -descent * run.height), corner(a, ascent * run.height), corner(b, ascent * run.height)];
  const xs = corners.map((c) => c[0]);
  const ys = corners.map((c) => c[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** How far the start of b lies behind the end of a, along the baseline of a. */
function gap(a: Run, b: Run): number {
  return (b.x - a.x) * Math.cos(a.angle) + (b.y - a.y) * Math.sin(a.angle) - a.width;
}

function newLine(a: Run, b: Run): boolean {
  if (Math.abs(a.angle - b.angle) > 0.05) return true;
  const drop = Math.abs(-(b.x - a.x) * Math.sin(a.angle) + (b.y - a.y) * Math.cos(a.angle));
  const distance = gap(a, b);
  // A wide gap is another column or table cell: its own line, so that a highlight does not paint the space between.
  return drop > 0.5 * Math.max(a.height, b.height) || distance < -a.width || distance > 4 * Math.max(a.height, b.height);
}
