import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { Button } from "../ui/index.ts";
import { t } from "./accounts_texts.ts";
import { Labelled } from "./MeetingFields.tsx";
import type { Grant } from "./persons.ts";
import { t as persons } from "./persons_texts.ts";
import type { Organization } from "./wire.ts";

export interface OfficeDraft {
  key: string;
  id?: string;
  organization: string;
  name: string;
  start: string;
  end: string;
}

/** The offices of Fraktionen in which somebody works, as the form has them. */
export const officeDrafts = (grants: readonly Grant[], body: string): OfficeDraft[] =>
  grants
    .filter((g) => g.role === "group_office" && g.body === body)
    .map((g) => ({ key: g.id, id: g.id, organization: g.organization?.id ?? "", name: g.organization?.name ?? "", start: g.start ?? "", end: g.end ?? "" }));

/** What has to be sent of them: what is new, and what differs from what was. Pure. */
export const officeChanges = (now: readonly OfficeDraft[], was: readonly OfficeDraft[]): unknown[] =>
  now
    .filter((o) => JSON.stringify(o) !== JSON.stringify(was.find((x) => x.key === o.key)))
    .map(({ id, organization, start, end }) => ({ ...(id ? { id } : {}), role: "group_office", organization, start, end }));

interface Props {
  offices: OfficeDraft[];
  set: (all: OfficeDraft[]) => void;
  organizations: readonly Organization[];
  today: string;
  disabled: boolean;
}

/** Work in the office of a Fraktion: granted for a time, ended at once or with a day. */
export function PersonOffices({ offices, set, organizations, today, disabled }: Props) {
  const groups = organizations.filter((o) => o.type === "Fraktion");
  const change = (key: string, patch: Partial<OfficeDraft>): void => set(offices.map((o) => (o.key === key ? { ...o, ...patch } : o)));
  return (
    <fieldset class="person-seats">
      <legend>{t("accounts.offices")}</legend>
      <p class="muted small">{t(offices.length === 0 && groups.length === 0 ? "accounts.offices.noGroups" : offices.length === 0 ? "accounts.offices.none" : "accounts.offices.text")}</p>
      {offices.map((o) => (
        <div key={o.key} class="person-seat" data-over={o.end && o.end < today ? true : undefined}>
          <Labelled label={t("accounts.offices.group")}>
            {(id) =>
              o.id ? (
                <input id={id} class="input" value={o.name} disabled />
              ) : (
                <select id={id} class="input" value={o.organization} disabled={disabled} onChange={(e) => change(o.key, { organization: e.currentTarget.value })}>
                  <option value="">{console_("console.form.choose")}</option>
                  {groups.map((g) => (
                    <option key={g.id} value={g.id}>
                      {g.name}
                    </option>
                  ))}
                </select>
              )
            }
          </Labelled>
          <Labelled label={persons("persons.from")}>
            {(id) => <input id={id} class="input" type="date" value={o.start} disabled={disabled} onInput={(e) => change(o.key, { start: e.currentTarget.value })} />}
          </Labelled>
          <Labelled label={persons("persons.until")}>
            {(id) => <input id={id} class="input" type="date" value={o.end} disabled={disabled} onInput={(e) => change(o.key, { end: e.currentTarget.value })} />}
          </Labelled>
          {!o.id && <Button variant="quiet" icon="close" iconOnly label={t("accounts.offices.drop")} onClick={() => set(offices.filter((x) => x.key !== o.key))} />}
          {o.id && !disabled && (!o.end || o.end >= today) && (
            <Button variant="quiet" label={t("accounts.offices.end")} aria-label={t("accounts.offices.endOf", { name: o.name })} onClick={() => change(o.key, { end: before(o.start > today ? o.start : today) })} />
          )}
        </div>
      ))}
      {groups.length > 0 && !disabled && (
        <Button icon="plus" label={t("accounts.offices.add")} onClick={() => set([...offices, { key: uuidv7(), organization: groups.length === 1 ? (groups[0]?.id ?? "") : "", name: "", start: today, end: "" }])} />
      )}
    </fieldset>
  );
}

/** The day before: an end on it is at once. Pure. */
export function before(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}
