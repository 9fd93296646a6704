import { useState } from "preact/hooks";
import { get } from "../api/client.ts";
import type { AgendaItem, MeetingDetail } from "../api/model.ts";
import { hrefPapersZip, t as zip } from "../core/papers_zip.ts";
import { formatDay, formatTime } from "../i18n/index.ts";
import { Badge, Button, Empty, Failed, LinkButton, Loading } from "../ui/index.ts";
import { PaperRows } from "./agenda.tsx";
import { useLoad } from "./load.ts";
import { Packet } from "./packet.tsx";
import { back, href } from "./router.ts";
import { t } from "./texts.ts";
import { useTitle } from "./title.ts";

const isNew = (item: AgendaItem) => item.isNew || item.papers.some((p) => p.isNew || p.files.some((f) => f.isNew));

/** MeetingShow is one meeting: when, where, and the agenda with its papers. */
export function MeetingShow({ id }: { id: string }) {
  const { loaded, again } = useLoad(id, (signal) => get<MeetingDetail>(`/api/v1/meetings/${id}`, { signal }));
  useTitle(loaded.state === "there" ? loaded.data.name : "");
  const [onlyNew, setOnlyNew] = useState(false);
  const way = <Button variant="quiet" icon="back" label={t("reader.title")} onClick={() => back(href.home())} />;
  if (loaded.state === "loading") return <Loading />;
  if (loaded.state === "failed") {
    return (
      <Failed error={loaded.error} again={again}>
        <LinkButton href={href.home()} label={t("reader.toHome")} />
      </Failed>
    );
  }
  const meeting = loaded.data;
  const items = [...meeting.agendaItems].sort((a, b) => a.order - b.order);
  const fresh = items.some(isNew);
  const shown = onlyNew ? items.filter(isNew) : items;
  const parts = split(shown);
  const place = meeting.location;
  return (
    <>
      <div class="way">{way}</div>
      <div class="meeting-head">
        <h1>{meeting.name}</h1>
        <p>
          {formatDay(meeting.start)}, {t("reader.time", { time: formatTime(meeting.start) })}
          {meeting.cancelled && <Badge kind="warn">{t("reader.meetings.cancelled")}</Badge>}
        </p>
        {place && <p class="muted">{[place.room, place.description, place.streetAddress, place.locality].filter(Boolean).join(", ")}</p>}
      </div>
      <Packet meeting={meeting.id} />
      <div class="agenda-head">
        <h2>{t("reader.meeting.agenda")}</h2>
        {items.some((i) => i.papers.length > 0) && <LinkButton variant="quiet" icon="download" href={hrefPapersZip(meeting.id)} download label={zip("papers_zip.all")} />}
        {fresh && <Button icon="star" label={t("reader.meeting.onlyNew")} aria-pressed={onlyNew} onClick={() => setOnlyNew(!onlyNew)} />}
      </div>
      {items.length === 0 && (
        <Empty icon="list" title={t("reader.meeting.empty")}>
          <p>{t("reader.meeting.emptyText")}</p>
        </Empty>
      )}
      {parts.map((part, i) => (
        <section key={i} class="agenda-part">
          <h3 class="part-title">{t(part.open ? "reader.meeting.public" : "reader.meeting.nonPublic")}</h3>
          <ol class="agenda">
            {part.items.map((item) => (
              <li key={item.id} class="item" id={`item-${item.id}`}>
                <div class="item-head">
                  <span class="item-number">{item.number}</span>
                  <div class="grow">
                    <p class="item-name">{item.name}</p>
                    {item.result && <p class="small muted">{t("reader.meeting.result", { result: item.result })}</p>}
                  </div>
                  {item.isNew && <Badge kind="new">{t("reader.badge.new")}</Badge>}
                </div>
                {item.papers.length > 0 && <PaperRows item={item} meeting={meeting.id} onlyNew={onlyNew} pictures />}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

/** split cuts the agenda where it changes between public and non-public. */
export function split(items: readonly AgendaItem[]): { open: boolean; items: AgendaItem[] }[] {
  const parts: { open: boolean; items: AgendaItem[] }[] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last && last.open === item.public) last.items.push(item);
    else parts.push({ open: item.public, items: [item] });
  }
  return parts;
}
