// The snippet of a search hit is HTML-escaped text with <mark>; it is taken apart here instead of being trusted as HTML.

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#34": '"', "#39": "'", "#x27": "'" };

/** The pieces of a snippet in order; anything but <mark> and </mark> stays text. */
export function snippetParts(snippet: string): { text: string; marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let marked = false;
  for (const piece of snippet.split(/(<\/?mark>)/)) {
    if (piece === "<mark>") marked = true;
    else if (piece === "</mark>") marked = false;
    else if (piece !== "") parts.push({ text: piece.replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all), marked });
  }
  return parts;
}
