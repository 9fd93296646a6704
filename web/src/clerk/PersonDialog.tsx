import { useEffect, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { dayOf } from "../i18n/index.ts";
import { Button, Dialog } from "../ui/index.ts";
import { t as accounts } from "./accounts_texts.ts";
import { ask, read } from "./api.ts";
import { Labelled } from "./MeetingFields.tsx";
import { before, officeChanges, officeDrafts, PersonOffices } from "./PersonOffices.tsx";
import { PersonRelink } from "./PersonRelink.tsx";
import { PersonStanding } from "./PersonStanding.tsx";
import { type Grant, inForce, type Person, ROLES, type Seat } from "./persons.ts";
import { t } from "./persons_texts.ts";
import { roleName } from "./PersonsPage.tsx";
import { t as privacy } from "./privacy_texts.ts";
import { good } from "./restore.ts";
import { hrefPrivacyOf } from "./route.ts";
import type { Organization } from "./wire.ts";

interface SeatDraft {
  key: string;
  id?: string;
  organization: string;
  name: string;
  role: string;
  onBehalfOf: string;
  votingRight: boolean;
  start: string;
  end: string;
}

const draftOf = (s: Seat): SeatDraft => ({
  key: s.id,
  id: s.id,
  organization: s.organization.id,
  name: s.organization.name,
  role: s.role,
  onBehalfOf: s.onBehalfOf?.id ?? "",
  votingRight: s.votingRight,
  start: s.start ?? "",
  end: s.end ?? "",
});

interface Props {
  /** null = a new one. */
  person: Person | null;
  body: string;
  /** Who is signed in: nobody changes their own role. */
  me: string;
  close: () => void;
  done: (text: string, act: string) => void;
}

/** A person with account, seats and roles: everything that belongs together is saved in one act. */
export function PersonDialog({ person, body, me, close, done }: Props) {
  const today = dayOf(new Date());
  const [fields, setFields] = useState({ title: person?.title ?? "", givenName: person?.givenName ?? "", familyName: person?.familyName ?? "", account: person?.account ?? "" });
  const [seats, setSeats] = useState<SeatDraft[]>(person?.seats.map(draftOf) ?? []);
  const [roles, setRoles] = useState<Record<string, boolean>>(() => Object.fromEntries(ROLES.map((r) => [r, Boolean(grantOf(person, body, r, today))])));
  const [organizations, setOrganizations] = useState<Organization[]>([]);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [offices, setOffices] = useState(() => officeDrafts(person?.grants ?? [], body));
  const [step, setStep] = useState<"" | "end" | "relink">("");
  useEffect(() => {
    read<{ data: Organization[] }>(`/api/v1/organizations?body=${body}`).then((x) => setOrganizations(x.data), () => undefined);
  }, []);
  const send = async (method: "POST" | "PATCH", path: string, content: unknown, text: string): Promise<void> => {
    setBusy(true);
    setProblem("");
    const answer = await ask({ method, path, body: content, revision: person?.revision ?? 0 }, uuidv7());
    setBusy(false);
    if (!good(answer)) return setProblem(answer.status === 412 ? t("persons.stale") : answer.problem);
    done(text, (answer.body as { undo: string }).undo);
  };
  const save = (): void => {
    const changed = seats.filter((s) => {
      const was = person?.seats.find((x) => x.id === s.id);
      return !was || JSON.stringify(draftOf(was)) !== JSON.stringify(s);
    });
    if (!fields.familyName.trim()) return setProblem(t("persons.noName"));
    if (changed.some((s) => !s.organization)) return setProblem(t("persons.noCommittee"));
    if (offices.some((o) => !o.organization)) return setProblem(accounts("accounts.offices.noChoice"));
    const content = {
      ...(person ? {} : { body }),
      ...(person && !person.home ? {} : fields),
      seats: changed.map(({ id, organization, role, onBehalfOf, votingRight, start, end }) => ({ ...(id ? { id } : {}), organization, role, onBehalfOf, votingRight, start, end })),
      grants: [...ROLES.flatMap((role) => grantChange(person, body, role, roles[role] ?? false, today)), ...officeChanges(offices, officeDrafts(person?.grants ?? [], body))],
    };
    void send(person ? "PATCH" : "POST", person ? `/api/v1/persons/${person.id}` : "/api/v1/persons", content, t("persons.saved", { name: `${fields.givenName} ${fields.familyName}`.trim() }));
  };
  if (step === "relink" && person) return <PersonRelink person={person} back={() => setStep("")} done={done} />;
  if (step === "end" && person) return <EndPart person={person} busy={busy} problem={problem} back={() => setStep("")} end={(on) => void send("POST", `/api/v1/persons/${person.id}/end`, { on }, t("persons.ended", { name: person.name }))} />;
  const own = person?.id === me;
  return (
    <Dialog
      open
      wide
      title={person ? person.name : t("persons.add")}
      onClose={close}
      actions={
        <>
          {person && !own && (!person.locked || person.lockedBy === "directory") && <Button variant="danger" label={t("persons.end")} disabled={busy} onClick={() => setStep("end")} />}
          {person?.locked && !own && (
            <Button label={t("persons.reopen")} disabled={busy} onClick={() => void send("PATCH", `/api/v1/persons/${person.id}`, { open: true }, t("persons.reopened", { name: person.name }))} />
          )}
          <Button label={t("persons.cancel")} onClick={close} />
          <Button variant="primary" label={t("persons.save")} disabled={busy} onClick={save} />
        </>
      }
    >
      <form
        class="person-form"
        onSubmit={(e) => {
          e.preventDefault();
          save();
        }}
      >
        {person && !person.home && <p class="notice">{t("persons.elsewhereText")}</p>}
        {person?.home && <PersonStanding person={person} busy={busy} confirm={() => void send("PATCH", `/api/v1/persons/${person.id}`, { confirm: true }, accounts("accounts.confirmed", { name: person.name }))} />}
        <div class="person-names">
          {(["title", "givenName", "familyName"] as const).map((name) => (
            <Labelled key={name} label={t(name === "title" ? "persons.titleField" : `persons.${name}`)}>
              {(id) => <input id={id} class="input" maxLength={200} value={fields[name]} disabled={person?.home === false} onInput={(e) => setFields({ ...fields, [name]: e.currentTarget.value })} />}
            </Labelled>
          ))}
        </div>
        <Labelled label={t("persons.account")} hint={t(own ? "persons.ownHint" : person?.signedIn ? "persons.accountBound" : "persons.accountHint")}>
          {(id) => <input id={id} class="input" type="email" maxLength={254} value={fields.account} disabled={own || person?.home === false} onInput={(e) => setFields({ ...fields, account: e.currentTarget.value })} />}
        </Labelled>
        <fieldset class="person-roles">
          <legend>{t("persons.roles")}</legend>
          {ROLES.map((role) => {
            const kept = grantOf(person, body, role, today)?.kept;
            return (
              <label key={role} class="person-check">
                <input type="checkbox" checked={roles[role]} disabled={own || Boolean(kept)} onChange={(e) => setRoles({ ...roles, [role]: e.currentTarget.checked })} />
                <span>
                  {roleName(role)}
                  {kept && <span class="small muted"> {t("persons.kept")}</span>}
                </span>
              </label>
            );
          })}
        </fieldset>
        {(!person || person.home || offices.length > 0) && <PersonOffices offices={offices} set={setOffices} organizations={organizations} today={today} disabled={own || person?.home === false} />}
        <SeatFields seats={seats} set={setSeats} organizations={organizations} today={today} />
        {person?.home && (
          <p class="person-more">
            <a class="person-privacy" href={hrefPrivacyOf(person.id)}>
              {privacy("privacy.forPerson")}
            </a>
            {person.signedIn && !own && <Button variant="quiet" label={accounts("accounts.relink")} onClick={() => setStep("relink")} />}
          </p>
        )}
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
        <input type="submit" hidden />
      </form>
    </Dialog>
  );
}

function SeatFields({ seats, set, organizations, today }: { seats: SeatDraft[]; set: (s: SeatDraft[]) => void; organizations: Organization[]; today: string }) {
  const change = (key: string, patch: Partial<SeatDraft>): void => set(seats.map((s) => (s.key === key ? { ...s, ...patch } : s)));
  const factions = organizations.filter((o) => o.type === "Fraktion");
  return (
    <fieldset class="person-seats">
      <legend>{t("persons.seats")}</legend>
      {seats.length === 0 && <p class="muted small">{t("persons.noSeats")}</p>}
      {seats.map((s) => (
        <div key={s.key} class="person-seat" data-over={s.end && s.end < today ? true : undefined}>
          <Labelled label={t("persons.committee")}>
            {(id) =>
              s.id ? (
                <input id={id} class="input" value={s.name} disabled />
              ) : (
                <select id={id} class="input" value={s.organization} onChange={(e) => change(s.key, { organization: e.currentTarget.value })}>
                  <option value="">{console_("console.form.choose")}</option>
                  {organizations.map((o) => (
                    <option key={o.id} value={o.id}>
                      {o.name}
                    </option>
                  ))}
                </select>
              )
            }
          </Labelled>
          <Labelled label={t("persons.function")}>{(id) => <input id={id} class="input" maxLength={100} placeholder={t("persons.member")} value={s.role} onInput={(e) => change(s.key, { role: e.currentTarget.value })} />}</Labelled>
          <Labelled label={t("persons.faction")}>
            {(id) => (
              <select id={id} class="input" value={s.onBehalfOf} onChange={(e) => change(s.key, { onBehalfOf: e.currentTarget.value })}>
                <option value="">–</option>
                {factions.map((o) => (
                  <option key={o.id} value={o.id}>
                    {o.name}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled label={t("persons.from")}>{(id) => <input id={id} class="input" type="date" value={s.start} onInput={(e) => change(s.key, { start: e.currentTarget.value })} />}</Labelled>
          <Labelled label={t("persons.until")}>{(id) => <input id={id} class="input" type="date" value={s.end} onInput={(e) => change(s.key, { end: e.currentTarget.value })} />}</Labelled>
          {!s.id && <Button variant="quiet" icon="close" iconOnly label={t("persons.dropSeat")} onClick={() => set(seats.filter((x) => x.key !== s.key))} />}
        </div>
      ))}
      <Button icon="plus" label={t("persons.addSeat")} onClick={() => set([...seats, { key: uuidv7(), organization: "", name: "", role: "", onBehalfOf: "", votingRight: true, start: today, end: "" }])} />
    </fieldset>
  );
}

function EndPart({ person, busy, problem, back, end }: { person: Person; busy: boolean; problem: string; back: () => void; end: (on: string) => void }) {
  const [on, setOn] = useState("");
  return (
    <Dialog
      open
      title={t("persons.endTitle", { name: person.name })}
      onClose={back}
      actions={
        <>
          <Button label={t("persons.cancel")} onClick={back} />
          <Button variant="danger" label={t(on ? "persons.endOn" : "persons.endNow")} disabled={busy} onClick={() => end(on)} />
        </>
      }
    >
      <div class="person-form">
        <p>{t("persons.endText")}</p>
        <Labelled label={t("persons.lastDay")} hint={t("persons.lastDayHint")}>
          {(id) => <input id={id} class="input" type="date" min={dayOf(new Date())} value={on} onInput={(e) => setOn(e.currentTarget.value)} />}
        </Labelled>
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}

const grantOf = (p: Person | null, body: string, role: string, today: string): Grant | undefined => p?.grants.find((g) => g.role === role && g.body === body && inForce(g, today));

/** What has to be sent so that the role is held from today, or no more: its end is yesterday, which is at once. */
function grantChange(p: Person | null, body: string, role: string, wanted: boolean, today: string): unknown[] {
  const now = grantOf(p, body, role, today);
  if (wanted === Boolean(now)) return [];
  if (!now) return [{ role, start: today }];
  return [{ id: now.id, role, start: now.start ?? today, end: before(today) }];
}
