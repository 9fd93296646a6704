// Texts of the browser apps. They stand in web/locales/<lang>/<area>.json, which Go reads too; each app makes one translator
// from the areas it shows, so that no app carries the texts of the other. German is the language of record: its keys are the type,
// and a missing English key does not compile.

/** The languages that have a catalogue. */
export type Lang = "de" | "en";
type Catalogue = Record<string, string>;
type Args = Record<string, string | number>;
/** Keys that have a form for one and for many: "x.one" and "x.other" are asked for as "x". */
type Counted<K> = K extends `${infer Base}.other` ? Base : never;

/** The language in use: the first of the browser's languages that we have, else German. Fixed for the life of the page. */
export const lang: Lang = pick(typeof navigator === "undefined" ? [] : navigator.languages);

/** pick gives the first known language of a list of BCP 47 tags, German when there is none. */
export function pick(tags: readonly string[]): Lang {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split("-")[0];
    if (primary === "de" || primary === "en") return primary;
  }
  return "de";
}

/** fill puts the values into the placeholders {name}; a value that holds braces is not filled again. */
export function fill(text: string, args?: Args): string {
  if (!args) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
}

/** A translator: t(key, values) and t.n(key, count, values), where {n} is the count. */
export interface Translator<K extends string> {
  (key: K, args?: Args): string;
  n(key: Counted<K>, n: number, args?: Args): string;
}

/** translator joins German texts with their English ones. */
export function translator<const D extends Catalogue>(de: D, en: Record<keyof D, string>, use: Lang = lang): Translator<keyof D & string> {
  const texts: Catalogue = use === "en" ? en : de;
  const rules = new Intl.PluralRules(use);
  const t = ((key: string, args?: Args) => fill(texts[key] ?? key, args)) as Translator<keyof D & string>;
  t.n = (key, n, args) => fill(texts[`${key}.${rules.select(n) === "one" ? "one" : "other"}`] ?? key, { n: number(n), ...args });
  return t;
}

const locale = lang === "en" ? "en-GB" : "de-DE";
const zone = "Europe/Berlin"; // a sitting takes place on German time, wherever the reader is
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
const dayLong = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const dayShort = format({ day: "2-digit", month: "2-digit", year: "numeric" });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const isoDay = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });

/** "Donnerstag, 19. November 2026"; at is RFC 3339. */
export const formatDay = (at: string | Date): string => dayLong.format(new Date(at));
/** "19.11.2026" */
export const formatDate = (at: string | Date): string => dayShort.format(new Date(at));
/** "18:00" */
export const formatTime = (at: string | Date): string => clock.format(new Date(at));
/** The calendar day in Germany, "2026-11-19": for comparing days. */
export const dayOf = (at: string | Date): string => isoDay.format(new Date(at));

const plain = new Intl.NumberFormat(locale);
/** "1.234" */
export const number = (n: number): string => plain.format(n);
/** A size in words for people, from bytes: "3,4 MB". */
export function formatBytes(bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1e3)), "kB"] : [Math.round(bytes / 1e5) / 10, "MB"];
  return `${plain.format(value)} ${unit}`;
}
