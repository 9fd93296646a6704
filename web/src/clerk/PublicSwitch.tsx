import { t } from "../i18n/clerk.ts";
import { Icon } from "../ui/index.ts";
import type { AgendaItem, Meeting } from "./wire.ts";

/** Public or not, with the words that say what it means. The choice of the town hall with the gravest slips: never a bare tick. */
export function PublicSwitch({ item, meeting, set }: { item: AgendaItem; meeting: Meeting; set: (isPublic: boolean) => void }) {
  const name = `public-${item.id}`;
  const lead = meeting.organizations.map((o) => o.name).join(", ");
  return (
    <fieldset class="public">
      <legend class="sr-only">{t("console.public.of", { number: item.number, name: item.name })}</legend>
      <div class="segmented no-print">
        <label data-kind="closed">
          <input type="radio" name={name} checked={!item.public} onChange={() => set(false)} />
          <Icon name="lock" />
          <span>{t("console.public.no")}</span>
        </label>
        <label data-kind="public">
          <input type="radio" name={name} checked={item.public} onChange={() => set(true)} />
          <Icon name="check" />
          <span>{t("console.public.yes")}</span>
        </label>
      </div>
      <span class="public-means small muted">
        {item.public ? t("console.public.yesMeans") : t("console.public.noMeans", { organization: lead })}
      </span>
    </fieldset>
  );
}
