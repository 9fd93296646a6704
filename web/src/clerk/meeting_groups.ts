// Sorts and filters the clerk's meetings. Pure.
import { isPast } from "./berlin.ts";
import type { MeetingLine } from "./wire.ts";

export type Tab = "coming" | "drafts" | "past";

export interface Filter {
  /** Id of a Body, or "" for all. */
  body: string;
  /** Id of a Gremium, or "" for all. */
  organization: string;
}

/** Coming: today or later and no draft, next first. Drafts: by date. Past: latest first. Drafts whose day is over count as drafts. */
export function meetingsOf(tab: Tab, all: readonly MeetingLine[], filter: Filter, now: number): MeetingLine[] {
  const rows = all.filter(
    (m) =>
      (filter.body === "" || m.body.id === filter.body) &&
      (filter.organization === "" || m.organizations.some((o) => o.id === filter.organization)) &&
      tabOf(m, now) === tab,
  );
  const sign = tab === "past" ? -1 : 1;
  return rows.sort((a, b) => sign * (Date.parse(a.start) - Date.parse(b.start)));
}

/** The tab under which a meeting stands. */
export function tabOf(m: MeetingLine, now: number): Tab {
  if (m.state === "draft" && !m.publishRequested) return "drafts";
  return isPast(m.start, now) ? "past" : "coming";
}

/** The one word for a meeting's state. */
export type MeetingWord = "draft" | "publishing" | "published" | "withdrawn" | "cancelled";

export function wordOf(m: Pick<MeetingLine, "state" | "publishRequested" | "cancelled">): MeetingWord {
  if (m.publishRequested) return "publishing";
  if (m.state === "withdrawn") return "withdrawn";
  if (m.cancelled) return "cancelled";
  return m.state === "published" ? "published" : "draft";
}

/** "12. Sitzung des Bau- und Umweltausschusses" is more than a machine can guess; the Gremium's name is a start to type upon. */
export function suggestedTitle(organization: { name: string } | undefined): string {
  return organization ? organization.name : "";
}
