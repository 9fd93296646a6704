import { useEffect, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { formatDay } from "../i18n/index.ts";
import { announce, Button, Failed, Loading, toast } from "../ui/index.ts";
import "./access.css";
import { t } from "./access_texts.ts";
import { ask, read } from "./api.ts";
import type { Request } from "./change.ts";
import { Labelled } from "./MeetingFields.tsx";
import { Choice } from "./ParticipationDialog.tsx";

/** Of /api/v1/bodies/{id}/access. Days are YYYY-MM-DD, both inclusive; an empty end is open. */
interface Rules {
  deputies: Deputy[];
  organizations: { id: string; name: string }[];
  persons: { id: string; name: string }[];
}

interface Deputy {
  id: string;
  organization: string;
  person: string;
  start: string;
  end: string;
  revision: number;
}

/** Stellvertretende Mitglieder: appointed for a committee, from a day to a day. Whether they read all the time is a setting of the Body. */
export function DeputyPart({ body }: { body: string }) {
  const path = `/api/v1/bodies/${body}`;
  const [rules, setRules] = useState<Rules | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [organization, setOrganization] = useState("");
  const [person, setPerson] = useState("");
  const [start, setStart] = useState("");
  const [end, setEnd] = useState("");
  const load = (): Promise<void> => {
    setError(null);
    return read<Rules>(`${path}/access`).then(setRules, setError);
  };
  useEffect(() => void load(), [path]);
  if (error !== null) return <Failed error={error} again={() => void load()} />;
  if (!rules) return <Loading />;
  const act = async (request: Request): Promise<boolean> => {
    setBusy(true);
    setProblem("");
    const answer = await ask(request, uuidv7());
    const done = answer.status >= 200 && answer.status < 300;
    if (done || answer.status === 404 || answer.status === 412) await load();
    setBusy(false);
    if (!done) {
      const text = answer.status === 412 ? console_("console.stale.short") : answer.status === 401 ? console_("console.expired.kept") : answer.problem;
      setProblem(text);
      announce(text);
    }
    return done;
  };
  const appoint = async (): Promise<void> => {
    if (!(await act({ method: "POST", path: `${path}/deputies`, body: { organization, person, start, end } }))) return;
    setPerson("");
    setStart("");
    setEnd("");
    toast(t("deputy.appointed"));
  };
  const name = (list: { id: string; name: string }[], id: string): string => list.find((x) => x.id === id)?.name ?? "";
  const finish = async (d: Deputy): Promise<void> => {
    if (!(await act({ method: "DELETE", path: `${path}/deputies/${d.id}`, revision: d.revision }))) return;
    const again = { organization: d.organization, person: d.person, start: d.start, end: d.end };
    toast(t("deputy.ended", { name: name(rules.persons, d.person) }), {
      action: { label: console_("console.undo"), run: () => void act({ method: "POST", path: `${path}/deputies`, body: again }) },
    });
  };
  return (
    <form
      class="settings"
      onSubmit={(e) => {
        e.preventDefault();
        void appoint();
      }}
    >
      <section aria-labelledby="deputies-title">
        <h2 id="deputies-title">{t("deputy.title")}</h2>
        <p class="muted">{t("deputy.text")}</p>
        {rules.deputies.length === 0 && <p>{t("deputy.none")}</p>}
        <ul class="deputies">
          {rules.deputies.map((d) => (
            <li key={d.id}>
              <span>
                <strong>{name(rules.persons, d.person)}</strong>, {name(rules.organizations, d.organization)}
                <span class="small muted">
                  {d.end ? t("deputy.days", { start: formatDay(d.start), end: formatDay(d.end) }) : t("deputy.since", { start: formatDay(d.start) })}
                </span>
              </span>
              <Button
                label={t("deputy.end")}
                aria-label={t("deputy.endOf", { name: name(rules.persons, d.person), organization: name(rules.organizations, d.organization) })}
                disabled={busy}
                onClick={() => void finish(d)}
              />
            </li>
          ))}
        </ul>
        <div class="deputy-fields">
          <Labelled label={t("deputy.person")}>{(id) => <Choice id={id} value={person} set={setPerson} options={rules.persons} />}</Labelled>
          <Labelled label={t("deputy.organization")}>
            {(id) => <Choice id={id} value={organization} set={setOrganization} options={rules.organizations} />}
          </Labelled>
          <Labelled label={t("deputy.from")}>
            {(id) => <input id={id} class="input" type="date" value={start} onInput={(e) => setStart(e.currentTarget.value)} />}
          </Labelled>
          <Labelled label={t("deputy.to")}>
            {(id) => <input id={id} class="input" type="date" value={end} min={start} onInput={(e) => setEnd(e.currentTarget.value)} />}
          </Labelled>
        </div>
      </section>
      <div class="settings-foot">
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" variant="primary" label={t("deputy.appoint")} disabled={busy || organization === "" || person === ""} />
      </div>
    </form>
  );
}
