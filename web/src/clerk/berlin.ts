// Dates and times as people in Germany read and type them. The server speaks UTC; a meeting takes place by the clock on the
// wall of the town hall, Europe/Berlin, with its two changes a year.

import { dayOf } from "../i18n/index.ts";

const ZONE = "Europe/Berlin";

const wallParts = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** The wall clock in Berlin at a moment, as milliseconds of a UTC clock showing the same digits. */
function wall(ms: number): number {
  const p: Record<string, number> = {};
  for (const part of wallParts.formatToParts(ms)) p[part.type] = Number(part.value);
  return Date.UTC(p.year as number, (p.month as number) - 1, p.day, p.hour, p.minute, p.second);
}

/**
 * The moment (RFC 3339, UTC) at which clocks in Berlin show `date` ("2026-03-29") and `time` ("18:00"); null when either is not
 * a real date or time. In the hour that spring skips the clock is read as if it had not been put forward yet (02:30 becomes
 * 03:30); in the hour that autumn repeats the first one is meant.
 */
export function toUTC(date: string, time: string): string | null {
  const d = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const t = /^(\d{2}):(\d{2})$/.exec(time);
  if (!d || !t || Number(t[1]) > 23 || Number(t[2]) > 59) return null;
  const digits = Date.UTC(Number(d[1]), Number(d[2]) - 1, Number(d[3]), Number(t[1]), Number(t[2]));
  if (new Date(digits).toISOString().slice(0, 10) !== date) return null;
  const before = digits - offset(digits - 6 * 3600e3);
  const after = digits - offset(digits + 6 * 3600e3);
  // The earlier reading wins where both show the same digits (autumn); in spring neither does and `before` is the later clock.
  const ms = wall(before) === digits ? before : wall(after) === digits ? after : before;
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

const offset = (ms: number): number => wall(ms) - ms;

/** The date and time that clocks in Berlin show, for <input type=date> and <input type=time>. */
export function toWall(rfc3339: string): { date: string; time: string } {
  const iso = new Date(wall(Date.parse(rfc3339))).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/** True when the meeting belongs under "past": its day in Berlin is over. */
export function isPast(rfc3339: string, now: number): boolean {
  return dayOf(rfc3339) < dayOf(new Date(now));
}
