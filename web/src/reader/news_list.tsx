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

const fresh = (item: AgendaItem) => item.papers.some((p) => p.isNew || p.files.some((f) => f.isNew));

async function load(signal: AbortSignal): Promise<MeetingDetail[]> {
  const meetings = mineOf(await all<Meeting>("/api/v1/meetings?limit=100", { signal })).filter((m) => m.newCount > 0);
  const details = await Promise.all(meetings.map((m) => get<MeetingDetail>(`/api/v1/meetings/${m.id}`, { signal })));
  return details.filter((m) => m.agendaItems.some(fresh)).sort((a, b) => b.start.localeCompare(a.start));
}

/** NewsList shows the papers that came or changed since the last visit, by meeting. */
export function NewsList() {
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
