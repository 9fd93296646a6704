import type { Paper } from "../api/model.ts";
import { styleOf } from "../core/annotation.ts";
import type { Mark } from "../core/sync/marks.ts";
import { Badge, Button, Empty, Icon, Sheet } from "../ui/index.ts";
import { markDelete } from "./mark_delete.ts";
import { marks, own } from "./own.ts";
import type { Reading } from "./reading.ts";
import { t } from "./texts.ts";

interface Props {
  paper: Paper;
  reading: Reading;
  onShow: (mark: Mark) => void;
  onClose: () => void;
}

const byPlace = (a: Mark, b: Mark) => a.annotation.page - b.annotation.page || (b.annotation.quads[0]?.[3] ?? 0) - (a.annotation.quads[0]?.[3] ?? 0);

/** MarkList lists all own marks of the paper, whichever file and version they stand on: none is ever out of sight. */
export function MarkList({ paper, onShow, onClose }: Props) {
  const all = marks.value.filter((m) => m.annotation.paper === paper.id);
  const current = new Set(paper.files.map((f) => `${f.id} ${f.version?.id}`));
  const older = all.filter((m) => !current.has(`${m.annotation.file} ${m.annotation.version}`));
  const refused = all.filter((m) => m.refused);
  return (
    <Sheet title={t("reader.mark.listTitle")} onClose={onClose}>
      {all.length > 0 && <p class="small muted">{t("reader.mark.private")}</p>}
      {refused.length > 0 && <Button variant="primary" label={t("reader.mark.retry")} onClick={() => void own().retry()} />}
      {all.length === 0 && (
        <Empty icon="marker" title={t("reader.mark.none")}>
          <p>{t("reader.mark.noneText")}</p>
        </Empty>
      )}
      {paper.files.map((file) => {
        const here = all.filter((m) => m.annotation.file === file.id && m.annotation.version === file.version?.id).sort(byPlace);
        if (here.length === 0) return null;
        return (
          <section key={file.id} class="mark-group">
            {paper.files.length > 1 && <h3>{file.role === "main" ? paper.name : file.name || file.fileName}</h3>}
            <MarkRows marks={here} onShow={onShow} />
          </section>
        );
      })}
      {older.length > 0 && (
        <section class="mark-group">
          <h3>{t("reader.mark.older")}</h3>
          <p class="small muted">{t("reader.mark.olderText")}</p>
          <MarkRows marks={older.sort(byPlace)} onShow={onShow} version={(m) => versionNumber(paper, m)} />
        </section>
      )}
    </Sheet>
  );
}

function versionNumber(paper: Paper, mark: Mark): string {
  const n = paper.files.find((f) => f.id === mark.annotation.file)?.versions.find((v) => v.id === mark.annotation.version)?.number;
  return n === undefined ? "" : t("reader.version.replaced", { n });
}

function MarkRows({ marks: rows, onShow, version }: { marks: Mark[]; onShow: (m: Mark) => void; version?: (m: Mark) => string }) {
  return (
    <ul class="mark-rows">
      {rows.map((m) => (
        <li key={m.id} class="mark-row">
          <button type="button" class="row" onClick={() => onShow(m)}>
            <span class="mark-chip" data-style={styleOf(m.annotation)}>
              <Icon name={m.annotation.kind === "note" ? "note" : "marker"} />
            </span>
            <span class="grow">
              {m.annotation.kind === "highlight" && <q class="quote">{m.annotation.quote || t("reader.mark.noQuote")}</q>}
              {m.annotation.body && <span class="note-text">{m.annotation.body}</span>}
              {m.annotation.kind === "note" && !m.annotation.body && <span class="note-text">{t("reader.mark.note")}</span>}
              <span class="small muted">
                {[t("reader.paper.page", { n: m.annotation.page }), t(`reader.mark.${styleOf(m.annotation)}`), version?.(m), m.waiting ? t("reader.mark.unsent") : ""].filter(Boolean).join(" · ")}
              </span>
              {m.refused && <Badge kind="warn">{t("reader.mark.refused", { reason: m.refused })}</Badge>}
            </span>
          </button>
          <Button variant="quiet" icon="trash" iconOnly label={t("reader.mark.delete")} onClick={() => void markDelete(m)} />
        </li>
      ))}
    </ul>
  );
}
