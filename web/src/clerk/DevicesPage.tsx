import { useEffect, useState } from "preact/hooks";
import { call } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import { type Acts, type Device } from "../devices/device.ts";
import { DeviceRow } from "../devices/DeviceRow.tsx";
import "../devices/devices.css";
import { t } from "../devices/texts.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { Button, Empty, Failed, List, Loading } from "../ui/index.ts";
import { useBody } from "./chosen_body.ts";
import { readAll } from "./api.ts";
import type { Clerk } from "./clerk_state.ts";
import { signedOut } from "./sign_in.ts";
import type { Me } from "./wire.ts";

/** The bodies whose people's devices the person looks after: as clerk, or because they run the system. */
export const deviceBodies = (me: Me): Me["bodies"] => me.bodies.filter((b) => b.roles.some((r) => r === "clerk" || r === "it"));

const act = (what: string) => async (d: Device): Promise<Device> => {
  try {
    return (await call<Device>("POST", `${d.url}/${what}`, { background: true })).data;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) signedOut();
    throw error;
  }
};
/** What clerk and IT can do with somebody's device. */
export const deviceActs: Acts = { signOut: act("sign-out"), wipe: act("wipe"), keep: act("keep") };

/** What a search finds: every word in the person's name or the device's. Pure. */
export function found(all: readonly Device[], q: string): Device[] {
  const words = q.toLocaleLowerCase("de").split(/\s+/).filter(Boolean);
  return all.filter((d) => words.every((w) => `${d.person?.name ?? ""} ${d.name} ${d.kind}`.toLocaleLowerCase("de").includes(w)));
}

const waits = (d: Device): boolean => d.wipe === "pending" || d.wipe === "delivered";

/** Devices of the people of a Body: what waits for a confirmation first to be found, then by name. */
export function DevicesPage({ clerk }: { clerk: Clerk }) {
  const bodies = deviceBodies(clerk.me);
  const [body, setBody] = useBody(bodies);
  const [all, setAll] = useState<Device[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [q, setQ] = useState("");
  const [open, setOpen] = useState(false);
  const load = (): void => {
    setError(null);
    setAll(null);
    readAll<Device>(`/api/v1/bodies/${body}/devices`, 5000).then(setAll, setError);
  };
  useEffect(() => {
    document.title = `${t("devices.office.title")} – ${console_("console.app")}`;
  }, []);
  useEffect(load, [body]);
  const waiting = all?.filter(waits).length ?? 0;
  const shown = found(all ?? [], q).filter((d) => !open || waits(d));
  return (
    <>
      <div class="devices-head">
        <h1 tabIndex={-1}>{t("devices.office.title")}</h1>
        {all && all.length > 0 && <span class="muted">{t.n("devices.office.count", all.length)}</span>}
      </div>
      <p class="devices-intro muted">{t("devices.office.intro")}</p>
      <div class="devices-tools devices-head">
        <input class="input" type="search" value={q} placeholder={t("devices.office.search")} aria-label={t("devices.office.search")} onInput={(e) => setQ(e.currentTarget.value)} />
        {bodies.length > 1 && (
          <select class="input" value={body} aria-label={t("devices.office.body")} onChange={(e) => setBody(e.currentTarget.value)}>
            {bodies.map((b) => (
              <option key={b.id} value={b.id}>
                {b.name}
              </option>
            ))}
          </select>
        )}
        {(waiting > 0 || open) && (
          <Button label={t(open ? "devices.office.all" : "devices.office.open")} icon={open ? "list" : "warn"} aria-pressed={open} onClick={() => setOpen(!open)}>
            {!open && <b class="count">{waiting}</b>}
          </Button>
        )}
      </div>
      {error !== null && <Failed error={error} again={load} />}
      {!all && error === null && <Loading />}
      {all?.length === 0 && (
        <Empty icon="device" title={t("devices.office.empty")}>
          <p>{t("devices.office.emptyText")}</p>
        </Empty>
      )}
      {all && all.length > 0 && shown.length === 0 && (
        <Empty icon="search" title={t("devices.office.none")}>
          <p>{t("devices.office.noneText", { q })}</p>
        </Empty>
      )}
      {shown.length > 0 && (
        <List label={t("devices.office.title")}>
          {shown.map((d) => (
            <DeviceRow key={d.id} device={d} acts={deviceActs} person changed={(x) => setAll((now) => now?.map((y) => (y.id === x.id ? { ...x, person: y.person } : y)) ?? null)} />
          ))}
        </List>
      )}
    </>
  );
}
