/** A part of a snippet. */
export interface Piece {
  text: string;
  marked: boolean;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'", apos: "'" };

/**
 * pieces takes a snippet of the search apart: escaped text in which only <mark> and </mark> are markup. Nothing of it is ever
 * set as HTML, so a fault of the server could not become a script here.
 */
export function pieces(snippet: string): Piece[] {
  const out: Piece[] = [];
  let marked = false;
  for (const part of snippet.split(/(<\/?mark>)/)) {
    if (part === "<mark>") marked = true;
    else if (part === "</mark>") marked = false;
    else if (part !== "") out.push({ marked, text: part.replace(/&(\w+|#\d+);/g, (whole, name: string) => entities[name] ?? whole) });
  }
  return out;
}

/** Snippet shows the words around a hit, the hit itself marked. */
export function Snippet({ html }: { html: string }) {
  return <span class="snippet">{pieces(html).map((piece, i) => (piece.marked ? <mark key={i}>{piece.text}</mark> : piece.text))}</span>;
}
