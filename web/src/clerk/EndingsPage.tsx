import { useEffect, useState } from "preact/hooks";
import type { Device } from "../devices/device.ts";
import { DeviceRow } from "../devices/DeviceRow.tsx";
import "../devices/devices.css";
import { t as console_ } from "../i18n/clerk.ts";
import { dayOf, formatDate } from "../i18n/index.ts";
import { Button, Empty, Failed, LinkButton, Loading } from "../ui/index.ts";
import { useBody } from "./chosen_body.ts";
import { readAll } from "./api.ts";
import { type Clerk, clerkBodies } from "./clerk_state.ts";
import { deviceActs } from "./DevicesPage.tsx";
import { type Day, type Endings, loadEndings, type Part, readable, type Side, sides } from "./endings.ts";
import { t } from "./endings_texts.ts";
import { t as persons } from "./persons_texts.ts";
import { roleName } from "./PersonsPage.tsx";
import { hrefPerson, hrefPersons } from "./route.ts";

/** What ends, what each person loses on which day, and what lies on their devices. */
export function EndingsPage({ clerk }: { clerk: Clerk }) {
  const bodies = clerkBodies(clerk.me);
  const [body, setBody] = useBody(bodies);
  const [all, setAll] = useState<Endings | null>(null);
  const [devices, setDevices] = useState<Device[]>([]);
  const [error, setError] = useState<unknown>(null);
  const load = (): void => {
    setError(null);
    setAll(null);
    loadEndings(body).then(setAll, setError);
    readAll<Device>(`/api/v1/bodies/${body}/devices`, 5000).then(setDevices, () => setDevices([]));
  };
  useEffect(() => {
    document.title = `${t("endings.title")} – ${console_("console.app")}`;
  }, []);
  useEffect(load, [body]);
  const changed = (d: Device): void => setDevices((now) => now.map((x) => (x.id === d.id ? { ...x, ...d, person: x.person } : x)));
  const { coming, past } = sides(all?.data ?? [], dayOf(new Date()));
  const of = (s: Side): Device[] => devices.filter((d) => d.person?.id === s.person.id);
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("endings.title")}</h1>
        <LinkButton icon="person" label={persons("persons.title")} href={hrefPersons} />
      </div>
      {bodies.length > 1 && (
        <select class="input setup-body" aria-label={persons("persons.body")} value={body} onChange={(e) => setBody(e.currentTarget.value)}>
          {bodies.map((b) => (
            <option key={b.id} value={b.id}>
              {b.name}
            </option>
          ))}
        </select>
      )}
      {error !== null && <Failed error={error} again={load} />}
      {!all && error === null && <Loading />}
      {all && <p class="endings-intro muted">{t("endings.intro", { back: all.back, ahead: all.ahead })}</p>}
      {all?.data.length === 0 && (
        <Empty icon="calendar" title={t("endings.none")}>
          <p>{t("endings.noneText")}</p>
        </Empty>
      )}
      {all && all.data.length > 0 && (
        <section class="endings" aria-labelledby="endings-coming">
          <h2 id="endings-coming">{t("endings.coming")}</h2>
          {coming.length === 0 && <p class="muted">{t("endings.noneComing", { ahead: all.ahead })}</p>}
          {coming.map((s) => (
            <Person key={s.person.id} side={s} devices={of(s)} changed={changed} />
          ))}
        </section>
      )}
      {past.length > 0 && (
        <section class="endings" aria-labelledby="endings-past">
          <h2 id="endings-past">{t("endings.past")}</h2>
          {past.map((s) => (
            <Person key={s.person.id} side={s} devices={of(s)} changed={changed} past />
          ))}
        </section>
      )}
      {all?.more && <p class="muted">{t("endings.more")}</p>}
    </>
  );
}

function Person({ side, devices, changed, past }: { side: Side; devices: Device[]; changed: (d: Device) => void; past?: boolean }) {
  const [open, setOpen] = useState(false);
  const still = readable(devices);
  const out = side.days.some((d) => d.out);
  return (
    <article class="ending" aria-label={side.person.name}>
      <div class="ending-head">
        <h3>
          <a href={hrefPerson(side.person.id)} title={t("endings.person")}>
            {side.person.name}
          </a>
        </h3>
        {side.person.account && <span class="small muted">{side.person.account}</span>}
      </div>
      {side.days.map((d) => (
        <DayPart key={d.last} day={d} past={past ?? false} />
      ))}
      {devices.length > 0 && out && (
        <div class="ending-devices">
          <p class="small">
            {t.n("endings.devices", devices.length)}. {still.n > 0 && t.n("endings.readable", still.n, { date: formatDate(still.until) })}
          </p>
          <Button label={t(open ? "endings.hide" : "endings.wipe")} icon="device" aria-expanded={open} onClick={() => setOpen(!open)} />
        </div>
      )}
      {open && (
        <ul class="ending-list">
          {devices.map((d) => (
            <DeviceRow key={d.id} device={d} acts={deviceActs} changed={changed} />
          ))}
        </ul>
      )}
    </article>
  );
}

function DayPart({ day, past }: { day: Day; past: boolean }) {
  const names = day.loses.map((o) => o.name).join(", ");
  const lines = [
    names && t(past ? "endings.lost" : "endings.loses", { names }),
    day.clerk && t(past ? "endings.clerkPast" : "endings.clerk"),
    ...day.grace.map((g) => t("endings.grace", { name: g.organization.name, date: plain(g.until) })),
    day.out && t(past ? "endings.outPast" : "endings.out"),
  ].filter(Boolean);
  const today = day.last === dayOf(new Date());
  return (
    <div class="ending-day">
      <p>
        <strong>{day.ends.map(part).join(" · ")}</strong>
        <span class="ending-date">{today ? t("endings.today") : t(past ? "endings.was" : "endings.last", { date: plain(day.last) })}</span>
      </p>
      <ul>
        {lines.length === 0 && <li>{t("endings.nothing")}</li>}
        {lines.map((l) => (
          <li key={l as string}>{l}</li>
        ))}
      </ul>
    </div>
  );
}

function part(p: Part): string {
  const name = p.organization?.name ?? "";
  if (p.kind === "seat") return t("endings.seat", { role: p.role, name });
  if (p.kind === "deputy") return t("endings.deputy", { name });
  if (p.kind === "access") return t("endings.access");
  return [roleName(p.role), name].filter(Boolean).join(", ");
}

/** A calendar day without a time zone, "30.11.2026". */
const plain = (day: string): string => formatDate(`${day}T12:00:00Z`);
