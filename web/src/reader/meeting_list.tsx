import { useState } from "preact/hooks";
import { all } from "../api/client.ts";
import type { Meeting } from "../api/model.ts";
import { Notices } from "../devices/Notices.tsx";
import { dayOf, formatDate, formatDay, formatTime, lang } from "../i18n/index.ts";
import { Badge, Button, Empty, Failed, Icon, LinkRow, List, Loading } from "../ui/index.ts";
import { LeaseLine } from "./lease_show.tsx";
import { useLoad } from "./load.ts";
import { me } from "./own.ts";
import { href } from "./router.ts";
import { t } from "./texts.ts";
import { useTitle } from "./title.ts";

const shortPast = 8; // past meetings shown before asking for more

/** Meetings split by the day: what is today, what comes (soonest first), what was (latest first). */
export function splitByDay(meetings: readonly Meeting[], now: Date): { today: Meeting[]; coming: Meeting[]; past: Meeting[] } {
  const day = dayOf(now);
  const sorted = [...meetings].sort((a, b) => a.start.localeCompare(b.start));
  return {
    today: sorted.filter((m) => dayOf(m.start) === day),
    coming: sorted.filter((m) => dayOf(m.start) > day),
    past: sorted.filter((m) => dayOf(m.start) < day).reverse(),
  };
}

/** Those in which I sit or substitute; all of them for somebody who sits in none (the clerk). */
export function mineOf(meetings: readonly Meeting[]): readonly Meeting[] {
  const mine = meetings.filter((m) => m.mine);
  return mine.length > 0 ? mine : meetings;
}

/** MeetingList is the first screen: my meetings, and what is new. */
export function MeetingList() {
  useTitle("");
  const { loaded, again } = useLoad("meetings", (signal) => all<Meeting>("/api/v1/meetings?limit=100", { signal }));
  const [older, showOlder] = useState(false);
  const [everybodys, showEverybodys] = useState(false);
  if (loaded.state === "loading") return <Loading />;
  if (loaded.state === "failed") return <Failed error={loaded.error} again={again} />;
  const mine = mineOf(loaded.data);
  const narrowed = !everybodys && mine.length < loaded.data.length;
  const { today, coming, past } = splitByDay(everybodys ? loaded.data : mine, new Date());
  return (
    <>
      <h1 class="sr-only">{t("reader.title")}</h1>
      {me.value && <Notices person={me.value.id} devices={href.devices()} />}
      <News meetings={mine} />
      {mine.length < loaded.data.length && (
        <div class="scope" role="group" aria-label={t("reader.meetings.scope")}>
          <Button label={t("reader.meetings.mine")} aria-pressed={!everybodys} onClick={() => showEverybodys(false)} />
          <Button label={t("reader.meetings.all")} aria-pressed={everybodys} onClick={() => showEverybodys(true)} />
        </div>
      )}
      {loaded.data.length === 0 && (
        <Empty title={t("reader.meetings.none")}>
          <p>{t("reader.meetings.noneText")}</p>
        </Empty>
      )}
      {today.length > 0 && <Part title={t("reader.meetings.today")} meetings={today} today />}
      {loaded.data.length > 0 && (
        <Part title={t("reader.meetings.coming")} meetings={coming} empty={today.length > 0 ? undefined : t(narrowed ? "reader.meetings.noneComingMine" : "reader.meetings.noneComing")} />
      )}
      {past.length > 0 && <Part title={t("reader.meetings.past")} meetings={older ? past : past.slice(0, shortPast)} />}
      {past.length > shortPast && !older && (
        <p class="after-list">
          <Button icon="history" label={t("reader.meetings.older")} onClick={() => showOlder(true)} />
        </p>
      )}
      <LeaseLine />
    </>
  );
}

function News({ meetings }: { meetings: readonly Meeting[] }) {
  const fresh = meetings.filter((m) => m.newCount > 0);
  const count = fresh.reduce((sum, m) => sum + m.newCount, 0);
  const since = me.value?.lastVisit;
  if (count === 0) return null;
  return (
    <a class="news" href={href.news()}>
      <Icon name="star" />
      <span class="grow">
        <strong>{t.n("reader.news.count", count)}</strong> {t.n("reader.news.inMeetings", fresh.length)}
        <span class="news-since">
          {since ? t("reader.news.since", { date: formatDate(since), time: formatTime(since) }) : t("reader.news.title")}
        </span>
      </span>
      <Icon name="next" />
    </a>
  );
}

function Part({ title, meetings, empty, today }: { title: string; meetings: readonly Meeting[]; empty?: string; today?: boolean }) {
  if (meetings.length === 0 && !empty) return null;
  return (
    <section class="part">
      <h2>{title}</h2>
      {meetings.length === 0 ? (
        <p class="muted">{empty}</p>
      ) : (
        <List label={title}>
          {meetings.map((m) => (
            <LinkRow key={m.id} href={href.meeting(m.id)}>
              <MeetingLine meeting={m} today={today} />
            </LinkRow>
          ))}
        </List>
      )}
    </section>
  );
}

/** A meeting of today stays under "today" when it has ended, but says so. Without an end nobody knows. */
const over = (m: Meeting) => m.end !== null && new Date(m.end) < new Date();

const leafMonth = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "de-DE", { month: "short", timeZone: "Europe/Berlin" });

function MeetingLine({ meeting: m, today }: { meeting: Meeting; today?: boolean }) {
  const several = (me.value?.bodies.length ?? 0) > 1;
  const place = m.location ? [m.location.room, m.location.description].filter(Boolean)[0] : "";
  return (
    <div class="meeting-line">
      <span class="leaf" data-today={today || undefined} aria-hidden="true">
        <span class="leaf-month">{leafMonth.format(new Date(m.start))}</span>
        <span class="leaf-day">{Number(dayOf(m.start).slice(8))}</span>
      </span>
      <span class="grow">
        <span class="meeting-name">{m.name}</span>
        <span class="meeting-when muted">
          {formatDay(m.start)}, {t("reader.time", { time: formatTime(m.start) })}
          {place && ` · ${place}`}
        </span>
        <span class="badges">
          {several && <Badge>{m.body.shortName || m.body.name}</Badge>}
          {today && <Badge kind={over(m) ? undefined : "accent"}>{t(over(m) ? "reader.meetings.over" : "reader.badge.today")}</Badge>}
          {m.cancelled && <Badge kind="warn">{t("reader.meetings.cancelled")}</Badge>}
          {m.newCount > 0 && <Badge kind="new">{t.n("reader.meetings.new", m.newCount)}</Badge>}
          {m.paperCount > 0 && <span class="small muted">{t.n("reader.meetings.papers", m.paperCount)}</span>}
        </span>
      </span>
    </div>
  );
}
