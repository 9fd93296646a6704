// Persons, seats and roles as the console keeps them: shapes of /api/v1/persons and /api/v1/imports, and what is computed of them.
import { uuidv7 } from "../core/id.ts";
import { ask, read } from "./api.ts";
import type { Answer } from "./desk.ts";

interface Ref {
  id: string;
  name: string;
  shortName: string;
  type: string;
}

export interface Seat {
  id: string;
  organization: Ref;
  role: string;
  votingRight: boolean;
  onBehalfOf: Ref | null;
  start: string | null;
  end: string | null;
}

export type Role = "clerk" | "mayor" | "it";
export const ROLES: readonly Role[] = ["clerk", "mayor", "it"];

export interface Grant {
  id: string;
  body: string;
  /** A Role, or "group_office". */
  role: string;
  /** The Fraktion in whose office it is. */
  organization: Ref | null;
  start: string | null;
  end: string | null;
  /** "" = by hand, else kept by the directory or the sign-in. */
  kept: string;
}

export interface Person {
  id: string;
  body: string;
  name: string;
  title: string;
  givenName: string;
  familyName: string;
  gender: string;
  account: string;
  locked: string | null;
  /** Whose lock it is; "" = open. */
  lockedBy: "" | "clerk" | "import" | "directory";
  /** Made by the directory: no rights before a clerk gives a seat or a role, or confirms. */
  unconfirmed: boolean;
  /** Another address that the directory wants. */
  wanted: { account: string; since: string } | null;
  signedIn: boolean;
  home: boolean;
  seats: Seat[];
  grants: Grant[];
  revision: number;
}

/** An act that was done, with whether it can be taken back. */
export interface Act {
  id: string;
  source: string;
  by: string;
  at: string;
  added: number;
  changed: number;
  ended: number;
  undone: string | null;
  mayUndo: boolean;
}

export interface Note {
  line: number;
  text: string;
}

export interface Preview {
  lines: { op: "added" | "changed" | "ended"; kind: string; text: string; label: string; line: number; fields: { name: string; before: string; after: string }[] }[];
  problems: Note[];
  hints: Note[];
  same: number;
  added: number;
  changed: number;
  ended: number;
  digest: string;
}

/** True while the days hold the given one (YYYY-MM-DD; both ends count). */
export const inForce = (x: { start: string | null; end: string | null }, today: string): boolean =>
  (!x.start || x.start <= today) && (!x.end || x.end >= today);

/** Where somebody stands, for the badge: locked by the office or the directory, ended (nothing runs), not confirmed, not yet signed in, or in order. */
export type Standing = "locked" | "byDirectory" | "ending" | "unconfirmed" | "none" | "fresh" | "good";

export function standing(p: Person, now: Date): Standing {
  if (p.locked && new Date(p.locked) <= now) return p.lockedBy === "directory" ? "byDirectory" : "locked";
  if (p.locked) return "ending";
  if (p.unconfirmed) return "unconfirmed";
  if (!p.account && p.home) return "none";
  return p.signedIn || !p.home ? "good" : "fresh";
}

/** Those whose name, account, committee or role holds every word of the question. */
export function found(all: readonly Person[], question: string, words: (p: Person) => string): Person[] {
  const want = question.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((p) => {
    const text = words(p).toLowerCase();
    return want.every((w) => text.includes(w));
  });
}

export const loadPersons = async (body: string): Promise<Person[]> => (await read<{ data: Person[] }>(`/api/v1/persons?body=${body}`)).data;
export const loadActs = async (body: string): Promise<Act[]> => (await read<{ data: Act[] }>(`/api/v1/imports?body=${body}`)).data;

/** What somebody's role is called: names are the texts of the roles. */
export const officeOf = (g: Grant, name: (role: string) => string, group: (name: string) => string): string => (g.organization ? group(g.organization.name) : name(g.role));

/** Takes an act back. */
export const undo = (id: string): Promise<Answer> => ask({ method: "POST", path: `/api/v1/imports/${id}/undo` }, uuidv7());

/** The file as the server wants it: its bytes in base64. */
export async function packed(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
