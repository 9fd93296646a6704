import { t as console_ } from "../i18n/clerk.ts";
import { Button, Icon, LinkButton } from "../ui/index.ts";
import type { Clerk } from "./clerk_state.ts";
import { hrefTraces, route } from "./route.ts";
import { TracePage } from "./TracePage.tsx";
import { t } from "./trace_texts.ts";
import { TracesPage } from "./TracesPage.tsx";
import type { Me } from "./wire.ts";

/** True for who decides as the second person without being clerk: the mayor. */
export const isSecond = (me: Me): boolean => me.roles.includes("mayor");

/** The console of the mayor: the releases, and nothing else of it. */
export function SecondPerson({ clerk }: { clerk: Clerk }) {
  const at = route.value;
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
          <span class="head-person small muted">{clerk.me.name}</span>
          <LinkButton variant="quiet" icon="file" label={t("traces.reader")} href="/app/" />
          <form method="post" action="/auth/logout">
            <Button type="submit" variant="quiet" icon="exit" iconOnly label={console_("console.signOut")} />
          </form>
        </div>
      </header>
      <main id="main" class="page" tabIndex={-1}>
        {at.name === "trace" ? <TracePage key={at.id} id={at.id} /> : <TracesPage clerk={clerk} />}
      </main>
    </>
  );
}
