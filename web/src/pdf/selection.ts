import type { Passage } from "../core/pagetext.ts";
import type { Pages } from "./pages.ts";

/** A passage chosen with the browser's own selection. */
export interface Selected {
  page: number;
  passage: Passage;
}

/** selected reads the browser's selection as whole words of one page (the page where it begins); null when nothing of a page is selected. */
export function selected(pages: Pages): Selected | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  for (const view of pages.shown()) {
    if (!view.text || !range.intersectsNode(view.el)) continue;
    const inside = view.runs.flatMap((el, i) => (el.isConnected && range.intersectsNode(el) ? [i] : []));
    const first = inside[0];
    const last = inside.at(-1);
    if (first === undefined || last === undefined) continue;
    const from = view.runs[first]!.contains(range.startContainer) ? range.startOffset : 0;
    const to = view.runs[last]!.contains(range.endContainer) ? range.endOffset : Infinity;
    const passage = view.text.passageOfRuns(first, from, last, to);
    if (passage) return { page: view.number, passage };
  }
  return null;
}
