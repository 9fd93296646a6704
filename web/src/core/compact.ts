// Offsets of marks count compact text: NFKC, without whitespace, soft hyphens, and the signs by which engines note a hyphen at a line
// end being the hyphen itself. This string is the same from every PDF engine, so server and devices share the offsets.

/** compact gives the compact form of a text. */
export function compact(text: string): string {
  return text
    .replace(/[\u0002\uFFFE]/g, "-") // pdfium's sign for a hyphen at a line end
    .normalize("NFKC")
    .replace(/[\s\u00AD\u200B\u200C\u200D\u2060\uFEFF\p{Cc}]/gu, "");
}

/** length counts the characters (code points) of the compact form: the unit of `start` and `end`. */
export function compactLength(text: string): number {
  let n = 0;
  for (const _ of compact(text)) n++;
  return n;
}
