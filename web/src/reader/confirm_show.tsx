import { safeReturn } from "../api/confirm.ts";
import { supported } from "../api/passkeys.ts";
import { t } from "../i18n/confirm.ts";
import { usePasskey } from "../ui/ConfirmDialog.tsx";
import { Button, LinkButton } from "../ui/index.ts";
import "./passkeys.css";

/** ConfirmShow is the page for confirming who is there; a page of the sign-in leads here while the provider is down. */
export function ConfirmShow({ query }: { query: URLSearchParams }) {
  const back = safeReturn(query.get("return"));
  const { busy, problem, run } = usePasskey(() => location.assign(back));
  return (
    <section class="passkeys">
      <h1 tabIndex={-1}>{t("confirm.title")}</h1>
      <p>{t("confirm.text")}</p>
      <p class={problem ? "notice" : "muted"} role="status">
        {busy ? t("confirm.busy") : problem}
      </p>
      <p class="passkeys-acts">
        {supported() && <Button variant="primary" label={t("confirm.passkey")} disabled={busy} onClick={() => void run()} />}
        <LinkButton variant={supported() ? "plain" : "primary"} label={t("confirm.sign_in")} href={`/auth/login?step=1&return=${encodeURIComponent(back)}`} />
      </p>
      <p>
        <a href="/app/passkeys">{t("passkeys.link")}</a>
      </p>
    </section>
  );
}
