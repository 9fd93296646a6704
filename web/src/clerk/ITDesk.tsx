import { t as console_ } from "../i18n/clerk.ts";
import { t } from "../devices/texts.ts";
import { Button, Icon, LinkButton } from "../ui/index.ts";
import type { Clerk } from "./clerk_state.ts";
import { DevicesPage } from "./DevicesPage.tsx";
import { hrefDevices, hrefSetup, route } from "./route.ts";
import { SetupPage } from "./SetupPage.tsx";
import { t as setupText } from "./persons_texts.ts";
import type { Me } from "./wire.ts";

/** True for who runs the system of a Body without being its clerk: devices, and no papers. */
export const isIT = (me: Me): boolean => me.roles.includes("it");

/** The console of those who run the system. */
export function ITDesk({ clerk }: { clerk: Clerk }) {
  return (
    <>
      <a class="skip" href="#main">
        {console_("console.skip")}
      </a>
      <header class="head">
        <a class="head-name" href={hrefDevices} aria-current="page">
          <Icon name="device" />
          <span>{t("devices.office.title")}</span>
        </a>
        <div class="head-end">
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
        {route.value.name === "setup" ? <SetupPage clerk={clerk} /> : <DevicesPage clerk={clerk} />}
      </main>
    </>
  );
}
