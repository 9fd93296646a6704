// The shapes of /api/v1 that only the clerk console uses, on top of src/api/model.ts.
import type * as model from "../api/model.ts";

export type { Hit, Me, Place } from "../api/model.ts";

/** When and why something was taken back. */
export interface Withdrawal {
  at: string;
  /** What the clerk typed, or "". */
  reason: string;
}

/** A file; the answer to an upload can carry a notice for the clerk. */
export interface PaperFile extends model.PaperFile {
  notice?: { key: string; text: string } | null;
  withdrawn?: Withdrawal | null;
  /** How copies are made, as chosen for this file: "standard", "interleaved", "raster"; empty = by the type of the paper. */
  mode?: string;
}

/** GET /api/v1/organizations */
export interface Organization {
  id: string;
  /** Id of the Body. */
  body: string;
  name: string;
  shortName: string;
  type: string;
}

/** A paper as it stands on an agenda item, with the revision that a change of the paper sends back. */
export interface PaperRef extends Omit<model.ItemPaper, "files"> {
  revision: number;
  /** First publication. */
  publishedAt: string | null;
  withdrawn?: Withdrawal | null;
  files: PaperFile[];
}

export interface AgendaItem extends Omit<model.AgendaItem, "papers"> {
  papers: PaperRef[];
}

/** A meeting of the list; `problemCount` counts the files that need a hand. */
export interface MeetingLine extends model.Meeting {
  problemCount: number;
}

export interface Meeting extends Omit<model.MeetingDetail, "agendaItems">, MeetingLine {
  agendaItems: AgendaItem[];
  withdrawn?: Withdrawal | null;
}

/** One object of the preview: what the next publication does with it. */
export interface PreviewLine {
  kind: "meeting" | "agendaItem" | "paper" | "file";
  id: string;
  number: string;
  name: string;
  change: "new" | "changed" | "same" | "removed";
}

/** GET /api/v1/meetings/{id}/publish-preview */
export interface Preview {
  public: PreviewLine[];
  internal: PreviewLine[];
  /** Papers and files that stay withdrawn. */
  withdrawn: PreviewLine[];
  readers: { label: string; name: string; persons: number }[];
  blockers: { object: string; url: string; text: string }[];
  /** What should be known before; it does not stand in the way. */
  warnings: { object: string; url: string; text: string }[];
  /** How many objects differ from what is published; 0 = nothing to publish. */
  changes: number;
}

/** GET /api/v1/meetings/{id}/participation: people by their ids, named in `persons`. */
export interface Participation {
  /** Who can be named; `organizations` are those of the meeting in which the person has a seat. */
  persons: { id: string; name: string; organizations: string[] }[];
  conflicts: {
    id: string;
    agendaItem: string;
    person: string;
    reason: string;
    decider: string;
    /** What it does to the non-public papers: hidden at once, noted only, hidden from the declaration on. */
    mode: "hide" | "mark" | "declare";
    declared: string | null;
    revision: number;
  }[];
  /** What a conflict does that is recorded now. */
  conflictMode: "hide" | "mark" | "declare";
  /** Guests of single items, neither taken back nor past. */
  guests: { id: string; agendaItem: string; person: string; reason: string; start: string; end: string; revision: number }[];
  substitutions: { id: string; organization: string; absent: string; substitute: string; revision: number }[];
}
