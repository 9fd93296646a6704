// A clerk's changes as plain data: they can wait (no connection, signed out, somebody was faster), be kept on the device and be
// put upon a newer agenda. Each says what it was meant upon (`base`), so nothing of somebody else's is overwritten unseen.
import { applyMove, type Move } from "./order.ts";
import type { AgendaItem, Meeting, PaperFile, PaperRef } from "./wire.ts";

export interface ItemFields {
  name?: string;
  number?: string;
  public?: boolean;
}

export interface MeetingFields {
  name?: string;
  start?: string;
  end?: string | null;
  location?: unknown;
  organizations?: string[];
  cancelled?: boolean;
}

export interface PaperFields {
  name?: string;
  reference?: string;
  paperType?: string;
}

export interface FileFields {
  name?: string;
  role?: "main" | "auxiliary";
}

export type Change =
  | { kind: "item.add"; name: string; number: string; public: boolean }
  | { kind: "item.patch"; item: string; patch: ItemFields; base: ItemFields }
  | { kind: "item.delete"; item: string; name: string }
  | { kind: "item.detach"; item: string; paper: string; name: string }
  | { kind: "item.attach"; item: string; paper: string; name: string }
  | { kind: "order"; move: Move }
  | { kind: "meeting.patch"; patch: MeetingFields; base: MeetingFields }
  | { kind: "paper.patch"; paper: string; patch: PaperFields; base: PaperFields }
  | { kind: "file.patch"; file: string; patch: FileFields; base: FileFields };

/** One request of the API. `revision` goes out as If-Match. */
export interface Request {
  method: "POST" | "PATCH" | "PUT" | "DELETE";
  path: string;
  body?: unknown;
  revision?: number;
}

/** What can be said of a change upon a meeting as it stands now. */
export type Fit = { kind: "fits"; request: Request } | { kind: "collides" } | { kind: "gone" } | { kind: "done" };

const API = "/api/v1";

/** Builds the request for `change` on the agenda as it stands, or says why it may not be sent without asking again. */
export function fit(change: Change, meeting: Meeting): Fit {
  switch (change.kind) {
    case "item.add": {
      const { name, number } = change;
      const body = { name, number, public: change.public };
      return send("POST", `${API}/meetings/${meeting.id}/agenda-items`, meeting.revision, body);
    }
    case "item.patch": {
      const item = findItem(meeting, change.item);
      if (!item) return { kind: "gone" };
      return patched(change.patch, change.base, item, `${API}/agenda-items/${item.id}`, item.revision);
    }
    case "item.delete": {
      const item = findItem(meeting, change.item);
      if (!item) return { kind: "done" };
      return send("DELETE", `${API}/agenda-items/${item.id}`, item.revision);
    }
    case "item.detach": {
      const item = findItem(meeting, change.item);
      if (!item?.papers.some((p) => p.id === change.paper)) return { kind: "done" };
      return send("DELETE", `${API}/agenda-items/${item.id}/papers/${change.paper}`, item.revision);
    }
    case "item.attach": {
      const item = findItem(meeting, change.item);
      if (!item) return { kind: "gone" };
      if (item.papers.some((p) => p.id === change.paper)) return { kind: "done" };
      return send("POST", `${API}/agenda-items/${item.id}/papers`, item.revision, { paper: change.paper });
    }
    case "order": {
      const ids = meeting.agendaItems.map((i) => i.id);
      const items = applyMove(ids, change.move);
      if (!items) return { kind: "gone" };
      if (items.every((id, i) => id === ids[i])) return { kind: "done" };
      return send("PUT", `${API}/meetings/${meeting.id}/agenda-order`, meeting.revision, { items });
    }
    case "meeting.patch": {
      const fits = patched(change.patch, change.base, comparable(meeting), `${API}/meetings/${meeting.id}`, meeting.revision);
      if (fits.kind === "fits") fits.request.body = emptied(change.patch);
      return fits;
    }
    case "paper.patch": {
      const paper = findPaper(meeting, change.paper);
      if (!paper) return { kind: "gone" };
      return patched(change.patch, change.base, paper, `${API}/papers/${paper.id}`, paper.revision);
    }
    case "file.patch": {
      const file = findFile(meeting, change.file);
      if (!file) return { kind: "gone" };
      return patched(change.patch, change.base, file, `${API}/files/${file.id}`, file.revision);
    }
  }
}

