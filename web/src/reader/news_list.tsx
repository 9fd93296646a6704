import { all, get } from "../api/client.ts";
import type { AgendaItem, Meeting, MeetingDetail } from "../api/model.ts";
import { formatDate, formatDay, formatTime } from "../i18n/index.ts";
import { Button, Empty, Failed, Loading } from "../ui/index.ts";
import { PaperRows } from "./agenda.tsx";
import { useLoad } from "./load.ts";
import { mineOf } from "./meeting_list.tsx";
import { me } from "./own.ts";
import { back, href } from "./router.ts";
import { t } from "./texts.ts";
import { useTitle } from "./title.ts";

const fresh = (item: AgendaItem) => item.papers.some((p) => p.isNew || p.files.some((f) => f.isNew));

/** What comes stands first, the soonest on top; what is past follows, the latest on top: the order of the first screen. */
const soonestFirst = (day: string) => (a: Meeting, b: Meeting) => {
  const [pastA, pastB] = [a.start < day, b.start < day];
  if (pastA !== pastB) return pastA ? 1 : -1;
  return pastA ? b.start.localeCompare(a.start) : a.start.localeCompare(b.start);
};

async function load(signal: AbortSignal): Promise<MeetingDetail[]> {
  const meetings = mineOf(await all<Meeting>("/api/v1/meetings?limit=100", { signal })).filter((m) => m.newCount > 0);
  const details = await Promise.all(meetings.map((m) => get<MeetingDetail>(`/api/v1/meetings/${m.id}`, { signal })));
  return details.filter((m) => m.agendaItems.some(fresh)).sort(soonestFirst(new Date().toISOString().slice(0, 10)));
}

/** NewsList shows the papers that came or changed since the last visit, by meeting. */
export function NewsList() {
  useTitle(t("reader.news.title"));
  const { loaded, again } = useLoad("news", load);
  const since = me.value?.lastVisit;
  return (
    <>
      <div class="way">
        <Button variant="quiet" icon="back" label={t("reader.title")} onClick={() => back(href.home())} />
      </div>
      <h1>{since ? t("reader.news.since", { date: formatDate(since), time: formatTime(since) }) : t("reader.news.title")}</h1>
      {loaded.state === "loading" && <Loading />}
      {loaded.state === "failed" && <Failed error={loaded.error} again={again} />}
      {loaded.state === "there" && loaded.data.length === 0 && (
        <Empty icon="check" title={t("reader.news.none")}>
          <p>{t("reader.news.noneText")}</p>
        </Empty>
      )}
      {loaded.state === "there" &&
        loaded.data.map((meeting) => (
          <section key={meeting.id} class="part">
            <h2>
              <a href={href.meeting(meeting.id)}>{meeting.name}</a>
            </h2>
            <p class="muted">{formatDay(meeting.start)}</p>
            <ol class="agenda">
              {meeting.agendaItems.filter(fresh).map((item) => (
                <li key={item.id} class="item">
                  <div class="item-head">
                    <span class="item-number">{item.number}</span>
                    <p class="item-name grow">{item.name}</p>
                  </div>
                  <PaperRows item={item} meeting={meeting.id} onlyNew />
                </li>
              ))}
            </ol>
          </section>
        ))}
    </>
  );
}
