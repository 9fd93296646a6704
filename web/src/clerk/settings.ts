// What the settings page reads and writes: /api/v1/bodies/{id}/preparation.

export type Mode = "standard" | "interleaved" | "raster";
export const MODES: readonly Mode[] = ["standard", "interleaved", "raster"];

export interface Preparation {
  body: { id: string; name: string; shortName: string };
  /** Of the personal mark; "" = the usual one. */
  template: string;
  defaultTemplate: string;
  paperTypes: { paperType: string; mode: Mode }[];
  revision: number;
}

/** The mark of one person with a template that is not kept yet. `picture` is SVG path data in a square of 1000. */
export interface MarkSample {
  name: string;
  lines: string[];
  picture: string;
  problem: string;
}

/** The placeholders that a template may hold, in the order in which they are offered. */
export const PLACEHOLDERS = ["name", "account", "date", "code", "body"] as const;

/** What is in the form: the template as shown, and the mode of each type. */
export interface Draft {
  template: string;
  modes: Record<string, Mode>;
}

export const draftOf = (p: Preparation): Draft => ({
  template: p.template || p.defaultTemplate,
  modes: Object.fromEntries(p.paperTypes.map((x) => [x.paperType, x.mode])),
});

/** What has to be sent; null when nothing differs. The usual template is sent as "", so that it follows later improvements. */
export function changeOf(p: Preparation, d: Draft): { template?: string; paperTypes?: Preparation["paperTypes"] } | null {
  const out: { template?: string; paperTypes?: Preparation["paperTypes"] } = {};
  const template = d.template.trim() === p.defaultTemplate.trim() ? "" : d.template;
  if (template.trim() !== p.template.trim()) out.template = template;
  const types = p.paperTypes.filter((x) => d.modes[x.paperType] !== x.mode).map((x) => ({ paperType: x.paperType, mode: d.modes[x.paperType] as Mode }));
  if (types.length > 0) out.paperTypes = types;
  return Object.keys(out).length > 0 ? out : null;
}

/** Puts a placeholder where the cursor is. Pure. */
export function insertAt(text: string, from: number, to: number, name: string): { text: string; cursor: number } {
  const piece = `{${name}}`;
  return { text: text.slice(0, from) + piece + text.slice(to), cursor: from + piece.length };
}
