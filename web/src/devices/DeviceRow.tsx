import { useState } from "preact/hooks";
import { Badge, Button, Dialog, errorText, Icon, toast } from "../ui/index.ts";
import { type Acts, badges, type Device, small, standing, tell } from "./device.ts";
import { t } from "./texts.ts";

/** One device with what is known of it and what can be done with it. */
export function DeviceRow({ device, acts, changed, person }: { device: Device; acts: Acts; changed: (d: Device) => void; person?: boolean }) {
  const [asking, ask] = useState<"" | "wipe" | "rename">("");
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<Device>, done?: { text: string; undo?: () => void }): Promise<void> => {
    setBusy(true);
    try {
      changed(await act());
      ask("");
      if (done) toast(done.text, done.undo && { action: { label: t("devices.undo"), run: done.undo } });
    } catch (error) {
      toast(errorText(error), { kind: "error" });
    } finally {
      setBusy(false);
    }
  };
  const keep = (): void => void run(() => acts.keep(device), { text: t("devices.keep.done", { name: device.name }) });
  const wiping = device.wipe !== "none";
  return (
    <li class="device">
      <span class="device-icon">
        <Icon name="device" />
      </span>
      <div class="device-body">
        <p class="device-head">
          <strong>{device.name}</strong>
          <Badge {...badges[standing(device)]}>{t(`devices.state.${standing(device)}`)}</Badge>
        </p>
        {person && device.person && <p class="device-person">{device.person.name}</p>}
        {tell(device, new Date()).map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p class="small muted">{small(device)}</p>
      </div>
      <div class="device-acts">
        {acts.rename && !wiping && <Button variant="quiet" icon="edit" iconOnly label={t("devices.rename", { name: device.name })} disabled={busy} onClick={() => ask("rename")} />}
        {!wiping && device.signedIn && !device.this && (
          <Button label={t("devices.signOut")} icon="exit" disabled={busy} onClick={() => void run(() => acts.signOut(device), { text: t("devices.signOut.done", { name: device.name }) })} />
        )}
        {!wiping && <Button label={t(device.signedIn ? "devices.wipe" : "devices.wipe.only")} icon="trash" disabled={busy} onClick={() => ask("wipe")} />}
        {device.wipe === "pending" && <Button label={t("devices.keep")} icon="undo" disabled={busy} onClick={keep} />}
      </div>
      <Dialog
        open={asking === "wipe"}
        title={device.person ? t("devices.wipe.titleOf", { name: device.name, person: device.person.name }) : t("devices.wipe.title", { name: device.name })}
        onClose={() => ask("")}
        actions={
          <>
            <Button label={t("devices.cancel")} onClick={() => ask("")} />
            <Button
              variant="danger"
              icon="trash"
              label={t("devices.wipe")}
              disabled={busy}
              onClick={() => void run(() => acts.wipe(device), device.this ? undefined : { text: t("devices.wipe.done", { name: device.name }), undo: keep })}
            />
          </>
        }
      >
        <p>{t(device.this ? "devices.wipe.this" : "devices.wipe.text")}</p>
        {!device.this && <p>{device.leaseUntil ? tell({ ...device, wipe: "pending" }, new Date()).at(-1) : t("devices.wipe.contact")}</p>}
        <p class="muted">{t(device.person ? "devices.wipe.kept" : "devices.wipe.own")}</p>
      </Dialog>
      {asking === "rename" && acts.rename && (
        <Rename device={device} busy={busy} close={() => ask("")} save={(name) => void run(() => acts.rename!(device, name))} />
      )}
    </li>
  );
}

function Rename({ device, busy, close, save }: { device: Device; busy: boolean; close: () => void; save: (name: string) => void }) {
  const [name, set] = useState(device.name);
  return (
    <Dialog
      open
      title={t("devices.rename.title")}
      onClose={close}
      actions={
        <>
          <Button label={t("devices.cancel")} onClick={close} />
          <Button variant="primary" label={t("devices.save")} disabled={busy} onClick={() => save(name.trim() === device.kind ? "" : name)} />
        </>
      }
    >
      <form
        onSubmit={(e) => {
          e.preventDefault();
          save(name.trim() === device.kind ? "" : name);
        }}
      >
        <label class="device-field">
          {t("devices.rename.label")}
          <input class="input" maxLength={60} value={name} onInput={(e) => set(e.currentTarget.value)} />
        </label>
        <p class="small muted">{t("devices.rename.hint", { kind: device.kind })}</p>
      </form>
    </Dialog>
  );
}
