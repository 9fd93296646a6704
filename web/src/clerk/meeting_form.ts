// What the clerk types of a meeting, and what the server gets of it. Pure.
import { toUTC, toWall } from "./berlin.ts";
import type { Meeting, Place } from "./wire.ts";

/** The fields as typed; date and times are of the clock in Berlin. */
export interface MeetingForm {
  body: string;
  organizations: string[];
  name: string;
  date: string;
  from: string;
  to: string;
  /** Id of a known location, "" for none, "other" for the three fields below. */
  place: string;
  description: string;
  room: string;
  streetAddress: string;
}

export type FormField = "organizations" | "name" | "date" | "from" | "to";
/** Key of the text that says what is wrong with a field. */
export type FormErrors = Partial<Record<FormField, "organization" | "name" | "date" | "from" | "to">>;

export const emptyForm = (body: string): MeetingForm => ({
  body,
  organizations: [],
  name: "",
  date: "",
  from: "18:00",
  to: "",
  place: "",
  description: "",
  room: "",
  streetAddress: "",
});

/** The form of an existing meeting. */
export function formOf(m: Meeting): MeetingForm {
  const start = toWall(m.start);
  return {
    ...emptyForm(m.body.id),
    organizations: m.organizations.map((o) => o.id),
    name: m.name,
    date: start.date,
    from: start.time,
    to: m.end ? toWall(m.end).time : "",
    place: m.location?.id ?? "",
  };
}

/** What is missing or impossible. */
export function formErrors(f: MeetingForm): FormErrors {
  const errors: FormErrors = {};
  if (f.organizations.length === 0) errors.organizations = "organization";
  if (f.name.trim() === "") errors.name = "name";
  if (toUTC(f.date, "12:00") === null) errors.date = "date";
  if (toUTC("2026-01-01", f.from) === null) errors.from = "from";
  if (f.to !== "" && toUTC("2026-01-01", f.to) === null) errors.to = "to";
  return errors;
}

/** The body of POST and PATCH. An end before the start means the night after: council meetings run long. */
export function formBody(f: MeetingForm): {
  name: string;
  organizations: string[];
  start: string;
  end: string | null;
  location: Partial<Place> | null;
} {
  const start = toUTC(f.date, f.from) as string;
  let end = f.to === "" ? null : toUTC(f.date, f.to);
  if (end !== null && end <= start) end = toUTC(nextDay(f.date), f.to);
  return { name: f.name.trim(), organizations: f.organizations, start, end, location: placeOf(f) };
}

function placeOf(f: MeetingForm): Partial<Place> | null {
  if (f.place === "") return null;
  if (f.place !== "other") return { id: f.place };
  const place = { description: f.description.trim(), room: f.room.trim(), streetAddress: f.streetAddress.trim() };
  return place.description || place.room || place.streetAddress ? place : null;
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + 24 * 3600e3).toISOString().slice(0, 10);
}
