import { useEffect, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { announce, Button, Failed, Loading, toast } from "../ui/index.ts";
import "./access.css";
import { t } from "./access_texts.ts";
import { ask, read } from "./api.ts";

/** /api/v1/bodies/{id}/access */
interface Rules {
  settings: Settings;
  revision: number;
}

interface Settings {
  conflictMode: "hide" | "mark" | "declare";
  deputiesRead: boolean;
  newcomersReadOlder: boolean;
  formerDays: number;
  mayorReads: boolean;
  groupOfficesRead: boolean;
}

const MODES = ["hide", "declare", "mark"] as const;
const CHECKS = ["deputiesRead", "newcomersReadOlder", "mayorReads", "groupOfficesRead"] as const;
const MOST_DAYS = 90;

/** What a Body decides about its readers where law and house rules differ. Every choice begins as the careful one. */
export function AccessRules({ body }: { body: string }) {
  const path = `/api/v1/bodies/${body}/access`;
  const [kept, setKept] = useState<Rules | null>(null);
  const [draft, setDraft] = useState<Settings | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const take = (r: Rules): void => {
    setKept(r);
    setDraft(r.settings);
  };
  const load = (): void => {
    setError(null);
    read<Rules>(path).then(take, setError);
  };
  useEffect(load, [path]);
  if (error !== null) return <Failed error={error} again={load} />;
  if (!kept || !draft) return <Loading />;
  const changed = JSON.stringify(kept.settings) !== JSON.stringify(draft);
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "PUT", path, body: draft, revision: kept.revision }, uuidv7());
    setBusy(false);
    if (answer.status === 200) {
      take(answer.body as Rules);
      toast(t("rules.saved"));
      return;
    }
    const text = answer.status === 412 ? console_("console.stale.short") : answer.status === 401 ? console_("console.expired.kept") : answer.problem;
    setProblem(text);
    announce(text);
  };
  return (
    <form
      class="settings"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <section aria-labelledby="rules-title">
        <h2 id="rules-title">{t("rules.title")}</h2>
        <p class="muted">{t("rules.text")}</p>
        <fieldset>
          <legend>{t("rules.conflict")}</legend>
          {MODES.map((m) => (
            <label key={m} class="access-rule">
              <input type="radio" name="conflict-mode" checked={draft.conflictMode === m} onChange={() => setDraft({ ...draft, conflictMode: m })} />
              <span>{t(`rules.conflict.${m}`)}</span>
            </label>
          ))}
          <p class="small muted">{t("rules.conflict.hint")}</p>
        </fieldset>
        {CHECKS.map((c) => (
          <label key={c} class="access-rule">
            <input type="checkbox" checked={draft[c]} onChange={(e) => setDraft({ ...draft, [c]: e.currentTarget.checked })} />
            <span>{t(`rules.${c}`)}</span>
          </label>
        ))}
        <label class="access-rule" for="rules-days">
          <input
            id="rules-days"
            class="input access-days"
            type="number"
            min={0}
            max={MOST_DAYS}
            value={draft.formerDays}
            onInput={(e) => setDraft({ ...draft, formerDays: Math.min(MOST_DAYS, Math.max(0, Math.trunc(Number(e.currentTarget.value) || 0))) })}
          />
          <span>{t("rules.formerDays")}</span>
        </label>
      </section>
      <div class="settings-foot">
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" variant="primary" label={t("rules.save")} disabled={!changed || busy} />
      </div>
    </form>
  );
}