/** The meeting as it will look once the change is saved; shown at once so that the hand is not slowed by the line. */
export function applied(meeting: Meeting, change: Change): Meeting {
  const items = (map: (item: AgendaItem) => AgendaItem) => ({ ...meeting, agendaItems: meeting.agendaItems.map(map) });
  switch (change.kind) {
    case "item.patch":
      return items((i) => (i.id === change.item ? { ...i, ...change.patch } : i));
    case "item.delete":
      return { ...meeting, agendaItems: meeting.agendaItems.filter((i) => i.id !== change.item) };
    case "item.detach":
      return items((i) => (i.id === change.item ? { ...i, papers: i.papers.filter((p) => p.id !== change.paper) } : i));
    case "order": {
      const order = applyMove(
        meeting.agendaItems.map((i) => i.id),
        change.move,
      );
      if (!order) return meeting;
      const byId = new Map(meeting.agendaItems.map((i) => [i.id, i]));
      return { ...meeting, agendaItems: order.map((id) => byId.get(id) as AgendaItem) };
    }
    case "paper.patch":
      return items((i) => ({
        ...i,
        papers: i.papers.map((p) => (p.id === change.paper ? { ...p, ...change.patch } : p)),
      }));
    case "file.patch":
      return items((i) => ({ ...i, papers: i.papers.map((p) => withFile(p, change.file, change.patch)) }));
    default:
      return meeting;
  }
}

/** The same wish, meant upon the meeting as it stands now: after the clerk has seen both and says "mine". */
export function rebased(change: Change, meeting: Meeting): Change {
  switch (change.kind) {
    case "item.patch":
      return { ...change, base: pick(findItem(meeting, change.item), change.patch) };
    case "paper.patch":
      return { ...change, base: pick(findPaper(meeting, change.paper), change.patch) };
    case "file.patch":
      return { ...change, base: pick(findFile(meeting, change.file), change.patch) };
    case "meeting.patch":
      return { ...change, base: pick(comparable(meeting), change.patch) };
    default:
      return change;
  }
}

export function findItem(meeting: Meeting, id: string): AgendaItem | undefined {
  return meeting.agendaItems.find((i) => i.id === id);
}

export function findPaper(meeting: Meeting, id: string): PaperRef | undefined {
  for (const item of meeting.agendaItems) {
    const paper = item.papers.find((p) => p.id === id);
    if (paper) return paper;
  }
  return undefined;
}

export function findFile(meeting: Meeting, id: string): PaperFile | undefined {
  for (const item of meeting.agendaItems) {
    for (const paper of item.papers) {
      const file = paper.files.find((f) => f.id === id);
      if (file) return file;
    }
  }
  return undefined;
}

/** A paper with the change of one of its files; a new main file makes an annex of the former one. */
function withFile(paper: PaperRef, id: string, patch: FileFields): PaperRef {
  if (!paper.files.some((f) => f.id === id)) return paper;
  const files = paper.files.map((f) =>
    f.id === id ? { ...f, ...patch } : patch.role === "main" && f.role === "main" ? { ...f, role: "auxiliary" } : f,
  );
  return { ...paper, files };
}

/** The meeting with its fields in the shape in which a patch sends them. */
export function comparable(meeting: Meeting): MeetingFields {
  const l = meeting.location;
  return {
    name: meeting.name,
    start: meeting.start,
    end: meeting.end,
    cancelled: meeting.cancelled,
    organizations: meeting.organizations.map((o) => o.id),
    location: l ? { id: l.id } : null,
  };
}

function send(method: Request["method"], path: string, revision: number, body?: unknown): Fit {
  return { kind: "fits", request: { method, path, revision, body } };
}

/** A patch collides when a field it touches no longer says what the clerk saw; fields it does not touch do not matter. */
function patched(patch: object, base: object, now: object, path: string, revision: number): Fit {
  const keys = Object.keys(patch);
  if (keys.every((k) => same(now, patch, k))) return { kind: "done" };
  if (!keys.every((k) => same(now, base, k) || same(now, patch, k))) return { kind: "collides" };
  return send("PATCH", path, revision, patch);
}

/** The server takes "no end" and "no place" as the zero time and the empty place; null would mean "leave as it is". */
function emptied(patch: MeetingFields): object {
  const body: Record<string, unknown> = { ...patch };
  if (patch.end === null) body.end = "0001-01-01T00:00:00Z";
  if (patch.location === null) body.location = {};
  return body;
}

const value = (of: object | undefined, key: string): unknown => (of as Record<string, unknown> | undefined)?.[key];

const same = (a: object, b: object, key: string): boolean =>
  JSON.stringify(value(a, key) ?? null) === JSON.stringify(value(b, key) ?? null);

function pick<T extends object>(from: object | undefined, like: T): T {
  return Object.fromEntries(Object.keys(like).map((k) => [k, value(from, k)])) as T;
}
