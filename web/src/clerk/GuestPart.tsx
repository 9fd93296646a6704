import { useState } from "preact/hooks";
import { formatDay, formatTime } from "../i18n/index.ts";
import { Button } from "../ui/index.ts";
import { t } from "./access_texts.ts";
import { toUTC, toWall } from "./berlin.ts";
import { Labelled } from "./MeetingFields.tsx";
import { Choice, nameOf, type PartProps } from "./ParticipationDialog.tsx";

/** Gäste: somebody from outside reads one item and its papers until a moment. */
export function GuestPart({ meeting, now, busy, act }: PartProps) {
  const day = toWall(meeting.start);
  const [item, setItem] = useState("");
  const [person, setPerson] = useState("");
  const [date, setDate] = useState(day.date);
  const [time, setTime] = useState("23:59");
  const items = meeting.agendaItems.map((i) => ({ id: i.id, name: `${i.number} ${i.name}`.trim() }));
  const end = toUTC(date, time);
  const invite = async (): Promise<void> => {
    const revision = meeting.agendaItems.find((i) => i.id === item)?.revision;
    if (!(await act({ method: "POST", path: `/api/v1/agenda-items/${item}/guests`, body: { person, end }, revision }))) return;
    setPerson("");
  };
  return (
    <section aria-labelledby="part-guests">
      <h3 id="part-guests">{t("guest.title")}</h3>
      <p class="small muted">{t("guest.text")}</p>
      <ul class="participation-list">
        {now.guests.map((g) => (
          <li key={g.id}>
            <span>
              <strong>{nameOf(now, g.person)}</strong>, {items.find((i) => i.id === g.agendaItem)?.name}
              <span class="small muted">{t("guest.until", { date: formatDay(g.end), time: formatTime(g.end) })}</span>
            </span>
            <Button
              label={t("guest.dismiss")}
              aria-label={t("guest.dismissOf", { name: nameOf(now, g.person) })}
              disabled={busy}
              onClick={() => void act({ method: "DELETE", path: `/api/v1/agenda-items/${g.agendaItem}/guests/${g.id}`, revision: g.revision })}
            />
          </li>
        ))}
      </ul>
      <Labelled label={t("guest.item")}>{(id) => <Choice id={id} value={item} set={setItem} options={items} />}</Labelled>
      <Labelled label={t("guest.person")}>{(id) => <Choice id={id} value={person} set={setPerson} options={now.persons} />}</Labelled>
      <Labelled label={t("guest.date")}>
        {(id) => <input id={id} class="input" type="date" value={date} onInput={(e) => setDate(e.currentTarget.value)} />}
      </Labelled>
      <Labelled label={t("guest.time")}>
        {(id) => <input id={id} class="input" type="time" value={time} onInput={(e) => setTime(e.currentTarget.value)} />}
      </Labelled>
      <Button variant="primary" label={t("guest.invite")} disabled={busy || item === "" || person === "" || !end} onClick={() => void invite()} />
    </section>
  );
}
