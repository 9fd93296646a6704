// Offsets of marks count compact text: NFKC, without whitespace, control and format characters (soft hyphens, joiners); the signs by
// which engines note a hyphen at a line end count as the hyphen. This string is the same from every PDF engine, so server and devices share the offsets.

/** compact gives the compact form of a text. */
export function compact(text: string): string {
  return text
    .replaceAll("\u0002", "-") // pdfium's signs for a hyphen at a line end
    .replaceAll("\uFFFE", "-")
    .normalize("NFKC")
    .replace(/[\s\p{Cc}\p{Cf}]/gu, "");
}

/** length counts the characters (code points) of the compact form: the unit of `start` and `end`. */
export function compactLength(text: string): number {
  let n = 0;
  for (const _ of compact(text)) n++;
  return n;
}
