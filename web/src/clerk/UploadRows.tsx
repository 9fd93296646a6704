import { t } from "../i18n/clerk.ts";
import { t as upload } from "../i18n/upload.ts";
import { formatBytes } from "../i18n/index.ts";
import { Button, Icon } from "../ui/index.ts";
import type { Room } from "./desk_open.ts";
import { pickFiles } from "./drop.ts";
import { namesFromFile, percent, type Upload } from "./uploads.ts";

/** The files on their way to one item (as papers of their own) or to one paper. Finished ones stand in the agenda already. */
export function UploadRows({ room, at }: { room: Room; at: { item?: string; paper?: string } }) {
  const here = room.queue.uploads.value.filter((u) => {
    if (u.phase === "done" || u.phase === "cancelled") return false;
    return u.target.kind === "item" ? u.target.item === at.item : u.target.paper === at.paper;
  });
  if (here.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles
    <ul class="uploads no-print" role="list" aria-label={t("console.upload.list")}>
      {here.map((u) => (
        <UploadRow key={u.id} room={room} upload={u} />
      ))}
    </ul>
  );
}

function UploadRow({ room, upload: u }: { room: Room; upload: Upload }) {
  const { queue } = room;
  const other = async (): Promise<void> => {
    const [chosen] = await pickFiles(false);
    if (!chosen) return;
    queue.add([chosen], () => (u.target.kind === "item" ? { ...u.target, ...namesFromFile(chosen.name) } : u.target));
    queue.clear(u.id);
  };
  return (
    <li class="upload" data-phase={u.phase}>
      <Icon name={u.phase === "refused" || u.phase === "lost" ? "warn" : "upload"} />
      <div class="upload-text">
        <span class="file-name">{u.fileName}</span>
        {(u.phase === "sending" || u.phase === "paused" || (u.phase === "lost" && u.sent > 0)) && (
          <progress max={100} value={percent(u)} aria-label={t("console.upload.progressOf", { name: u.fileName })} />
        )}
        <span class="small muted" role={u.phase === "sending" ? undefined : "status"}>
          {phaseText(u)}
        </span>
      </div>
      <div class="upload-acts">
        {u.phase === "sending" && (
          <Button variant="quiet" icon="pause" iconOnly label={upload("upload.pause", { name: u.fileName })} onClick={() => queue.pause(u.id)} />
        )}
        {u.phase === "paused" && <Button label={upload("upload.resume")} onClick={() => queue.retry(u.id)} />}
        {u.phase === "lost" && <Button label={u.sent > 0 ? upload("upload.resume") : t("console.upload.retry")} onClick={() => queue.retry(u.id)} />}
        {u.phase === "refused" && <Button label={t("console.upload.other")} onClick={() => void other()} />}
        {u.phase === "refused" ? (
          <Button
            variant="quiet"
            icon="close"
            iconOnly
            label={t("console.upload.clear", { name: u.fileName })}
            onClick={() => queue.clear(u.id)}
          />
        ) : (
          <Button
            variant="quiet"
            icon="close"
            iconOnly
            label={t("console.upload.cancel", { name: u.fileName })}
            onClick={() => queue.cancel(u.id)}
          />
        )}
      </div>
    </li>
  );
}

function phaseText(u: Upload): string {
  switch (u.phase) {
    case "sending":
      return u.sent >= u.size
        ? t("console.upload.saving")
        : t("console.upload.progress", { percent: percent(u), sent: formatBytes(u.sent), size: formatBytes(u.size) });
    case "lost":
      return upload(u.tries <= 3 ? "upload.lostAgain" : "upload.lost", { percent: percent(u) });
    case "paused":
      return upload("upload.paused", { percent: percent(u) });
    case "refused":
      return u.problem;
    case "expired":
      return t("console.upload.expired");
    default:
      return t("console.upload.waiting");
  }
}
