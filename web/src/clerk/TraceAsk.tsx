import { useEffect, useRef, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { formatBytes } from "../i18n/index.ts";
import { Button, Dialog, toast } from "../ui/index.ts";
import { useBody } from "./chosen_body.ts";
import { Labelled } from "./MeetingFields.tsx";
import { go, hrefTrace } from "./route.ts";
import { t } from "./trace_texts.ts";
import { askTrace } from "./traces.ts";
import type { Me } from "./wire.ts";

const LEAST_REASON = 10; // letters, as the server wants it

/** Asks whose copy a file is: the file, and the reason for the second person. */
export function TraceAsk({ bodies, close }: { bodies: Me["bodies"]; close: () => void }) {
  const [body, setBody] = useBody(bodies);
  const [file, setFile] = useState<File | null>(null);
  const [onServer, setOnServer] = useState(false);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(uuidv7);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  const send = async (): Promise<void> => {
    if (!file && !onServer) return setProblem(t("traces.form.noFile"));
    if (reason.trim().length < LEAST_REASON) return setProblem(t("traces.form.noReason"));
    setProblem("");
    setBusy(true);
    const asked = await askTrace(body, reason.trim(), onServer ? null : file, key, stop.current.signal);
    setBusy(false);
    if (stop.current.signal.aborted) return;
    if (asked.kind === "done") {
      toast(t("traces.asked"));
      close();
      return go(hrefTrace(asked.trace.id));
    }
    if (asked.kind === "refused") setKey(uuidv7()); // another try is another question
    setProblem(asked.kind === "refused" ? asked.problem : asked.kind === "expired" ? console_("console.expired.kept") : t("traces.form.lost"));
  };
  return (
    <Dialog
      open
      title={t("traces.form.title")}
      onClose={close}
      actions={
        <>
          <Button label={t("traces.form.cancel")} onClick={close} />
          <Button variant="primary" label={t("traces.form.send")} disabled={busy} onClick={() => void send()} />
        </>
      }
    >
      <div class="trace-form">
        {bodies.length > 1 && (
          <Labelled label={t("traces.form.body")}>
            {(id) => (
              <select id={id} class="input" value={body} disabled={busy} onChange={(e) => setBody(e.currentTarget.value)}>
                {bodies.map((b) => (
                  <option key={b.id} value={b.id}>
                    {b.name}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        )}
        <FileField file={file} disabled={busy || onServer} choose={(chosen) => {
          setFile(chosen);
          setProblem("");
        }} />
        <label class="trace-check">
          <input type="checkbox" checked={onServer} disabled={busy} onChange={(e) => {
            setOnServer(e.currentTarget.checked);
            setProblem("");
          }} />
          <span>{t("traces.form.server")}</span>
        </label>
        <Labelled label={t("traces.form.reason")} hint={t("traces.form.reasonHint")}>
          {(id) => (
            <textarea id={id} class="input" rows={3} maxLength={1000} value={reason} disabled={busy} onInput={(e) => setReason(e.currentTarget.value)} />
          )}
        </Labelled>
        {busy && (
          <p class="trace-busy" role="status">
            <span class="spinner" aria-hidden="true" />
            {t("traces.form.reading")}
          </p>
        )}
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function FileField({ file, disabled, choose }: { file: File | null; disabled: boolean; choose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="field">
      <span class="label" id="trace-file">
        {t("traces.form.file")}
      </span>
      <input
        ref={input}
        type="file"
        class="sr-only"
        tabIndex={-1}
        accept="application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png"
        aria-labelledby="trace-file"
        disabled={disabled}
        onChange={(e) => {
          const chosen = e.currentTarget.files?.[0];
          if (chosen) choose(chosen);
        }}
      />
      {file && !disabled && (
        <p class="trace-chosen">
          {file.name} <span class="muted small">{formatBytes(file.size)}</span>
        </p>
      )}
      <div>
        <Button icon="upload" label={t(file ? "traces.form.other" : "traces.form.choose")} disabled={disabled} onClick={() => input.current?.click()} />
      </div>
      <p class="small muted">{t("traces.form.fileHint")}</p>
    </div>
  );
}
