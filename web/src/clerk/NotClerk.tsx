import { t } from "../i18n/clerk.ts";
import { Empty, LinkButton } from "../ui/index.ts";
import type { Me } from "./wire.ts";

/** What somebody sees who may not work here: a plain word and the way to where they belong. */
export function NotClerk({ me }: { me: Me }) {
  return (
    <main class="page">
      <Empty icon="person" title={t("console.not.title")}>
        <p>{t("console.not.text", { name: me.name })}</p>
        <p class="actions">
          <LinkButton variant="primary" href="/app/" label={t("console.not.go")} />
        </p>
        <form method="post" action="/auth/logout" class="actions">
          <button type="submit" class="btn" data-variant="quiet">
            {t("console.not.other")}
          </button>
        </form>
      </Empty>
    </main>
  );
}
