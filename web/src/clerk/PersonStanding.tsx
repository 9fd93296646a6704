import { dayOf, formatDate } from "../i18n/index.ts";
import { Button } from "../ui/index.ts";
import { t } from "./accounts_texts.ts";
import { inForce, officeOf, type Person } from "./persons.ts";
import { roleName } from "./PersonsPage.tsx";

/** Why somebody cannot sign in, or holds nothing yet: whose lock it is, and that nobody has confirmed whom the directory made. */
export function PersonStanding({ person, busy, confirm }: { person: Person; busy: boolean; confirm: () => void }) {
  const over = person.locked && new Date(person.locked) <= new Date();
  const waiting = person.grants
    .filter((g) => g.kept && inForce(g, dayOf(new Date())))
    .map((g) => officeOf(g, roleName, (name) => t("accounts.offices.sum", { name })));
  return (
    <>
      {person.locked && over && person.lockedBy && <p class="notice">{t(`accounts.locked.${person.lockedBy}`)}</p>}
      {person.locked && !over && <p class="notice">{t("accounts.ending", { date: formatDate(new Date(new Date(person.locked).getTime() - 1000)) })}</p>}
      {person.unconfirmed && (
        <div class="notice person-unconfirmed">
          <p>
            {t("accounts.confirmText")} {waiting.length > 0 && t("accounts.confirmRoles", { roles: waiting.join(", ") })}
          </p>
          <Button label={t("accounts.confirm")} disabled={busy} onClick={confirm} />
        </div>
      )}
    </>
  );
}
