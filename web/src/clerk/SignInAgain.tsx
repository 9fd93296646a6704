import { check, expired } from "../api/session.ts";
import { t } from "../i18n/clerk.ts";
import { Button, Dialog, LinkButton } from "../ui/index.ts";
import { uploading } from "./MeetingPage.tsx";
import { signInHere } from "./sign_in.ts";

/** The sign-in has ended. Both ways back lose nothing typed; only files on their way need the second. */
export function SignInAgain() {
  const files = uploading.value;
  return (
    <Dialog
      open={expired.value}
      title={t("console.expired.title")}
      actions={
        <>
          <Button variant="quiet" label={t("console.expired.check")} onClick={() => void check()} />
          <LinkButton
            variant={files > 0 ? "primary" : "plain"}
            label={t("console.expired.window")}
            href="/auth/login?return=/app/signed-in"
            target="_blank"
            rel="opener"
          />
          <LinkButton variant={files > 0 ? "plain" : "primary"} label={t("console.expired.here")} href={signInHere()} />
        </>
      }
    >
      <p>{t("console.expired.text")}</p>
      {files > 0 && <p class="notice">{t.n("console.expired.files", files)}</p>}
    </Dialog>
  );
}
