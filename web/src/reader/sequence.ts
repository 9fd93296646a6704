// The papers of a meeting in the order of its agenda: what "next paper" means, and the list beside the pages.
import type { AgendaItem, ItemPaper, MeetingDetail } from "../api/model.ts";

export interface Step {
  item: AgendaItem;
  paper: ItemPaper;
}

/** steps lists the papers in agenda order; a paper that stands under two items appears twice. */
export function steps(meeting: MeetingDetail): Step[] {
  return [...meeting.agendaItems].sort((a, b) => a.order - b.order).flatMap((item) => item.papers.map((paper) => ({ item, paper })));
}

/** around gives the papers before and after one; the same paper under a neighbouring item is passed over. */
export function around(all: readonly Step[], paper: string): { before?: Step; after?: Step } {
  const at = all.findIndex((s) => s.paper.id === paper);
  if (at < 0) return {};
  return { before: all.slice(0, at).findLast((s) => s.paper.id !== paper), after: all.slice(at + 1).find((s) => s.paper.id !== paper) };
}
