import { useEffect, useState } from "preact/hooks";
import type { FileVersionRef } from "../api/model.ts";
import { t } from "../i18n/clerk.ts";
import { formatDate } from "../i18n/index.ts";
import { Dialog, LinkButton, List } from "../ui/index.ts";
import { read } from "./api.ts";
import { DifferenceLink, hrefDifference } from "./DifferenceLink.tsx";
import type { PaperFile } from "./wire.ts";

/** All versions of a file, newest first: none is ever lost. Each with its reason, who brought it, and what it changed. */
export function VersionsDialog({ file, close }: { file: PaperFile; close: () => void }) {
  const [versions, set] = useState<FileVersionRef[]>(file.versions);
  useEffect(() => {
    const stop = new AbortController();
    read<PaperFile>(`/api/v1/files/${file.id}/info`, stop.signal).then((f) => set(f.versions), () => undefined);
    return () => stop.abort();
  }, [file.id]);
  const rows = [...versions].sort((a, b) => b.number - a.number);
  const waiting = file.latest;
  // What a worker has not finished, or refused, has no pages to compare.
  const comparable = rows.filter((v) => v.id !== waiting?.id || waiting.processing === "readable" || waiting.processing === "searchable");
  return (
    <Dialog open wide title={t("console.versions.title", { name: file.name || file.fileName })} onClose={close}>
      <List label={t("console.file.versions")}>
        {rows.map((v) => {
          const before = comparable[comparable.indexOf(v) + 1];
          return (
            <li key={v.id} class="version">
              <strong>{t("console.file.version", { n: v.number })}</strong>
              <span class="muted">
                {[
                  v.publishedAt ? t("console.file.published", { date: formatDate(v.publishedAt) }) : v.id === waiting?.id ? (waiting.problem?.text ?? t("console.file.newWaits")) : t("console.versions.unpublished"),
                  v.by && t("console.versions.by", { name: v.by }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              {v.reason ? <span>{v.reason}</span> : v.number > 1 && <span class="muted">{t("console.versions.noReason")}</span>}
              <span class="version-acts">
                <a href={v.url} target="_blank" rel="noopener">
                  {t("console.file.view")}
                </a>
                {comparable.includes(v) && before && <DifferenceLink file={file} from={before.id} to={v.id} />}
              </span>
            </li>
          );
        })}
      </List>
      {comparable.length > 2 && <AnyTwo file={file} versions={comparable} />}
    </Dialog>
  );
}

/** AnyTwo compares versions that do not follow each other. */
function AnyTwo({ file, versions }: { file: PaperFile; versions: FileVersionRef[] }) {
  const [from, setFrom] = useState(versions.at(-1)!.id);
  const [to, setTo] = useState(versions[0]!.id);
  const choice = (label: string, value: string, other: string, onChoose: (id: string) => void) => (
    <label class="version-choice">
      <span class="small muted">{label}</span>
      <select class="input" value={value} onChange={(e) => onChoose(e.currentTarget.value)}>
        {versions
          .filter((v) => v.id !== other)
          .map((v) => (
            <option key={v.id} value={v.id}>
              {t("console.file.version", { n: v.number })}
            </option>
          ))}
      </select>
    </label>
  );
  return (
    <fieldset class="version-compare">
      <legend>{t("console.versions.compare")}</legend>
      {choice(t("console.versions.old"), from, to, setFrom)}
      {choice(t("console.versions.new"), to, from, setTo)}
      <LinkButton icon="history" label={t("console.versions.show")} href={hrefDifference(file, from, to)} target="_blank" rel="noopener" />
    </fieldset>
  );
}
