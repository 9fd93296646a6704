import { t } from "../i18n/clerk.ts";
import { formatTime, lang } from "../i18n/index.ts";
import { Badge, Icon, LinkRow } from "../ui/index.ts";
import { wordOf } from "./meeting_groups.ts";
import { hrefMeeting } from "./route.ts";
import type { MeetingLine } from "./wire.ts";

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "de-DE", { timeZone: "Europe/Berlin", ...options });
const day = format({ day: "2-digit" });
const month = format({ month: "short", year: "numeric" });
const weekday = format({ weekday: "short" });

/** One meeting of the list: when, what, how far. */
export function MeetingRow({ meeting: m, showBody }: { meeting: MeetingLine; showBody: boolean }) {
  const start = new Date(m.start);
  const place = m.location?.room || m.location?.description;
  return (
    <LinkRow href={hrefMeeting(m.id)}>
      <div class="meeting-row">
        <time class="day-leaf" dateTime={m.start}>
          <span class="day-leaf-week">{weekday.format(start)}</span>
          <span class="day-leaf-day">{day.format(start)}</span>
          <span class="day-leaf-month">{month.format(start)}</span>
        </time>
        <div class="meeting-row-text">
          <h2 class="meeting-row-name">{m.name}</h2>
          <p class="muted small">
            {[
              t("console.clock", { time: formatTime(m.start) }),
              place,
              m.organizations.map((o) => o.name).join(", "),
              showBody && m.body.shortName,
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          <p class="muted small">
            {t.n("console.items", m.itemCount)}, {t.n("console.papers", m.paperCount)}
          </p>
        </div>
        <div class="meeting-row-state">
          {m.problemCount > 0 && (
            <Badge kind="warn" icon="warn">
              {t.n("console.hands", m.problemCount)}
            </Badge>
          )}
          <MeetingBadge meeting={m} />
        </div>
      </div>
    </LinkRow>
  );
}

/** The state of a meeting in a word. */
export function MeetingBadge({ meeting }: { meeting: Pick<MeetingLine, "state" | "publishRequested" | "cancelled"> }) {
  const word = wordOf(meeting);
  if (word === "publishing")
    return (
      <span class="badge" data-kind="accent">
        <span class="spin" aria-hidden="true" />
        {t("console.state.publishing")}
      </span>
    );
  if (word === "published")
    return (
      <Badge kind="new" icon="check">
        {t("console.state.published")}
      </Badge>
    );
  if (word === "cancelled" || word === "withdrawn") return <Badge kind="closed">{t(`console.state.${word}`)}</Badge>;
  return (
    <span class="badge">
      <Icon name="edit" />
      {t("console.state.draft")}
    </span>
  );
}
