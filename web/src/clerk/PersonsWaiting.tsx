import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { formatDate } from "../i18n/index.ts";
import { Button } from "../ui/index.ts";
import { t } from "./accounts_texts.ts";
import { ask } from "./api.ts";
import type { Person } from "./persons.ts";
import { good } from "./restore.ts";

interface Props {
  all: readonly Person[];
  me: string;
  /** Only those are shown whom the directory made and nobody has confirmed. */
  only: boolean;
  setOnly: (on: boolean) => void;
  done: (text: string, act: string) => void;
}

/** What the directory wants and only a clerk can give: other addresses, and whom it made. Nothing when nothing waits. */
export function PersonsWaiting({ all, me, only, setOnly, done }: Props) {
  const wishes = all.filter((p) => p.wanted);
  const made = all.filter((p) => p.unconfirmed).length;
  if (wishes.length === 0 && made === 0) return null;
  return (
    <section class="persons-waiting" aria-labelledby="persons-waiting">
      <h2 id="persons-waiting">{t("accounts.waiting")}</h2>
      {wishes.map((p) => (
        <Wish key={`${p.id}${p.wanted?.account}`} person={p} own={p.id === me} done={done} />
      ))}
      {made > 0 && (
        <div class="persons-wish">
          <div>
            <p>
              <strong>{t.n("accounts.unconfirmed", made)}</strong>
            </p>
            <p class="small muted">{t("accounts.unconfirmed.text")}</p>
          </div>
          <div class="actions">
            <Button label={t(only ? "accounts.all" : "accounts.show")} aria-pressed={only} onClick={() => setOnly(!only)} />
          </div>
        </div>
      )}
    </section>
  );
}

function Wish({ person, own, done }: { person: Person; own: boolean; done: Props["done"] }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const { name, wanted } = person;
  if (!wanted) return null;
  const decide = async (take: boolean): Promise<void> => {
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "POST", path: `/api/v1/persons/${person.id}/account`, body: { account: wanted.account, take } }, uuidv7());
    setBusy(false);
    if (!good(answer)) return setProblem(answer.problem);
    done(t(take ? "accounts.taken" : "accounts.refused", { name }), take ? (answer.body as { undo: string }).undo : "");
  };
  return (
    <div class="persons-wish">
      <div>
        <p>
          <strong>{t("accounts.wish", { name })}</strong>
        </p>
        <dl class="persons-addresses">
          <dt>{t("accounts.was")}</dt>
          <dd>{person.account || "–"}</dd>
          <dt>{t("accounts.wanted", { date: formatDate(wanted.since) })}</dt>
          <dd>
            <strong>{wanted.account}</strong>
          </dd>
        </dl>
        <p class="small muted">{t(person.signedIn ? "accounts.wish.bound" : "accounts.wish.fresh", { name })}</p>
        {own && <p class="small">{t("accounts.own")}</p>}
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
      </div>
      <div class="actions">
        <Button label={t("accounts.refuse")} aria-label={`${t("accounts.refuse")}: ${name}`} disabled={busy || own} onClick={() => void decide(false)} />
        <Button label={t("accounts.take")} aria-label={`${t("accounts.take")}: ${name}`} disabled={busy || own} onClick={() => void decide(true)} />
      </div>
    </div>
  );
}
