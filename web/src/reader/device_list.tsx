import { useEffect, useState } from "preact/hooks";
import { get, patch, post } from "../api/client.ts";
import { type Acts, type Device } from "../devices/device.ts";
import { DeviceRow } from "../devices/DeviceRow.tsx";
import "../devices/devices.css";
import { Notices } from "../devices/Notices.tsx";
import { t } from "../devices/texts.ts";
import { t as passkeys } from "../i18n/confirm.ts";
import { Button, errorText, Failed, LinkButton, List, Loading, toast } from "../ui/index.ts";
import { useLoad } from "./load.ts";
import { me, signOut } from "./own.ts";
import { back, href } from "./router.ts";
import { t as reader } from "./texts.ts";
import { useTitle } from "./title.ts";

const acts: Acts = {
  signOut: async (d) => (await post<Device>(`${d.url}/sign-out`)).data,
  wipe: async (d) => (await post<Device>(`${d.url}/wipe`)).data,
  keep: async (d) => (await post<Device>(`${d.url}/keep`)).data,
  rename: async (d, name) => (await patch<Device>(d.url, { name }, { revision: d.revision })).data,
};

/** DeviceList shows the person's own devices: sign out one, the others or all, and have a lost one deleted. */
export function DeviceList() {
  useTitle(t("devices.title"));
  const { loaded, again } = useLoad("devices", async (signal) => (await get<{ data: Device[] }>("/api/v1/devices", { signal })).data);
  const [all, setAll] = useState<Device[]>([]);
  useEffect(() => {
    if (loaded.state === "there") setAll(loaded.data);
  }, [loaded]);
  const changed = (d: Device): void => {
    setAll((now) => now.map((x) => (x.id === d.id ? d : x)));
    if (d.this && d.wipe !== "none") void get("/api/v1/me"); // the next contact brings the order to this very device
  };
  const others = all.filter((d) => d.signedIn && !d.this).length;
  const leaveOthers = async (): Promise<void> => {
    try {
      const { data } = await post<{ sessions: number }>("/api/v1/devices/sign-out", { keepThis: true });
      toast(t.n("devices.others.done", data.sessions));
      again();
    } catch (error) {
      toast(errorText(error), { kind: "error" });
    }
  };
  const leaveAll = async (): Promise<void> => {
    if (others > 0) await leaveOthers();
    if (!(await signOut())) toast(t("devices.unsent"), { kind: "error" });
  };
  return (
    <>
      <div class="way">
        <Button variant="quiet" icon="back" label={reader("reader.title")} onClick={() => back(href.home())} />
      </div>
      <div class="devices-head">
        <h1>{t("devices.title")}</h1>
        {others > 0 && <Button icon="exit" label={t("devices.others")} onClick={() => void leaveOthers()} />}
      </div>
      <p class="devices-intro muted">{t("devices.intro")}</p>
      <p class="devices-intro">
        <LinkButton icon="lock" href="/app/passkeys" label={passkeys("passkeys.link")} />
      </p>
      {me.value && <Notices person={me.value.id} />}
      {loaded.state === "loading" && all.length === 0 && <Loading />}
      {loaded.state === "failed" && <Failed error={loaded.error} again={again} />}
      {all.length > 0 && (
        <List label={t("devices.title")}>
          {[...all].sort((a, b) => Number(b.this) - Number(a.this)).map((d) => (
            <DeviceRow key={d.id} device={d} acts={acts} changed={changed} />
          ))}
        </List>
      )}
      {all.length > 0 && (
        <div class="devices-end">
          <Button variant="quiet" icon="exit" label={t("devices.everywhere")} onClick={() => void leaveAll()} />
        </div>
      )}
    </>
  );
}
