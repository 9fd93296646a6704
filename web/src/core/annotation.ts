/** A rectangle in PDF user space: points, origin bottom left, page rotation 0; x0 <= x1, y0 <= y1. */
export type Quad = [x0: number, y0: number, x1: number, y1: number];

/** The marker colours, in the order in which they are offered. */
export const styles = ["yellow", "green", "pink", "blue"] as const;
export type Style = (typeof styles)[number];

/** A member's own mark, as it travels in POST /api/v1/annotations/sync. It stays with the file version on which it was made. */
export interface Annotation {
  paper: string;
  file: string;
  version: string;
  kind: "highlight" | "note";
  /** From 1. */
  page: number;
  /** One per line of text; for a note at a place: one empty rectangle at that point. */
  quads: Quad[];
  quote: string;
  /** Up to 32 characters before and after the quote: with the quote they name the place for a later version. */
  prefix: string;
  suffix: string;
  /** Offsets in the compact text of the page (core/compact.ts); both 0 where there is no text. */
  start: number;
  end: number;
  /** The text of the note; "" for none. */
  body: string;
  style: string;
}

/** styleOf gives a known colour; a mark from a newer program with another one is shown in yellow. */
export function styleOf(a: Pick<Annotation, "style">): Style {
  return (styles as readonly string[]).includes(a.style) ? (a.style as Style) : "yellow";
}
