import { useEffect, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { Button, Dialog, toast } from "../ui/index.ts";
import { ask } from "./api.ts";
import { ErasurePart } from "./ErasurePart.tsx";
import { Labelled } from "./MeetingFields.tsx";
import { loadPersons, type Person } from "./persons.ts";
import { type Erasure, type Kind, loadErasure, PATH, type PrivacyRequest } from "./privacy.ts";
import { t } from "./privacy_texts.ts";
import { LEAST_REASON } from "./ReleaseDecide.tsx";
import { good } from "./restore.ts";
import { go, hrefPrivacyRequest } from "./route.ts";
import type { Me } from "./wire.ts";

const kinds: readonly Kind[] = ["export", "erase"];

/** Asks for a copy of somebody's data or for its erasure, with the reason for the second person. `person` is chosen already, or "". */
export function PrivacyAsk({ bodies, person: chosen, close }: { bodies: Me["bodies"]; person: string; close: () => void }) {
  const [all, setAll] = useState<Person[]>([]);
  const [person, setPerson] = useState(chosen);
  const [kind, setKind] = useState<Kind>("export");
  const [reason, setReason] = useState("");
  const [erasure, setErasure] = useState<Erasure | null>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(uuidv7);
  useEffect(() => {
    let here = true;
    Promise.all(bodies.map((b) => loadPersons(b.id))).then(
      (lists) => {
        // Whose home is another Body is asked for there; who sits in two of ours stands in both lists.
        const one = new Map(lists.flat().filter((p) => bodies.some((b) => b.id === p.body)).map((p) => [p.id, p]));
        if (here) setAll([...one.values()].toSorted((a, b) => a.familyName.localeCompare(b.familyName, "de")));
      },
      () => here && setProblem(t("privacy.form.lost")),
    );
    return () => {
      here = false;
    };
  }, []);
  useEffect(() => {
    let here = true;
    setErasure(null);
    if (kind === "erase" && person) loadErasure(person).then((e) => here && setErasure(e), () => undefined);
    return () => {
      here = false;
    };
  }, [kind, person]);

  const send = async (): Promise<void> => {
    if (!person) return setProblem(t("privacy.form.noPerson"));
    if (reason.trim().length < LEAST_REASON) return setProblem(t("privacy.form.noReason"));
    setProblem("");
    setBusy(true);
    const answer = await ask({ method: "POST", path: PATH, body: { person, kind, reason: reason.trim() } }, key);
    setBusy(false);
    if (good(answer)) {
      toast(t("privacy.asked"));
      close();
      return go(hrefPrivacyRequest((answer.body as PrivacyRequest).id));
    }
    if (answer.status !== 0) setKey(uuidv7()); // another try is another request
    setProblem(answer.status === 401 ? console_("console.expired.kept") : answer.problem);
  };
  return (
    <Dialog
      open
      title={t("privacy.new")}
      onClose={close}
      actions={
        <>
          <Button label={t("privacy.cancel")} onClick={close} />
          <Button variant="primary" label={t("privacy.form.send")} disabled={busy} onClick={() => void send()} />
        </>
      }
    >
      <div class="trace-form">
        <Labelled label={t("privacy.form.person")}>
          {(id) => (
            <select id={id} class="input" value={person} disabled={busy} onChange={(e) => setPerson(e.currentTarget.value)}>
              <option value="">{console_("console.form.choose")}</option>
              {all.map((p) => (
                <option key={p.id} value={p.id}>
                  {p.account ? `${p.name} (${p.account})` : p.name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <fieldset class="privacy-kinds">
          <legend>{t("privacy.form.kind")}</legend>
          {kinds.map((k) => (
            <label key={k} class="privacy-kind">
              <input type="radio" name="privacy-kind" checked={kind === k} disabled={busy} onChange={() => setKind(k)} />
              <span>
                {t(`privacy.kind.${k}`)}
                <span class="small muted">{t(`privacy.form.${k}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {erasure && <ErasurePart erasure={erasure} />}
        <Labelled label={t("privacy.form.reason")} hint={t("privacy.form.reasonHint")}>
          {(id) => <textarea id={id} class="input" rows={3} maxLength={1000} value={reason} disabled={busy} onInput={(e) => setReason(e.currentTarget.value)} />}
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
