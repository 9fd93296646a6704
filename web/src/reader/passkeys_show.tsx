import { useEffect, useState } from "preact/hooks";
import { addPasskey, listPasskeys, type Passkey, type Passkeys, removePasskey, supported } from "../api/passkeys.ts";
import { Problem } from "../api/problem.ts";
import { t } from "../i18n/confirm.ts";
import { formatDate } from "../i18n/index.ts";
import { Button, Dialog, Empty, errorText, Failed, Loading, toast } from "../ui/index.ts";
import "./passkeys.css";

/** PasskeysShow lists the person's own keys, adds and removes them. */
export function PasskeysShow() {
  const [list, set] = useState<{ now?: Passkeys; error?: unknown }>({});
  const [busy, setBusy] = useState(false);
  const [name, setName] = useState("");
  const [removing, remove] = useState<Passkey | null>(null);
  const load = () => void listPasskeys().then((now) => set({ now }), (error: unknown) => set({ error }));
  useEffect(load, []);
  if (list.error) return <Failed error={list.error} again={load} />;
  if (!list.now) return <Loading />;
  const { data, possible } = list.now;
  const usable = possible && supported();

  const add = async () => {
    setBusy(true);
    try {
      await addPasskey(name.trim() || t("passkeys.default_name"));
      toast(t("passkeys.added"));
      setName("");
      load();
    } catch (err) {
      toast(err instanceof Problem ? err.detail : t("passkeys.add_failed"), { kind: "error" });
    }
    setBusy(false);
  };
  const gone = async (key: Passkey) => {
    remove(null);
    try {
      await removePasskey(key.id);
      toast(t("passkeys.removed"));
    } catch (err) {
      toast(errorText(err), { kind: "error" });
    }
    load();
  };

  return (
    <section class="passkeys">
      <h1 tabIndex={-1}>{t("passkeys.title")}</h1>
      <p>{t("passkeys.text")}</p>
      {!usable && <p class="notice">{possible ? t("passkeys.unsupported") : t("passkeys.impossible")}</p>}
      {data.length === 0 && usable && (
        <Empty icon="lock" title={t("passkeys.none")}>
          <p>{t("passkeys.none_text")}</p>
        </Empty>
      )}
      <ul class="passkeys-list">
        {data.map((k) => (
          <li key={k.id}>
            <div>
              <strong>{k.name || t("passkeys.default_name")}</strong>
              <div class="muted">
                {t("passkeys.created", { date: formatDate(k.created) })}, {k.lastUsed ? t("passkeys.used", { date: formatDate(k.lastUsed) }) : t("passkeys.never")}
                {!k.here && <>; {t("passkeys.elsewhere")}</>}
              </div>
            </div>
            <Button label={t("passkeys.remove")} onClick={() => remove(k)} />
          </li>
        ))}
      </ul>
      {usable && (
        <form
          class="passkeys-add"
          onSubmit={(e) => {
            e.preventDefault();
            void add();
          }}
        >
          <label>
            {t("passkeys.name")}
            <input class="input" maxLength={60} value={name} placeholder={t("passkeys.default_name")} onInput={(e) => setName(e.currentTarget.value)} />
          </label>
          <Button type="submit" variant="primary" label={t("passkeys.add")} disabled={busy} />
        </form>
      )}
      <Dialog
        open={removing !== null}
        title={t("passkeys.remove_title")}
        onClose={() => remove(null)}
        actions={
          <>
            <Button label={t("passkeys.keep")} onClick={() => remove(null)} />
            <Button variant="danger" label={t("passkeys.remove")} onClick={() => removing && void gone(removing)} />
          </>
        }
      >
        <p>{t("passkeys.remove_text", { name: removing?.name || t("passkeys.default_name") })}</p>
      </Dialog>
    </section>
  );
}
