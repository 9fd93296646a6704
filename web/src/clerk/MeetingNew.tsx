import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t } from "../i18n/clerk.ts";
import { Button, Dialog } from "../ui/index.ts";
import { ask } from "./api.ts";
import { type Clerk, clerkBodies } from "./clerk_state.ts";
import { emptyForm, type FormErrors, formBody, formErrors, type MeetingForm } from "./meeting_form.ts";
import { suggestedTitle } from "./meeting_groups.ts";
import { MeetingFields } from "./MeetingFields.tsx";
import { go, hrefMeeting } from "./route.ts";
import type { MeetingLine, Organization } from "./wire.ts";

/** "Sitzung anlegen": asks for the little a meeting needs; what was typed is there again after an interruption. */
export function MeetingNew({ clerk, known, close }: { clerk: Clerk; known: readonly MeetingLine[]; close: () => void }) {
  const bodies = clerkBodies(clerk.me);
  const [form, setForm] = useState<MeetingForm>(() => kept(clerk) ?? emptyForm(bodies[0]?.id ?? ""));
  const [errors, setErrors] = useState<FormErrors>({});
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [key] = useState(uuidv7);
  const [suggested, setSuggested] = useState("");

  const change = (part: Partial<MeetingForm>, organizations: readonly Organization[]): void => {
    const next = { ...form, ...part };
    if (part.organizations) {
      const lead = part.organizations[0];
      const title = suggestedTitle(organizations.find((o) => o.id === lead));
      // A title that somebody typed stays; only an empty one or the last suggestion is replaced.
      if (form.name === "" || form.name === suggested) next.name = title;
      setSuggested(title);
      const last = known.filter((m) => m.organizations[0]?.id === lead).sort((a, b) => Date.parse(b.start) - Date.parse(a.start))[0];
      if (form.place === "" && last?.location) next.place = last.location.id;
    }
    setForm(next);
    setErrors({});
    clerk.drafts.keep("meeting", "new", JSON.stringify(next), "");
  };

  const save = async (): Promise<void> => {
    const wrong = formErrors(form);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "POST", path: "/api/v1/meetings", body: omitEmpty({ body: form.body, ...formBody(form) }) }, key);
    setBusy(false);
    if (answer.status !== 201) return setProblem(answer.status === 401 ? t("console.expired.kept") : answer.problem);
    clerk.drafts.drop("meeting", "new");
    close();
    go(hrefMeeting((answer.body as { id: string }).id));
  };

  return (
    <Dialog
      open
      wide
      title={t("console.new")}
      onClose={close}
      actions={
        <>
          <Button label={t("console.cancel")} onClick={close} />
          <Button variant="primary" label={t("console.create")} disabled={busy} onClick={() => void save()} />
        </>
      }
    >
      <form
        class="form"
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <MeetingFields form={form} errors={errors} bodies={bodies} change={change} />
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
        <p class="small muted">{t("console.new.hint")}</p>
        <input type="submit" hidden value={t("console.create")} />
      </form>
    </Dialog>
  );
}

function kept(clerk: Clerk): MeetingForm | null {
  const draft = clerk.drafts.get("meeting", "new");
  if (!draft) return null;
  try {
    return { ...emptyForm(""), ...(JSON.parse(draft.text) as MeetingForm) };
  } catch {
    return null;
  }
}

/** The server wants fields left out rather than empty. */
export function omitEmpty<T extends object>(body: T): Partial<T> {
  return Object.fromEntries(Object.entries(body).filter(([, v]) => v !== null && v !== "")) as Partial<T>;
}
