import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { formatBytes } from "../i18n/index.ts";
import { Button, Dialog } from "../ui/index.ts";
import type { Room } from "./desk_open.ts";
import { checkFile } from "./file_check.ts";
import { findingText } from "./file_texts.ts";
import { Labelled } from "./MeetingFields.tsx";
import type { PaperFile, PaperRef } from "./wire.ts";

interface Props {
  room: Room;
  paper: PaperRef;
  file: PaperFile;
  chosen: File;
  /** The present upload was refused: nobody has read it, so no reason is asked for. */
  refused: boolean;
  close: () => void;
}

/** A new version of a file, with the reason that its readers see. */
export function ReplaceDialog({ room, paper, file, chosen, refused, close }: Props) {
  const [reason, setReason] = useState(() => room.drafts.get(file.id, "reason")?.text ?? "");
  const [finding, setFinding] = useState("");
  const seen = file.version?.publishedAt !== undefined && file.version?.publishedAt !== null;
  useEffect(() => {
    void checkFile(chosen, Infinity).then((found) => setFinding(found ? findingText(found, Infinity) : ""));
  }, [chosen]);
  const send = (): void => {
    const role = file.role === "main" ? "main" : "auxiliary";
    room.queue.add([chosen], () => ({ kind: "version", paper: paper.id, file: file.id, role, reason: reason.trim() }));
    room.drafts.drop(file.id, "reason");
    close();
  };
  return (
    <Dialog
      open
      title={t("console.replace.title")}
      onClose={close}
      actions={
        <>
          <Button label={t("console.cancel")} onClick={close} />
          <Button variant="primary" label={t("console.replace.send")} disabled={finding !== "" || (seen && !refused && reason.trim() === "")} onClick={send} />
        </>
      }
    >
      <p>{t("console.replace.text", { old: file.name || file.fileName, new: chosen.name, size: formatBytes(chosen.size) })}</p>
      {seen && <p class="muted">{t("console.replace.marks")}</p>}
      {finding && (
        <p class="notice" data-kind="error" role="alert">
          {finding}
        </p>
      )}
      {!refused && (
        <Labelled label={t("console.replace.reason")} hint={t(seen ? "console.replace.reasonNeeded" : "console.replace.reasonHint")}>
          {(id) => (
            <input
              id={id}
              class="input"
              maxLength={500}
              required={seen}
              value={reason}
              placeholder={t("console.replace.reasonExample")}
              onInput={(e) => {
                setReason(e.currentTarget.value);
                room.drafts.keep(file.id, "reason", e.currentTarget.value, "");
              }}
            />
          )}
        </Labelled>
      )}
    </Dialog>
  );
}
