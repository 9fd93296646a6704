import { useState } from "preact/hooks";
import { confirming, settle } from "../api/confirm.ts";
import { confirmWithPasskey, supported } from "../api/passkeys.ts";
import { Problem } from "../api/problem.ts";
import { t } from "../i18n/confirm.ts";
import { Button, LinkButton } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";

/** usePasskey runs one confirmation and keeps what to say about it. */
export function usePasskey(done: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const run = async () => {
    setBusy(true);
    setProblem("");
    try {
      await confirmWithPasskey();
      done();
    } catch (err) {
      setProblem(err instanceof Problem ? err.detail : t("confirm.broken_off"));
    }
    setBusy(false);
  };
  return { busy, problem, run };
}

/** ConfirmDialog asks whether it is still the same person when a non-public paper is opened after a long time; once per page. */
export function ConfirmDialog() {
  const { busy, problem, run } = usePasskey(() => settle(true));
  return (
    <Dialog
      open={confirming.value}
      title={t("confirm.title")}
      onClose={() => settle(false)}
      actions={
        <>
          <Button variant="quiet" label={t("confirm.later")} onClick={() => settle(false)} />
          <LinkButton variant={supported() ? "plain" : "primary"} label={t("confirm.sign_in")} href="/auth/login?step=1&return=/app/signed-in" target="_blank" rel="opener" />
          {supported() && <Button variant="primary" label={t("confirm.passkey")} disabled={busy} onClick={() => void run()} />}
        </>
      }
    >
      <p>{t("confirm.text")}</p>
      <p class={problem ? "notice" : "muted"} role="status">
        {busy ? t("confirm.busy") : problem}
      </p>
    </Dialog>
  );
}
