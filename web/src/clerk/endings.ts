// What ends: shapes of /api/v1/persons/endings, and what is said of them.
import type { Device } from "../devices/device.ts";
import { read } from "./api.ts";

interface Ref {
  id: string;
  name: string;
}

export interface Part {
  kind: "seat" | "deputy" | "role" | "access";
  role: string;
  organization: Ref | null;
}

export interface Day {
  /** YYYY-MM-DD, the last day. */
  last: string;
  ends: Part[];
  loses: Ref[];
  clerk: boolean;
  grace: { organization: Ref; until: string }[];
  out: boolean;
}

export interface Leaving {
  id: string;
  name: string;
  account: string;
  days: Day[];
}

export interface Endings {
  data: Leaving[];
  more: boolean;
  back: number;
  ahead: number;
}

export const loadEndings = (body: string): Promise<Endings> => read<Endings>(`/api/v1/persons/endings?body=${body}`);

/** One person on one side of today. */
export interface Side {
  person: Leaving;
  days: Day[];
}

/** What comes (today's last day too) and what is over, each in the order of the list; a person can stand on both sides. Pure. */
export function sides(all: readonly Leaving[], today: string): { coming: Side[]; past: Side[] } {
  const of = (keep: (d: Day) => boolean): Side[] => all.map((person) => ({ person, days: person.days.filter(keep) })).filter((s) => s.days.length > 0);
  const last = (s: Side): string => s.days.at(-1)?.last ?? "";
  return {
    coming: of((d) => d.last >= today).sort((a, b) => (a.days[0]?.last ?? "").localeCompare(b.days[0]?.last ?? "")),
    past: of((d) => d.last < today).sort((a, b) => last(b).localeCompare(last(a))),
  };
}

/** The devices on which papers can still be read offline, and the latest moment at which that ends. Pure. */
export function readable(devices: readonly Device[]): { n: number; until: string } {
  const open = devices.filter((d) => d.readable && d.leaseUntil);
  return { n: open.length, until: open.reduce((late, d) => ((d.leaseUntil as string) > late ? (d.leaseUntil as string) : late), "") };
}
