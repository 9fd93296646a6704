import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { announce, Button } from "../ui/index.ts";
import { ask } from "./api.ts";
import { Labelled } from "./MeetingFields.tsx";
import { t } from "./trace_texts.ts";

export const LEAST_REASON = 10; // letters, as the server wants it

interface Props {
  /** Of the request; its release is below. */
  path: string;
  revision: number;
  /** What a release brings about, as a sentence. */
  text: string;
  /** Gets the request as it is now. */
  done: (now: unknown) => void;
  /** Somebody else was faster. */
  reload: () => void;
}

/** The decision of the second person, the same for every act that takes two. */
export function ReleaseDecide({ path, revision, text, done, reload }: Props) {
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const decide = async (give: boolean): Promise<void> => {
    if (!give && reason.trim().length < LEAST_REASON) return setProblem(t("traces.decide.needed"));
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "POST", path: `${path}/release`, body: { give, reason: reason.trim() }, revision }, uuidv7());
    setBusy(false);
    if (answer.status === 200) {
      announce(t(give ? "traces.decide.given" : "traces.decide.refusedDone"));
      return done(answer.body);
    }
    if (answer.status === 409 || answer.status === 412) reload();
    setProblem(answer.status === 401 ? console_("console.expired.kept") : answer.problem);
  };
  return (
    <section class="trace-decide" aria-labelledby="release-decide">
      <h2 id="release-decide">{t("traces.decide.title")}</h2>
      <p>{text}</p>
      <Labelled label={t("traces.decide.reason")} hint={t("traces.decide.reasonHint")}>
        {(id) => <textarea id={id} class="input" rows={2} maxLength={1000} value={reason} disabled={busy} onInput={(e) => setReason(e.currentTarget.value)} />}
      </Labelled>
      {problem && (
        <p class="notice" data-kind="error" role="alert">
          {problem}
        </p>
      )}
      <div class="actions">
        <Button variant="primary" icon="check" label={t("traces.decide.give")} disabled={busy} onClick={() => void decide(true)} />
        <Button label={t("traces.decide.refuse")} disabled={busy} onClick={() => void decide(false)} />
      </div>
    </section>
  );
}
