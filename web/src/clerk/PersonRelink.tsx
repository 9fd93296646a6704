import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { Button, Dialog } from "../ui/index.ts";
import { t } from "./accounts_texts.ts";
import { ask } from "./api.ts";
import { Labelled } from "./MeetingFields.tsx";
import type { Person } from "./persons.ts";
import { t as persons } from "./persons_texts.ts";
import { good } from "./restore.ts";

const LEAST = 5; // characters of a reason, as the server has it

/** Two steps to forget the link between a person and the account at the sign-in provider: why, and whether really. It cannot be undone. */
export function PersonRelink({ person, back, done }: { person: Person; back: () => void; done: (text: string, act: string) => void }) {
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const { name, account } = person;
  const stop = !account ? t("accounts.relink.noAddress") : person.wanted ? t("accounts.relink.wanted") : "";
  const ready = reason.trim().length >= LEAST && !stop;
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "POST", path: `/api/v1/persons/${person.id}/relink`, body: { reason } }, uuidv7());
    setBusy(false);
    if (!good(answer)) return setProblem(answer.problem);
    done(t("accounts.relinked", { name }), "");
  };
  return (
    <Dialog
      open
      title={sure ? t("accounts.relink.sure") : t("accounts.relink.title", { name })}
      onClose={back}
      actions={
        sure ? (
          <>
            <Button label={t("accounts.relink.back")} onClick={() => setSure(false)} />
            <Button variant="danger" label={t("accounts.relink.do")} disabled={busy} onClick={() => void run()} />
          </>
        ) : (
          <>
            <Button label={persons("persons.cancel")} onClick={back} />
            <Button variant="primary" label={t("accounts.relink.next")} disabled={!ready} onClick={() => setSure(true)} />
          </>
        )
      }
    >
      <form
        class="person-form"
        onSubmit={(e) => {
          e.preventDefault();
          if (ready && !sure) setSure(true);
        }}
      >
        {sure ? (
          <>
            <p>{t("accounts.relink.then", { name, account })}</p>
            <p>
              <strong>{t("accounts.relink.check")}</strong>
            </p>
          </>
        ) : (
          <>
            <p>{t("accounts.relink.text")}</p>
            {stop && <p class="notice">{stop}</p>}
            <Labelled label={t("accounts.relink.reason")} hint={t("accounts.relink.reasonHint")}>
              {(id) => <input id={id} class="input" maxLength={300} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />}
            </Labelled>
          </>
        )}
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
