import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { readAll } from "./api.ts";
import type { FormErrors, MeetingForm } from "./meeting_form.ts";
import type { Organization, Place } from "./wire.ts";

interface Props {
  form: MeetingForm;
  errors: FormErrors;
  /** Bodies to choose from; with one there is nothing to choose. */
  bodies: { id: string; name: string }[];
  change: (part: Partial<MeetingForm>, organizations: readonly Organization[]) => void;
}

/** The fields of a meeting: used for a new one and for changing one. */
export function MeetingFields({ form, errors, bodies, change }: Props) {
  const [organizations, setOrganizations] = useState<Organization[]>([]);
  const [places, setPlaces] = useState<Place[]>([]);
  useEffect(() => {
    const query = form.body ? `?body=${form.body}` : "";
    void readAll<Organization>(`/api/v1/organizations${query}`).then(
      (all) => setOrganizations(all.filter((o) => o.type === "Gremium")),
      () => undefined,
    );
    void readAll<Place>(`/api/v1/locations${query}`).then(setPlaces, () => undefined);
  }, [form.body]);
  const set = (part: Partial<MeetingForm>): void => change(part, organizations);
  const lead = form.organizations[0] ?? "";
  return (
    <>
      {bodies.length > 1 && (
        <Labelled label={t("console.form.body")}>
          {(id) => (
            <select
              id={id}
              class="input"
              value={form.body}
              onChange={(e) => set({ body: e.currentTarget.value, organizations: [], place: "" })}
            >
              {bodies.map((b) => (
                <option key={b.id} value={b.id}>
                  {b.name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <Labelled label={t("console.form.organization")} error={errors.organizations && t("console.form.error.organization")}>
        {(id) => (
          <select
            id={id}
            class="input"
            value={lead}
            aria-invalid={Boolean(errors.organizations)}
            onChange={(e) => set({ organizations: [e.currentTarget.value, ...form.organizations.slice(1)].filter(Boolean) })}
          >
            <option value="">{t("console.form.choose")}</option>
            {organizations.map((o) => (
              <option key={o.id} value={o.id}>
                {o.name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={t("console.form.name")} error={errors.name && t("console.form.error.name")}>
        {(id) => (
          <input
            id={id}
            class="input"
            maxLength={300}
            value={form.name}
            aria-invalid={Boolean(errors.name)}
            onInput={(e) => set({ name: e.currentTarget.value })}
          />
        )}
      </Labelled>
      <div class="fields-3">
        <Labelled label={t("console.form.date")} error={errors.date && t("console.form.error.date")}>
          {(id) => (
            <input
              id={id}
              class="input"
              type="date"
              value={form.date}
              aria-invalid={Boolean(errors.date)}
              onInput={(e) => set({ date: e.currentTarget.value })}
            />
          )}
        </Labelled>
        <Labelled label={t("console.form.from")} error={errors.from && t("console.form.error.from")}>
          {(id) => (
            <input
              id={id}
              class="input"
              type="time"
              value={form.from}
              aria-invalid={Boolean(errors.from)}
              onInput={(e) => set({ from: e.currentTarget.value })}
            />
          )}
        </Labelled>
        <Labelled label={t("console.form.to")} error={errors.to && t("console.form.error.to")}>
          {(id) => <input id={id} class="input" type="time" value={form.to} onInput={(e) => set({ to: e.currentTarget.value })} />}
        </Labelled>
      </div>
      <Labelled label={t("console.form.place")}>
        {(id) => (
          <select id={id} class="input" value={form.place} onChange={(e) => set({ place: e.currentTarget.value })}>
            <option value="">{t("console.form.noPlace")}</option>
            {places.map((p) => (
              <option key={p.id} value={p.id}>
                {[p.room, p.description, p.streetAddress].filter(Boolean).join(", ")}
              </option>
            ))}
            <option value="other">{t("console.form.otherPlace")}</option>
          </select>
        )}
      </Labelled>
      {form.place === "other" && (
        <div class="fields-3">
          {(["description", "room", "streetAddress"] as const).map((field) => (
            <Labelled key={field} label={t(`console.form.${field}`)}>
              {(id) => <input id={id} class="input" value={form[field]} onInput={(e) => set({ [field]: e.currentTarget.value })} />}
            </Labelled>
          ))}
        </div>
      )}
    </>
  );
}

/** A label, its control, and what is wrong with it. */
export function Labelled({
  label,
  error,
  hint,
  children,
}: {
  label: string;
  error?: string;
  hint?: string;
  children: (id: string) => ComponentChildren;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
      {hint && <p class="small muted">{hint}</p>}
      {error && (
        <p class="field-error small" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
