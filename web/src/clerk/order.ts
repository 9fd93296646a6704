// Order and numbers of agenda items. Pure: lists in, lists out; the server keeps the order, this only says what to ask for.

/** The list with the element at `from` moved to index `to` (indices of the result; out of range is clamped). */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const out = list.slice();
  if (from < 0 || from >= out.length) return out;
  const [one] = out.splice(from, 1) as [T];
  out.splice(Math.max(0, Math.min(to, out.length)), 0, one);
  return out;
}

/**
 * Where an element dragged to height `y` belongs: the index in the list after the move. `middles` are the vertical middles
 * (pixels) of all rows in their present order, `from` is the row being dragged.
 */
export function dropIndex(middles: readonly number[], from: number, y: number): number {
  let index = 0;
  for (let i = 0; i < middles.length; i++) {
    if (i !== from && y > (middles[i] as number)) index++;
  }
  return index;
}

/** A move said so that it can be repeated on a newer agenda: the item, and whom it should follow (null = first). */
export interface Move {
  item: string;
  after: string | null;
}

/** The move that `ids` means for the element now at index `to`. */
export function asMove(ids: readonly string[], to: number): Move {
  return { item: ids[to] as string, after: to > 0 ? (ids[to - 1] as string) : null };
}

/**
 * The order after a move on any agenda, also one that somebody else changed meanwhile: null when the item is gone; when the
 * neighbour is gone the item keeps its place.
 */
export function applyMove(ids: readonly string[], move: Move): string[] | null {
  const from = ids.indexOf(move.item);
  if (from < 0) return null;
  const rest = ids.filter((id) => id !== move.item);
  if (move.after === null) return [move.item, ...rest];
  const after = rest.indexOf(move.after);
  if (after < 0) return ids.slice();
  rest.splice(after + 1, 0, move.item);
  return rest;
}

const AUTO = /^([ÖN])\s*(\d+)((?:\.\d+)*)$/;

/** True for numbers of the pattern "Ö 3" or "N 1.2": those that the console may suggest anew. */
export function isAutoNumber(number: string): boolean {
  return number.trim() === "" || AUTO.test(number.trim());
}

interface Numbered {
  number: string;
  public: boolean;
}

const prefix = (isPublic: boolean): string => (isPublic ? "Ö" : "N");

/** The next free number of its part: "Ö 4" after "Ö 3". Non-public items count on their own ("N 1"). */
export function nextNumber(items: readonly Numbered[], isPublic: boolean): string {
  let highest = 0;
  for (const item of items) {
    const found = AUTO.exec(item.number.trim());
    if (found && found[1] === prefix(isPublic)) highest = Math.max(highest, Number(found[2]));
  }
  return `${prefix(isPublic)} ${highest + 1}`;
}

/**
 * Numbers from top to bottom, both parts counting on their own. Own numbers ("10a", "TOP 2") stay; sub-items ("Ö 3.1") follow
 * the item above them of the same part.
 */
export function renumbered(items: readonly Numbered[]): string[] {
  const main = { Ö: 0, N: 0 };
  const sub = { Ö: 0, N: 0 };
  return items.map((item) => {
    const part = prefix(item.public) as "Ö" | "N";
    const found = AUTO.exec(item.number.trim());
    if (!found && item.number.trim() !== "") return item.number;
    if (found?.[3] && main[part] > 0) {
      sub[part]++;
      return `${part} ${main[part]}.${sub[part]}`;
    }
    main[part]++;
    sub[part] = 0;
    return `${part} ${main[part]}`;
  });
}
