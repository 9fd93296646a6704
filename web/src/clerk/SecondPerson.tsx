import { useEffect } from "preact/hooks";
import { t as console_ } from "../i18n/clerk.ts";
import { Button, Icon, LinkButton } from "../ui/index.ts";
import type { Clerk } from "./clerk_state.ts";
import { loadRequests, privacyOpen } from "./privacy.ts";
import { PrivacyPage } from "./PrivacyPage.tsx";
import { PrivacyRequestPage } from "./PrivacyRequestPage.tsx";
import { t as privacy } from "./privacy_texts.ts";
import { hrefPrivacy, hrefTraces, route } from "./route.ts";
import { TracePage } from "./TracePage.tsx";
import { t } from "./trace_texts.ts";
import { TracesPage } from "./TracesPage.tsx";
import type { Me } from "./wire.ts";

/** True for who decides as the second person without being clerk: the mayor. */
export const isSecond = (me: Me): boolean => me.roles.includes("mayor");

/** The console of the mayor: the releases of both kinds, and nothing else of it. */
export function SecondPerson({ clerk }: { clerk: Clerk }) {
  const at = route.value;
  const data = at.name === "privacy" || at.name === "privacyRequest";
  const waiting = privacyOpen.value ?? 0;
  const label = waiting > 0 ? `${privacy("privacy.nav")}: ${privacy.n("privacy.open", waiting)}` : privacy("privacy.nav");
  useEffect(() => void loadRequests().catch(() => undefined), []);
  const screen = () => {
    if (at.name === "trace") return <TracePage key={at.id} id={at.id} />;
    if (at.name === "privacyRequest") return <PrivacyRequestPage key={at.id} id={at.id} />;
    return at.name === "privacy" ? <PrivacyPage clerk={clerk} person="" /> : <TracesPage clerk={clerk} />;
  };
  return (
    <>
      <a class="skip" href="#main">
        {console_("console.skip")}
      </a>
      <header class="head">
        <a class="head-name" href={hrefTraces} aria-current={at.name === "traces" ? "page" : undefined}>
          <Icon name="history" />
          <span>{t("traces.second.title")}</span>
        </a>
        <div class="head-end">
          <a class="btn head-work" data-variant="quiet" href={hrefPrivacy} aria-label={label} title={label} aria-current={data ? "page" : undefined}>
            <Icon name="person" />
            <span>{privacy("privacy.nav")}</span>
            {waiting > 0 && <b class="count">{waiting}</b>}
          </a>
          <span class="head-person small muted">{clerk.me.name}</span>
          <LinkButton variant="quiet" icon="file" label={t("traces.reader")} href="/app/" />
          <form method="post" action="/auth/logout">
            <Button type="submit" variant="quiet" icon="exit" iconOnly label={console_("console.signOut")} />
          </form>
        </div>
      </header>
      <main id="main" class="page" tabIndex={-1}>
        {screen()}
      </main>
    </>
  );
}
