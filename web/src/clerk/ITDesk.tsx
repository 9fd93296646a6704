import { t as console_ } from "../i18n/clerk.ts";
import { t } from "../devices/texts.ts";
import { Button, Icon, LinkButton } from "../ui/index.ts";
import type { Clerk } from "./clerk_state.ts";
import { DevicesPage } from "./DevicesPage.tsx";
import { hrefDevices, hrefSetup, hrefTrial, route } from "./route.ts";
import { t as trialText } from "./trial_texts.ts";
import { TrialPage } from "./TrialPage.tsx";
import { SetupPage } from "./SetupPage.tsx";
import { t as setupText } from "./persons_texts.ts";
import type { Me } from "./wire.ts";

/** True for who runs the system of a Body without being its clerk: devices, and no papers. */
export const isIT = (me: Me): boolean => me.roles.includes("it");

/** The console of those who run the system. */
export function ITDesk({ clerk }: { clerk: Clerk }) {
  const trial = route.value.name === "trial";
  return (
    <>
      <a class="skip" href="#main">
        {console_("console.skip")}
      </a>
      <header class="head">
        <a class="head-name" href={hrefDevices} aria-current={trial ? undefined : "page"}>
          <Icon name="device" />
          <span>{t("devices.office.title")}</span>
        </a>
        <div class="head-end">
          <a class="btn" data-variant="quiet" href={hrefTrial} aria-current={trial ? "page" : undefined}>
            <Icon name="person" />
            <span>{trialText("trial.nav")}</span>
          </a>
          <a class="btn" data-variant="quiet" href={hrefSetup} aria-current={route.value.name === "setup" ? "page" : undefined}>
            <Icon name="settings" />
            <span>{setupText("setup.title")}</span>
          </a>
          <span class="head-person small muted">{clerk.me.name}</span>
          <LinkButton variant="quiet" icon="file" label={console_("console.reader")} href="/app/" />
          <form method="post" action="/auth/logout">
            <Button type="submit" variant="quiet" icon="exit" iconOnly label={console_("console.signOut")} />
          </form>
        </div>
      </header>
      <main id="main" class="page" tabIndex={-1}>
        {trial ? <TrialPage /> : route.value.name === "setup" ? <SetupPage clerk={clerk} /> : <DevicesPage clerk={clerk} />}
      </main>
    </>
  );
}
