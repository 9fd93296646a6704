import { useEffect, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t } from "../i18n/clerk.ts";
import { number } from "../i18n/index.ts";
import { announce, Button, Dialog, Failed, Icon, Loading, toast } from "../ui/index.ts";
import { ask, read } from "./api.ts";
import type { Room } from "./desk_open.ts";
import { DifferenceLink } from "./DifferenceLink.tsx";
import { filesOf } from "./file_state.ts";
import type { Meeting, Preview, PreviewLine } from "./wire.ts";

/** "Vorschau: wer sieht was", and the act of publishing itself. */
export function PublishPreview({ room, meeting, close }: { room: Room; meeting: Meeting; close: () => void }) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const load = (): void => {
    setError(null);
    read<Preview>(`/api/v1/meetings/${room.id}/publish-preview`).then(setPreview, setError);
  };
  // What anybody changes while the preview is open changes the preview.
  useEffect(load, [meeting.revision, meeting.pendingChanges]);

  const publish = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    announce(t("console.publish.running"));
    const request = { method: "POST", path: `/api/v1/meetings/${room.id}/publish`, revision: meeting.revision } as const;
    const answer = await ask(request, uuidv7());
    setBusy(false);
    if (answer.status < 200 || answer.status >= 300) {
      if (answer.status === 412) {
        await room.desk.reload();
        load();
      }
      return setProblem(answer.status === 412 ? t("console.publish.stale") : answer.problem);
    }
    await room.desk.reload();
    close();
    if (!(answer.body as Meeting | null)?.publishRequested) toast(t("console.publish.done"));
  };

  const blocked = preview !== null && preview.blockers.length > 0;
  const nothing = preview !== null && preview.changes === 0;
  return (
    <Dialog
      open
      wide
      title={t("console.preview.title")}
      onClose={close}
      actions={
        <>
          {preview && <span class="preview-sum muted">{t.n("console.preview.changes", preview.changes)}</span>}
          <Button label={t("console.preview.back")} onClick={close} />
          <Button
            variant="primary"
            label={busy ? t("console.publish.now.busy") : t("console.publish.now")}
            disabled={!preview || blocked || nothing || busy}
            onClick={() => void publish()}
          />
        </>
      }
    >
      {error !== null && !preview && <Failed error={error} again={load} />}
      {!preview && error === null && <Loading />}
      {problem && (
        <p class="notice" data-kind="error" role="alert">
          {problem}
        </p>
      )}
      {preview && (
        <>
          {blocked && <Blockers title={t.n("console.preview.blockers", preview.blockers.length)} kind="error" lines={preview.blockers} meeting={meeting} close={close} />}
          {preview.warnings.length > 0 && (
            <Blockers title={t.n("console.preview.warnings", preview.warnings.length)} kind="warn" lines={preview.warnings} meeting={meeting} close={close} />
          )}
          <div class="preview">
            <Side kind="public" lines={preview.public} preview={preview} meeting={meeting} />
            <Side kind="internal" lines={preview.internal} preview={preview} meeting={meeting} />
          </div>
          {preview.withdrawn.length > 0 && (
            <section class="preview-stays" aria-labelledby="preview-stays">
              <h3 id="preview-stays">{t("console.preview.stays")}</h3>
              <p class="small muted">{t("console.preview.stays.text")}</p>
              <ul class="preview-lines">
                {preview.withdrawn.map((l) => (
                  <li key={l.id}>
                    <span class="preview-name">
                      {l.number && <span class="muted">{l.number} </span>}
                      {l.name}
                    </span>
                    <span class="badge">{t(`console.preview.stays.${l.kind === "file" ? "file" : "paper"}`)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </Dialog>
  );
}

/** Blockers lists what stands in the way of publishing, or (kind "warn") what should be looked at before. */
function Blockers({ title, kind, lines, meeting, close }: { title: string; kind: "error" | "warn"; lines: Preview["blockers"]; meeting: Meeting; close: () => void }) {
  // A line names an object of this page; the link leads to its row.
  const show = (id: string) => (e: Event) => {
    e.preventDefault();
    close();
    const item = meeting.agendaItems.find((i) => i.id === id || i.papers.some((p) => p.id === id || p.files.some((f) => f.id === id)));
    const rows = document.querySelectorAll<HTMLElement>(".item");
    const row = rows[meeting.agendaItems.findIndex((i) => i.id === item?.id)];
    row?.scrollIntoView({ block: "center" });
    row?.querySelector<HTMLElement>("textarea, button")?.focus();
  };
  return (
    <div class="notice" data-kind={kind} role="alert">
      <p>
        <strong>{title}</strong>
      </p>
      <ul class="blockers">
        {lines.map((b) => (
          <li key={b.object + b.text}>
            {b.text}{" "}
            <a href={`#${b.object}`} onClick={show(b.object)}>
              {t("console.preview.show")}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** ChangesOf leads to what the new version of a file changes for its readers. */
function ChangesOf({ meeting, file }: { meeting: Meeting; file: string }) {
  const found = filesOf(meeting).find((f) => f.id === file);
  if (!found?.latest || !found.version?.publishedAt) return null;
  return <DifferenceLink file={found} from={found.version.id} to={found.latest.id} />;
}

function Side({ kind, lines, preview, meeting }: { kind: "public" | "internal"; lines: PreviewLine[]; preview: Preview; meeting: Meeting }) {
  const groups = preview.readers.filter((r) => (r.label === "public") === (kind === "public"));
  return (
    <section class="preview-side" data-kind={kind} aria-labelledby={`preview-${kind}`}>
      <h3 id={`preview-${kind}`}>
        <Icon name={kind === "public" ? "person" : "lock"} />
        {t(`console.preview.${kind}`)}
      </h3>
      <ul class="preview-readers small">
        {kind === "public" ? (
          <li>{t("console.preview.everybody")}</li>
        ) : (
          groups.map((r) => (
            <li key={r.label}>
              {r.name} {r.persons > 0 && <span class="muted">{t.n("console.preview.persons", r.persons, { n: number(r.persons) })}</span>}
            </li>
          ))
        )}
      </ul>
      {lines.length === 0 ? (
        <p class="muted">{t(`console.preview.${kind}.none`)}</p>
      ) : (
        <ul class="preview-lines">
          {lines.map((l) => (
            <li key={l.kind + l.id} data-kind={l.kind} data-change={l.change}>
              <span class="preview-name">
                {l.number && <span class="muted">{l.number} </span>}
                {l.name}
              </span>
              {l.kind === "file" && l.change === "changed" && <ChangesOf meeting={meeting} file={l.id} />}
              {l.change !== "same" && (
                <span class="badge" data-kind={BADGES[l.change]}>
                  {t(`console.preview.change.${l.change}`)}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const BADGES = { new: "new", changed: "warn", removed: "closed" } as const;
