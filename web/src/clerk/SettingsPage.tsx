import { useEffect, useRef, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { announce, Button, Failed, Loading, toast } from "../ui/index.ts";
import { useBody } from "./chosen_body.ts";
import { AccessRules } from "./AccessRules.tsx";
import { ask, read } from "./api.ts";
import { type Clerk, clerkBodies } from "./clerk_state.ts";
import { DeputyPart } from "./DeputyPart.tsx";
import { MarkPreview } from "./MarkPreview.tsx";
import { changeOf, type Draft, draftOf, insertAt, type MarkSample, type Mode, MODES, PLACEHOLDERS, type Preparation } from "./settings.ts";
import { t } from "./settings_texts.ts";

const TYPING = 350; // milliseconds after the last key before the preview is asked for

/** Settings of a Body: the personal mark, and how firmly it is bound to papers by their type. */
export function SettingsPage({ clerk }: { clerk: Clerk }) {
  const bodies = clerkBodies(clerk.me);
  const [body, setBody] = useBody(bodies);
  useEffect(() => {
    document.title = `${t("settings.title")} – ${console_("console.app")}`;
  }, []);
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("settings.title")}</h1>
        {bodies.length > 1 && (
          <select class="input settings-body" aria-label={t("settings.body")} value={body} onChange={(e) => setBody(e.currentTarget.value)}>
            {bodies.map((b) => (
              <option key={b.id} value={b.id}>
                {b.name}
              </option>
            ))}
          </select>
        )}
      </div>
      <Preparing key={body} path={`/api/v1/bodies/${body}/preparation`} />
      <AccessRules key={`access ${body}`} body={body} />
      <DeputyPart key={`deputies ${body}`} body={body} />
    </>
  );
}

function Preparing({ path }: { path: string }) {
  const [kept, setKept] = useState<Preparation | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const load = (): void => {
    setError(null);
    read<Preparation>(path).then((p) => {
      setKept(p);
      setDraft(draftOf(p));
    }, setError);
  };
  useEffect(load, [path]);
  if (error !== null) return <Failed error={error} again={load} />;
  if (!kept || !draft) return <Loading />;
  const change = changeOf(kept, draft);
  const save = async (): Promise<void> => {
    if (!change) return;
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "PUT", path, body: change, revision: kept.revision }, uuidv7());
    setBusy(false);
    if (answer.status === 200) {
      const now = answer.body as Preparation;
      setKept(now);
      setDraft(draftOf(now));
      toast(t("settings.saved"));
      return;
    }
    if (answer.status === 412) await read<Preparation>(path).then(setKept, () => undefined);
    const text = answer.status === 412 ? t("settings.stale") : answer.status === 401 ? console_("console.expired.kept") : answer.problem;
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
      <Mark path={path} kept={kept} draft={draft} change={(template) => setDraft({ ...draft, template })} />
      <Modes kept={kept} draft={draft} change={(type, mode) => setDraft({ ...draft, modes: { ...draft.modes, [type]: mode } })} />
      <div class="settings-foot">
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
        <span class="muted">{change ? t("settings.unsaved") : " "}</span>
        <Button type="submit" variant="primary" label={t("settings.save")} disabled={!change || busy} />
      </div>
    </form>
  );
}

interface Part {
  kept: Preparation;
  draft: Draft;
}

function Mark({ path, kept, draft, change }: Part & { path: string; change: (template: string) => void }) {
  const [samples, setSamples] = useState<MarkSample[]>([]);
  const [problem, setProblem] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void ask({ method: "GET", path: `${path}/preview?template=${encodeURIComponent(draft.template)}` }, undefined, stop.signal).then(
        (a) => {
          if (stop.signal.aborted) return;
          setProblem(a.status === 200 ? "" : a.problem);
          if (a.status === 200) setSamples((a.body as { data: MarkSample[] }).data);
        },
        () => undefined, // a newer text is on its way
      );
    }, TYPING);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, draft.template]);
  const insert = (name: string): void => {
    const el = field.current;
    const { text, cursor } = insertAt(draft.template, el?.selectionStart ?? draft.template.length, el?.selectionEnd ?? draft.template.length, name);
    change(text);
    requestAnimationFrame(() => {
      el?.focus();
      el?.setSelectionRange(cursor, cursor);
    });
  };
  return (
    <section class="settings-part" aria-labelledby="settings-mark">
      <div class="settings-words">
        <h2 id="settings-mark">{t("settings.mark")}</h2>
        <p>{t("settings.mark.text")}</p>
        <div class="field">
          <label for="settings-template">{t("settings.template")}</label>
          <textarea
            ref={field}
            id="settings-template"
            class="input"
            rows={4}
            maxLength={500}
            spellcheck={false}
            value={draft.template}
            aria-invalid={problem ? "true" : undefined}
            aria-describedby="settings-template-hint"
            onInput={(e) => change(e.currentTarget.value)}
          />
        </div>
        <p id="settings-template-hint" class="small muted">
          {t("settings.template.hint")}
        </p>
        <div class="settings-chips">
          {PLACEHOLDERS.map((p) => (
            <Button key={p} label={t(`settings.ph.${p}`)} aria-label={t("settings.insert", { name: t(`settings.ph.${p}`) })} icon="plus" onClick={() => insert(p)} />
          ))}
        </div>
        {draft.template.trim() !== kept.defaultTemplate.trim() && (
          <Button variant="quiet" icon="undo" label={t("settings.default")} onClick={() => change(kept.defaultTemplate)} />
        )}
        {problem && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
        {!draft.template.includes("{code}") && <p class="notice small">{t("settings.noCode")}</p>}
      </div>
      <div class="settings-preview" aria-label={t("settings.preview")}>
        <MarkPreview sample={samples[0]} title={t("settings.preview.own")} />
        <MarkPreview sample={samples[1]} title={t("settings.preview.longest")} />
        <p class="small muted">{t("settings.preview.note")}</p>
      </div>
    </section>
  );
}

function Modes({ kept, draft, change }: Part & { change: (type: string, mode: Mode) => void }) {
  return (
    <section aria-labelledby="settings-modes">
      <h2 id="settings-modes">{t("settings.modes")}</h2>
      <p>{t("settings.modes.text")}</p>
      <dl class="settings-modes">
        {MODES.map((m) => (
          <div key={m} class="settings-mode">
            <dt>{t(`settings.mode.${m}`)}</dt>
            <dd>
              <b class="small">{t("settings.gives")}</b> {t(`settings.mode.${m}.gives`)}
            </dd>
            <dd>
              <b class="small">{t("settings.costs")}</b> {t(`settings.mode.${m}.costs`)}
            </dd>
          </div>
        ))}
      </dl>
      <ul class="list settings-types" aria-label={t("settings.modes")}>
        {kept.paperTypes.map(({ paperType }) => (
          <li key={paperType} class="settings-type">
            <span>{paperType}</span>
            <select
              class="input"
              aria-label={t("settings.modeOf", { type: paperType })}
              value={draft.modes[paperType]}
              onChange={(e) => change(paperType, e.currentTarget.value as Mode)}
            >
              {MODES.map((m) => (
                <option key={m} value={m}>
                  {t(`settings.mode.${m}`)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  );
}
