import { useState } from "preact/hooks";
import { Button, errorText, Icon, toast } from "../ui/index.ts";
import { type Change, type Difference, type Part, type Row, unfold } from "./synopsis_load.ts";
import { t } from "./synopsis_texts.ts";

export type View = "sides" | "inline";

/** Where links into the two versions lead. */
export interface Places {
  old: (page: number, change?: number) => string;
  new: (page: number, change?: number) => string;
}

interface Props {
  file: string;
  difference: Difference;
  rows: Row[];
  view: View;
  current: number;
  places: Places;
  /** Puts the rows in the place of a folded one. */
  onUnfold: (row: Row, rows: Row[]) => void;
}

/** Rows are the paragraphs, old beside new or in one text. */
export function Rows(props: Props) {
  return (
    <div class="syn-rows" data-view={props.view}>
      <div class="syn-row syn-heads" aria-hidden="true">
        <span class="syn-sign" />
        <span class="syn-cell">{t("synopsis.old")}</span>
        <span class="syn-cell">{t("synopsis.new")}</span>
      </div>
      {props.rows.map((row) => (row.folded > 0 ? <Folded key={`f${row.index}`} {...props} row={row} /> : <OneRow key={row.index} {...props} row={row} />))}
    </div>
  );
}

function Folded({ file, difference, row, onUnfold }: Props & { row: Row }) {
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    try {
      onUnfold(row, await unfold(file, difference, row));
    } catch (error) {
      toast(errorText(error), { kind: "error" });
      setBusy(false);
    }
  };
  return (
    <div class="syn-fold">
      <span>{t.n("synopsis.folded", row.folded)}</span>
      <Button variant="quiet" class="btn no-print" icon="down" label={t("synopsis.unfold")} disabled={busy} onClick={() => void open()} />
    </div>
  );
}

const onOld = (p: Part) => p.kind === "same" || (p.kind === "old" && p.in === 0) || p.kind === "away";
const onNew = (p: Part) => p.kind === "same" || p.kind === "new" || p.kind === "here" || (p.kind === "old" && p.in > 0);

/** The sign in the margin: what happened here, without colour. */
function signOf(parts: readonly Part[]): string {
  const kinds = new Set(parts.filter((p) => p.in === 0).map((p) => p.kind));
  if (kinds.has("away") || kinds.has("here")) return "⇄";
  if (kinds.has("old") && kinds.has("new")) return "±";
  if (kinds.has("old")) return kinds.has("same") ? "±" : "−";
  if (kinds.has("new")) return kinds.has("same") ? "±" : "+";
  return "";
}

function OneRow({ row, view, current, places, difference }: Props & { row: Row }) {
  const sign = signOf(row.parts);
  const cell = (parts: Part[]) => (
    <div class="syn-cell" data-empty={parts.length === 0 || undefined}>
      {parts.length > 0 && <Text parts={parts} current={current} changes={difference.changes} />}
    </div>
  );
  const change = row.parts.find((p) => p.change > 0)?.change;
  const link = (side: "old" | "new") => {
    const page = side === "old" ? row.oldPage : row.newPage;
    if (page === 0 || change === undefined) return null; // what did not change stands here for the eye to find its place
    return (
      <a class="syn-page" href={places[side](page, change)}>
        {t("synopsis.page", { n: page })} <span class="sr-only">{t(side === "old" ? "synopsis.ofOld" : "synopsis.ofNew")}</span>
      </a>
    );
  };
  return (
    <div class="syn-row" data-changed={sign !== "" || undefined}>
      <span class="syn-sign" aria-hidden="true">
        {sign}
      </span>
      {view === "sides" ? (
        <>
          <div class="syn-side">
            {cell(row.parts.filter(onOld))}
            {link("old")}
          </div>
          <div class="syn-side">
            {cell(row.parts.filter(onNew))}
            {link("new")}
          </div>
        </>
      ) : (
        <div class="syn-side">
          {cell(row.parts)}
          {row.newPage > 0 ? link("new") : link("old")}
        </div>
      )}
    </div>
  );
}

function Text({ parts, current, changes }: { parts: readonly Part[]; current: number; changes: readonly Change[] }) {
  const told = new Set<number>();
  return (
    <p class="syn-text">
      {parts.map((part, i) => {
        if (part.kind === "same") return <span key={i}>{part.text}</span>;
        const first = !told.has(part.change);
        told.add(part.change);
        return <Changed key={i} part={part} first={first} current={part.change === current} change={changes[part.change - 1]} />;
      })}
    </p>
  );
}

const says = { old: "synopsis.says.removed", new: "synopsis.says.added", away: "synopsis.says.away", here: "synopsis.says.here" } as const;

/** Words that went, came or moved: struck out or underlined, and said to those who hear the page. */
function Changed({ part, first, current, change }: { part: Part; first: boolean; current: boolean; change?: Change }) {
  const Tag = part.kind === "old" || part.kind === "away" ? "del" : "ins";
  // The blank before the words is not part of what is struck out.
  const blank = /^\s*/.exec(part.text)![0];
  const moved = part.kind === "away" ? change?.newPage : part.kind === "here" ? change?.oldPage : undefined;
  return (
    <>
      {blank}
      {first && moved !== undefined && (
        <span class="syn-moved">
          <Icon name="move" />
          {t(part.kind === "away" ? "synopsis.movedTo" : "synopsis.movedFrom", { n: moved })}
          {"\n"}
        </span>
      )}
      <Tag class="syn-mark" data-kind={part.kind} data-change={part.change} data-current={current || undefined}>
        <span class="sr-only">{t(says[part.kind as keyof typeof says])} </span>
        {part.text.slice(blank.length)}
        <span class="sr-only"> ({t("synopsis.says.end")}) </span>
      </Tag>
    </>
  );
}
