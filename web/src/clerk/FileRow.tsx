import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t } from "../i18n/clerk.ts";
import { formatBytes, formatDate } from "../i18n/index.ts";
import { Badge, Button, Icon, toast } from "../ui/index.ts";
import { AccessibilityDialog, t as a } from "./AccessibilityDialog.tsx";
import { ask } from "./api.ts";
import type { Room } from "./desk_open.ts";
import { pickFiles } from "./drop.ts";
import { FilePicture } from "./FilePicture.tsx";
import { FileProgress, StepsDialog, stepsAct } from "./FileSteps.tsx";
import { fileNow, needsHand } from "./file_state.ts";
import { Menu } from "./Menu.tsx";
import { ModeDialog } from "./ModeDialog.tsx";
import { RenameDialog } from "./RenameDialog.tsx";
import { ReplaceDialog } from "./ReplaceDialog.tsx";
import { VersionsDialog } from "./VersionsDialog.tsx";
import { WithdrawDialog } from "./WithdrawDialog.tsx";
import type { PaperFile, PaperRef } from "./wire.ts";
import { Withdrawn } from "./Withdrawn.tsx";

/** One file: what it is, how far the worker has come, and what the clerk can do with it. */
export function FileRow({ room, paper, file }: { room: Room; paper: PaperRef; file: PaperFile }) {
  const [open, setOpen] = useState<"versions" | "steps" | "accessibility" | "withdraw" | "rename" | "mode" | "pictures" | null>(null);
  const [replacement, setReplacement] = useState<File | null>(null);
  const now = fileNow(file);
  const refused = now.processing === "refused" && file.state !== "withdrawn";
  const stuck = paper.state !== "withdrawn" && needsHand(file);
  const unseen = file.state === "draft" && !file.version?.publishedAt;
  const other = file.role === "main" ? "auxiliary" : "main";
  const turn = (): void => {
    void room.desk.do({ kind: "file.patch", file: file.id, patch: { role: other }, base: { role: file.role as "main" | "auxiliary" } });
  };
  const again = async (): Promise<void> => {
    const answer = await ask({ method: "POST", path: `/api/v1/files/${file.id}/again` }, uuidv7());
    if (answer.status >= 200 && answer.status < 300) await room.desk.reload();
    else toast(answer.problem, { kind: "error" });
  };
  const replace = (): void => {
    void pickFiles(false).then(([chosen]) => chosen && setReplacement(chosen));
  };
  // A published version keeps its bytes; and while a worker is at it there is nothing to choose.
  const newestDone = now.processing !== "checking";
  const mayChoose = file.state !== "withdrawn" && newestDone && (now.newVersionWaits || !file.version?.publishedAt);
  const asPictures = refused && mayChoose && ["file.refused.unmarked", "file.refused.structure"].includes((file.latest?.problem ?? file.problem)?.key ?? "");
  const ready = file.processing === "readable" || file.processing === "searchable";
  const href = now.newVersionWaits && file.latest ? `${file.url}?version=${file.latest.id}` : file.url;
  const latestReady = !file.latest || file.latest.processing === "readable" || file.latest.processing === "searchable";
  return (
    <li class="file" data-refused={stuck || undefined} data-state={file.state}>
      <div class="file-line">
        <FilePicture file={file} />
        <div class="file-text">
          <span class="file-name">{file.name || file.fileName}</span>
          <span class="small muted">
            {[
              t(file.role === "main" ? "console.file.main" : "console.file.annex"),
              file.pages > 0 && t.n("console.pages", file.pages),
              file.size > 0 && formatBytes(file.size),
              now.number > 1 && t("console.file.version", { n: now.number }),
              file.version?.publishedAt && t("console.file.published", { date: formatDate(file.version.publishedAt) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </div>
        <span class="file-state">
          <FileBadge file={file} />
        </span>
        <span class="file-acts no-print">
          {ready && latestReady && (
            <a
              class="btn"
              data-variant="quiet"
              href={href}
              target="_blank"
              rel="noopener"
              aria-label={t("console.file.viewOf", { name: file.name })}
            >
              {t("console.file.view")}
            </a>
          )}
          <Menu
            label={t("console.file.more", { name: file.name })}
            acts={[
              file.state !== "withdrawn" && { label: t("console.file.replace"), icon: "upload", run: replace },
              file.state !== "withdrawn" && { label: t("console.file.rename"), icon: "edit", run: () => setOpen("rename") },
              file.state !== "withdrawn" && { label: t(`console.file.turn.${other}`), icon: other === "main" ? "file" : "clip", run: turn },
              { label: t("console.file.versions"), icon: "history", run: () => setOpen("versions") },
              { label: stepsAct(), icon: "list", run: () => setOpen("steps") },
              ready && { label: a("accessibility.act"), icon: "person", run: () => setOpen("accessibility") },
              mayChoose && { label: t("console.mode.act"), icon: "lock", run: () => setOpen("mode") },
              file.state !== "withdrawn" && {
                label: t(unseen ? "console.file.remove" : "console.file.withdraw"),
                icon: "trash",
                danger: true,
                run: () => setOpen("withdraw"),
              },
            ]}
          />
        </span>
      </div>
      {file.state === "withdrawn" && (
        <Withdrawn
          room={room}
          what={{ kind: "file", id: file.id, name: file.name || file.fileName, revision: file.revision }}
          withdrawn={file.withdrawn}
        />
      )}
      {file.state !== "withdrawn" && (file.findings?.length ?? 0) > 0 && (
        <div class="file-findings notice" data-kind="warn" role="note" aria-label={t("console.file.findings")}>
          {file.findings?.map((f) => (
            <p key={f.key}>
              <Icon name="warn" /> {f.text}
            </p>
          ))}
        </div>
      )}
      {file.state !== "withdrawn" && !stuck && (now.processing === "received" || now.processing === "checking") && <FileProgress room={room} file={file} />}
      {stuck && (
        <div class="file-problem" role="alert">
          <p>{now.problem || t("console.file.refusedUnknown")}</p>
          <p class="actions no-print">
            {asPictures && <Button variant="primary" label={t("console.mode.pictures")} onClick={() => setOpen("pictures")} />}
            {refused && <Button label={t("console.upload.other")} icon="upload" onClick={replace} />}
            <Button variant="quiet" label={t("console.upload.again")} onClick={() => void again()} />
          </p>
        </div>
      )}
      {replacement && (
        <ReplaceDialog room={room} paper={paper} file={file} chosen={replacement} refused={refused} close={() => setReplacement(null)} />
      )}
      {open === "accessibility" && <AccessibilityDialog file={file} close={() => setOpen(null)} />}
      {open === "steps" && <StepsDialog room={room} file={file} close={() => setOpen(null)} />}
      {open === "versions" && <VersionsDialog file={file} close={() => setOpen(null)} />}
      {(open === "mode" || open === "pictures") && (
        <ModeDialog room={room} file={file} first={open === "pictures" ? "raster" : undefined} close={() => setOpen(null)} />
      )}
      {open === "rename" && <RenameDialog room={room} file={file} close={() => setOpen(null)} />}
      {open === "withdraw" && (
        <WithdrawDialog
          room={room}
          what={{
            kind: "file",
            id: file.id,
            name: file.name || file.fileName,
            revision: file.revision,
            draft: unseen,
            published: file.state === "published" && paper.state === "published",
          }}
          close={() => setOpen(null)}
        />
      )}
    </li>
  );
}

/** The state of a file in one word: what the worker says, or what its readers have of it. */
function FileBadge({ file }: { file: PaperFile }) {
  if (file.state === "withdrawn") return <Badge kind="closed">{t("console.state.withdrawn")}</Badge>;
  const now = fileNow(file);
  switch (now.processing) {
    case "refused":
      return (
        <Badge kind="closed" icon="warn">
          {t("console.processing.refused")}
        </Badge>
      );
    case "received":
    case "checking":
      return (
        <span class="badge" data-kind="accent" role="status">
          <span class="spin" aria-hidden="true" />
          {t(`console.processing.${now.processing}`)}
        </span>
      );
    case "readable":
    case "searchable":
      if (now.newVersionWaits) return <Badge kind="warn">{t("console.file.newWaits")}</Badge>;
      return (
        <Badge kind="new" icon="check">
          {t(`console.processing.${now.processing}`)}
        </Badge>
      );
    default:
      return <Badge>{now.processing}</Badge>;
  }
}
