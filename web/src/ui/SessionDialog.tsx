import { expired } from "../api/session.ts";
import { t } from "../i18n/ui.ts";
import { LinkButton } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";

/** SessionDialog appears when the sign-in has expired in the middle of work; once per page. It cannot be closed: nothing would be saved. */
export function SessionDialog() {
  return (
    <Dialog
      open={expired.value}
      title={t("ui.session.title")}
      actions={<LinkButton variant="primary" label={t("ui.session.open")} href="/auth/login?return=/app/signed-in" target="_blank" rel="opener" />}
    >
      <p>{t("ui.session.text")}</p>
      <p class="muted">{t("ui.session.hint")}</p>
    </Dialog>
  );
}
