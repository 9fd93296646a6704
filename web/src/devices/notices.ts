// What a person is told of at the next visit: sign-ins on new devices and changes to passkeys, address and accounts. What was seen is kept
// on each device by itself: whoever signs in elsewhere and calls everything known there takes no notice away from here.
import de from "../../locales/de/notices.json";
import en from "../../locales/en/notices.json";
import { formatDate, formatTime, translator } from "../i18n/index.ts";

export const t = translator(de, en);

/** A line of the person's own log (LogLine), as far as needed. */
export interface AccessLine {
  id: string;
  at: string;
  act: string;
}

interface KnownDevice {
  created: string;
  name: string;
  this: boolean;
}

/** How far back a device looks that has not said yet what it has seen. */
const first = 14 * 86_400_000;
const sameMoment = 5_000; // a device and its line are written in one act

/** noticesOf gives what happened after `since`, the latest first; this very device's own first sign-in is no news. Pure. */
export function noticesOf(lines: readonly AccessLine[], devices: readonly KnownDevice[], since: number): { id: string; at: string; text: string }[] {
  const out: { id: string; at: string; text: string }[] = [];
  for (const line of lines) {
    const at = Date.parse(line.at);
    if (!(at > since)) continue;
    const made = line.act === "device.add" ? devices.find((d) => Math.abs(Date.parse(d.created) - at) < sameMoment) : undefined;
    if (made?.this) continue;
    const what = made ? t("notices.device.named", { name: made.name }) : sentence(line.act);
    if (what) out.push({ id: line.id, at: line.at, text: t("notices.line", { date: formatDate(line.at), time: formatTime(line.at), what }) });
  }
  return out;
}

const sentence = (act: string): string => {
  const key = `notices.${act}`;
  return key in de ? t(key as Parameters<typeof t>[0]) : "";
};

const keyOf = (person: string) => `ris-access-seen-${person}`;

/** seen says until when this person's notices were called known on this device, milliseconds; two weeks ago when they never were. */
export function seen(person: string, now: number, storage: Pick<Storage, "getItem"> | null): number {
  const kept = Number(storage?.getItem(keyOf(person)) ?? Number.NaN);
  return kept > 0 && kept <= now + 60_000 ? kept : now - first;
}

/** markSeen calls everything up to this moment known on this device. */
export function markSeen(person: string, at: number, storage: Pick<Storage, "setItem"> | null): void {
  try {
    storage?.setItem(keyOf(person), String(at));
  } catch {
    // no storage: it is shown again, which does no harm
  }
}
