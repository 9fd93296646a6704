import { t } from "../i18n/clerk.ts";
import { formatDate } from "../i18n/index.ts";
import { Dialog, List } from "../ui/index.ts";
import type { PaperFile } from "./wire.ts";

/** All versions of a file, newest first: none is ever lost. */
export function VersionsDialog({ file, close }: { file: PaperFile; close: () => void }) {
  const rows = [...file.versions].sort((a, b) => b.number - a.number);
  const waiting = file.latest && !rows.some((v) => v.id === file.latest?.id) ? file.latest : null;
  return (
    <Dialog open title={t("console.versions.title", { name: file.name || file.fileName })} onClose={close}>
      <List label={t("console.file.versions")}>
        {waiting && (
          <li class="version">
            <strong>{t("console.file.version", { n: waiting.number })}</strong>
            <span class="muted">{waiting.problem?.text ?? t("console.file.newWaits")}</span>
            {waiting.reason && <span>{waiting.reason}</span>}
          </li>
        )}
        {rows.map((v) => (
          <li key={v.id} class="version">
            <strong>{t("console.file.version", { n: v.number })}</strong>
            <span class="muted">
              {v.publishedAt ? t("console.file.published", { date: formatDate(v.publishedAt) }) : t("console.versions.unpublished")}
            </span>
            {v.reason && <span>{v.reason}</span>}
            <a href={v.url} target="_blank" rel="noopener">
              {t("console.file.view")}
            </a>
          </li>
        ))}
      </List>
    </Dialog>
  );
}
