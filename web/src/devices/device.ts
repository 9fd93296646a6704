// Devices as the server lists them, and what may be said of one. Only the device itself can say that it has deleted: until then the
// list says what was ordered, what has arrived, and until when papers on it can still be read.
import type { IconName } from "../ui/index.ts";
import { formatDate, formatTime } from "../i18n/index.ts";
import { t } from "./texts.ts";

export interface Device {
  id: string;
  url: string;
  revision: number;
  person: { id: string; name: string } | null;
  name: string;
  kind: string;
  named: boolean;
  this: boolean;
  signedIn: boolean;
  homeScreen: boolean;
  lastSeen: string;
  appVersion: string;
  offlinePapers: number | null;
  leaseUntil: string | null;
  readable: boolean;
  wipe: "none" | "pending" | "delivered" | "confirmed";
  wipeOrderedAt: string | null;
  wipeDeliveredAt: string | null;
  wipeConfirmedAt: string | null;
}

const moment = (at: string | null): { date: string; time: string } => (at ? { date: formatDate(at), time: formatTime(at) } : { date: "–", time: "–" });

/** The word for where a device stands. */
export type Standing = "this" | "in" | "out" | "pending" | "delivered" | "confirmed";

export const standing = (d: Device): Standing => {
  if (d.wipe !== "none") return d.wipe;
  if (d.this) return "this";
  return d.signedIn ? "in" : "out";
};

export const badges: Record<Standing, { kind?: "new" | "closed" | "accent" | "warn"; icon?: IconName }> = {
  this: { kind: "accent" },
  in: { kind: "new" },
  out: {},
  pending: { kind: "warn", icon: "warn" },
  delivered: { kind: "warn", icon: "warn" },
  confirmed: { icon: "check" },
};

/** What to tell about the device, a sentence a line. Pure. */
export function tell(d: Device, now: Date): string[] {
  const out: string[] = [];
  if (d.wipe === "confirmed") return [t("devices.wipe.confirmed", moment(d.wipeConfirmedAt))];
  if (d.wipe === "pending") out.push(t("devices.wipe.pending", moment(d.wipeOrderedAt)));
  if (d.wipe === "delivered") out.push(t("devices.wipe.delivered", moment(d.wipeDeliveredAt)));
  const ordered = d.wipe !== "none";
  if (d.offlinePapers) out.push(t.n("devices.offline", d.offlinePapers));
  else if (d.offlinePapers === 0 && !ordered) out.push(t("devices.offline.none"));
  if (d.leaseUntil && new Date(d.leaseUntil) > now) out.push(t(ordered ? "devices.lease.still" : "devices.lease.until", moment(d.leaseUntil)));
  else if (d.leaseUntil) out.push(t("devices.lease.over", moment(d.leaseUntil)));
  else if (ordered) out.push(t("devices.lease.never"));
  return out;
}

/** The small print: what the browser is, when it was last here, which version of the app. */
export function small(d: Device): string {
  const parts = [t("devices.seen", moment(d.lastSeen))];
  if (d.named) parts.unshift(d.kind);
  if (d.homeScreen) parts.push(t("devices.homeScreen"));
  if (d.appVersion) parts.push(t("devices.version", { version: d.appVersion }));
  return parts.join(" · ");
}

/** What this page must be able to do with a device; each answers the device as it is afterwards. */
export interface Acts {
  signOut(d: Device): Promise<Device>;
  wipe(d: Device): Promise<Device>;
  keep(d: Device): Promise<Device>;
  /** Only for one's own. */
  rename?(d: Device, name: string): Promise<Device>;
}
