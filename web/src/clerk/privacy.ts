// Requests for somebody's data or its erasure: shapes of /api/v1/privacy, and what stands where in the list.
import { signal } from "@preact/signals";
import { read } from "./api.ts";

interface Ref {
  id: string;
  name: string;
}

export type Kind = "export" | "erase";

export interface PrivacyRequest {
  id: string;
  created: string;
  revision: number;
  /** The name is "" when the erasure took it, too. */
  person: Ref;
  kind: Kind;
  reason: string;
  state: "requested" | "released" | "refused" | "used" | "expired";
  expires: string;
  requestedBy: Ref;
  decidedBy: Ref | null;
  decidedAt: string | null;
  decision: string;
  mine: boolean;
  mayDecide: boolean;
  /** Released, and this person asked: it can be carried out, once. */
  mayUse: boolean;
}

/** One kind of data with how much there is of it; 0 = not counted. */
export interface Rows {
  kind: string;
  text: string;
  count: number;
  /** The legal reason why it stays; "" for what goes. */
  why: string;
}

/** What an erasure takes and what stays. */
export interface Erasure {
  erased: Rows[];
  kept: Rows[];
  /** No record of the council names the person: the name goes, too. */
  renamed: boolean;
}

export const PATH = "/api/v1/privacy/requests";

/** How many requests wait for this person, to decide or to carry out; null = not known yet. */
export const privacyOpen = signal<number | null>(null);

/** Loads the list; the count follows. */
export async function loadRequests(): Promise<PrivacyRequest[]> {
  const { data } = await read<{ data: PrivacyRequest[] }>(PATH);
  privacyOpen.value = data.filter(waits).length;
  return data;
}

/** What an erasure of this person would take now. After one it is what stays. */
export const loadErasure = (person: string): Promise<Erasure> => read<Erasure>(`/api/v1/persons/${person}/erasure`);

const waits = (x: PrivacyRequest): boolean => x.mayDecide || x.mayUse;

/** What waits for this person first, then as the server has them: latest first. */
export function waitingFirst(all: readonly PrivacyRequest[]): PrivacyRequest[] {
  return [...all.filter(waits), ...all.filter((x) => !waits(x))];
}

/** The word for where a request stands. */
export type Standing = "decide" | "use" | "requested" | "released" | "refused" | "given" | "erased" | "expired";

export function standing(x: Pick<PrivacyRequest, "mayDecide" | "mayUse" | "state" | "kind">): Standing {
  if (x.mayDecide) return "decide";
  if (x.mayUse) return "use";
  if (x.state === "used") return x.kind === "erase" ? "erased" : "given";
  return x.state;
}
