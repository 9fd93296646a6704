import { useRef, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { Badge, Button, Dialog, LinkButton } from "../ui/index.ts";
import { ask } from "./api.ts";
import { Labelled } from "./MeetingFields.tsx";
import { type Act, packed, type Preview } from "./persons.ts";
import { t } from "./persons_texts.ts";
import { good } from "./restore.ts";

const SHOWN = 200; // lines of a difference on the screen; all of them are counted
const MOST = 2_900_000; // bytes of a table over HTTP

/** Takes a table over: choose, look at what would change, do it. Nothing is kept before the last step. */
export function ImportDialog({ body, close, done }: { body: string; close: () => void; done: (text: string, act: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ fileName: string; data: string } | null>(null);
  const [complete, setComplete] = useState(false);
  const [endsOn, setEndsOn] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const look = async (f: { fileName: string; data: string }, all: boolean, end: string): Promise<void> => {
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "POST", path: "/api/v1/imports/preview", body: { body, ...f, complete: all, endsOn: all ? end : "" } });
    setBusy(false);
    setPreview(good(answer) ? (answer.body as Preview) : null);
    if (!good(answer)) setProblem(answer.problem);
  };
  const choose = async (chosen: File): Promise<void> => {
    setPreview(null);
    if (chosen.size > MOST) return setProblem(t("imp.large"));
    if (chosen.size === 0) return setProblem(t("imp.empty"));
    const f = { fileName: chosen.name.normalize("NFC").slice(0, 200), data: await packed(chosen) };
    setFile(f);
    await look(f, complete, endsOn);
  };
  const again = (all: boolean, end: string): void => {
    setComplete(all);
    setEndsOn(end);
    if (file) void look(file, all, end);
  };
  const apply = async (): Promise<void> => {
    if (!file || !preview) return;
    setBusy(true);
    const answer = await ask({ method: "POST", path: "/api/v1/imports", body: { body, ...file, complete, endsOn: complete ? endsOn : "", digest: preview.digest } }, uuidv7());
    setBusy(false);
    if (good(answer)) return done(t("imp.done"), (answer.body as Act).id);
    setProblem(answer.problem);
    if (answer.status === 409) await look(file, complete, endsOn);
  };
  const ready = preview !== null && preview.problems.length === 0 && preview.lines.length > 0;
  return (
    <Dialog
      open
      wide
      title={t("persons.import")}
      onClose={close}
      actions={
        <>
          <Button label={t("persons.cancel")} onClick={close} />
          <Button variant="primary" label={preview ? t.n("imp.apply", preview.lines.length) : t("imp.applyNone")} disabled={busy || !ready} onClick={() => void apply()} />
        </>
      }
    >
      <div class="person-form">
        <p>{t("imp.intro")}</p>
        <div class="actions">
          <input
            ref={input}
            type="file"
            class="sr-only"
            tabIndex={-1}
            aria-label={t("imp.choose")}
            accept=".csv,.txt,.tsv,text/csv"
            onChange={(e) => {
              const chosen = e.currentTarget.files?.[0];
              if (chosen) void choose(chosen);
              e.currentTarget.value = "";
            }}
          />
          <Button icon="upload" variant={file ? "plain" : "primary"} label={t(file ? "imp.other" : "imp.choose")} disabled={busy} onClick={() => input.current?.click()} />
          <LinkButton variant="quiet" icon="download" label={t("persons.template")} href="/api/v1/imports/template" download />
        </div>
        {file && <p class="import-name">{file.fileName}</p>}
        {file && (
          <label class="person-check">
            <input type="checkbox" checked={complete} disabled={busy} onChange={(e) => again(e.currentTarget.checked, endsOn)} />
            <span>{t("imp.complete")}</span>
          </label>
        )}
        {file && complete && (
          <Labelled label={t("imp.endsOn")} hint={t("imp.endsOnHint")}>
            {(id) => <input id={id} class="input import-day" type="date" value={endsOn} onChange={(e) => again(true, e.currentTarget.value)} />}
          </Labelled>
        )}
        {busy && (
          <p class="import-busy" role="status">
            <span class="spin" aria-hidden="true" /> {t("imp.reading")}
          </p>
        )}
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
        {preview && !busy && <Difference preview={preview} />}
      </div>
    </Dialog>
  );
}

const kinds = { added: "new", changed: "accent", ended: "closed" } as const;

function Difference({ preview }: { preview: Preview }) {
  const { problems, hints, lines } = preview;
  return (
    <div class="import-difference" role="status">
      {problems.length > 0 && (
        <div class="notice" data-kind="error">
          <p>
            <b>{t("imp.problems", { n: problems.length })}</b>
          </p>
          <ul class="import-notes">
            {problems.slice(0, SHOWN).map((n, i) => (
              <li key={i}>
                {n.line > 0 && <b>{t("imp.line", { n: n.line })}</b>} {n.text}
              </li>
            ))}
          </ul>
        </div>
      )}
      {hints.length > 0 && (
        <div class="notice">
          <ul class="import-notes">
            {hints.slice(0, SHOWN).map((n, i) => (
              <li key={i}>
                {n.line > 0 && <b>{t("imp.line", { n: n.line })}</b>} {n.text}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>
        {lines.length === 0 && problems.length === 0
          ? t("imp.nothing")
          : t("imp.sum", { added: preview.added, changed: preview.changed, ended: preview.ended, same: preview.same })}
      </p>
      {lines.length > 0 && (
        <ul class="list import-lines">
          {lines.slice(0, SHOWN).map((l, i) => (
            <li key={i} class="import-line">
              <Badge kind={kinds[l.op]}>{t(`imp.op.${l.op}`)}</Badge>
              <span class="grow">
                <b>{l.label}</b> <span class="muted small">{l.text}</span>
                <span class="small person-line">{l.fields.map((f) => (f.before ? `${f.name}: ${f.before} → ${f.after || "–"}` : `${f.name}: ${f.after}`)).join(" · ")}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {lines.length > SHOWN && <p class="muted small">{t("imp.more", { n: lines.length - SHOWN })}</p>}
    </div>
  );
}
