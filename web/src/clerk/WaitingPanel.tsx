import { t } from "../i18n/clerk.ts";
import { formatDay, formatTime } from "../i18n/index.ts";
import { Button, Icon } from "../ui/index.ts";
import { type Change, comparable, findFile, findItem, findPaper } from "./change.ts";
import type { Desk, Waiting } from "./desk.ts";
import type { Meeting } from "./wire.ts";

/** Changes that are not saved: why, what was typed, what stands there now, and what can be done. Shows nothing when there are none. */
export function WaitingPanel({ desk }: { desk: Desk }) {
  const waiting = desk.waiting.value;
  const meeting = desk.meeting.value;
  if (waiting.length === 0 || !meeting) return null;
  const stale = waiting.some((w) => w.why === "stale" && !w.loaded);
  const lost = waiting.some((w) => w.why === "lost");
  return (
    <section class="waiting no-print" role="alert" aria-labelledby="waiting-title">
      <div class="waiting-head">
        <Icon name="warn" />
        <h2 id="waiting-title">{heading(waiting)}</h2>
        {stale && <Button variant="primary" label={t("console.stale.load")} onClick={() => void desk.loadNew()} />}
        {lost && !stale && <Button variant="primary" label={t("console.lost.again")} onClick={() => void desk.resume()} />}
      </div>
      {stale && <p>{t("console.stale.text")}</p>}
      <ul>
        {waiting.map((w) => (
          <Entry key={w.id} desk={desk} meeting={meeting} waiting={w} />
        ))}
      </ul>
    </section>
  );
}

function heading(waiting: readonly Waiting[]): string {
  if (waiting.some((w) => w.why === "stale" && !w.loaded)) return t("console.stale.title");
  if (waiting.some((w) => w.why === "stale" || w.why === "gone")) return t("console.stale.loaded");
  if (waiting.some((w) => w.why === "refused")) return t("console.refused.title");
  return t(waiting.some((w) => w.why === "lost") ? "console.lost.title" : "console.expired.waiting");
}

function Entry({ desk, meeting, waiting: w }: { desk: Desk; meeting: Meeting; waiting: Waiting }) {
  const both = sides(w.change, meeting);
  const decide = w.loaded || w.why === "refused";
  const gone = w.why === "gone";
  return (
    <li class="waiting-entry">
      <p>
        <strong>{both.what}</strong>
        {both.mine && (
          <>
            {": "}
            <span class="waiting-mine">{t("console.quote", { text: both.mine })}</span>
          </>
        )}
      </p>
      {w.why === "refused" && <p>{w.problem}</p>}
      {gone && <p>{t("console.stale.gone")}</p>}
      {w.loaded && !gone && both.theirs !== null && <p class="muted">{t("console.stale.now", { text: both.theirs })}</p>}
      {decide && (
        <p class="actions">
          {!gone && (
            <Button label={t(w.why === "refused" ? "console.lost.again" : "console.stale.mine")} onClick={() => void desk.again(w.id)} />
          )}
          <Button variant="quiet" label={t(gone ? "console.stale.ok" : "console.stale.theirs")} onClick={() => desk.drop(w.id)} />
        </p>
      )}
    </li>
  );
}

/** A change in words: what it concerns, what the clerk wants, what stands there now (null = nothing to compare). */
function sides(change: Change, meeting: Meeting): { what: string; mine: string; theirs: string | null } {
  switch (change.kind) {
    case "item.add":
      return { what: t("console.change.add"), mine: `${change.number} ${change.name}`.trim(), theirs: null };
    case "item.delete":
      return { what: t("console.change.delete"), mine: change.name, theirs: null };
    case "item.attach":
    case "item.detach":
      return { what: t(`console.change.${change.kind === "item.attach" ? "attach" : "detach"}`), mine: change.name, theirs: null };
    case "order": {
      const item = findItem(meeting, change.move.item);
      return { what: t("console.change.order"), mine: item ? `${item.number} ${item.name}` : "", theirs: null };
    }
    case "item.patch":
      return {
        what: t("console.change.item", { of: findItem(meeting, change.item)?.number ?? "" }),
        ...values(change.patch, findItem(meeting, change.item)),
      };
    case "paper.patch":
      return { what: t("console.change.paper"), ...values(change.patch, findPaper(meeting, change.paper)) };
    case "file.patch":
      return { what: t("console.change.file"), ...values(change.patch, findFile(meeting, change.file)) };
    case "meeting.patch":
      return { what: t("console.change.meeting"), ...values(change.patch, comparable(meeting)) };
  }
}

function values(patch: object, now: object | undefined): { mine: string; theirs: string } {
  const keys = Object.keys(patch).filter((k) => k !== "location" && k !== "organizations");
  const say = (of: object | undefined): string =>
    keys
      .map((k) => word(k, (of as Record<string, unknown> | undefined)?.[k]))
      .filter((x) => x !== "")
      .join(", ");
  return { mine: say(patch), theirs: say(now) };
}

function word(key: string, value: unknown): string {
  if (key === "public") return t(value ? "console.public.yes" : "console.public.no");
  if (key === "role") return t(value === "main" ? "console.file.main" : "console.file.annex");
  if (key === "cancelled") return t(value ? "console.state.cancelled" : "console.change.takesPlace");
  if ((key === "start" || key === "end") && typeof value === "string") return `${formatDay(value)} ${formatTime(value)}`;
  return typeof value === "string" ? value : "";
}
