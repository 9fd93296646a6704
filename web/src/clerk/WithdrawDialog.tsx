import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t } from "../i18n/clerk.ts";
import { Button, Dialog, toast } from "../ui/index.ts";
import { ask } from "./api.ts";
import type { Room } from "./desk_open.ts";
import { Labelled } from "./MeetingFields.tsx";
import { previewWanted } from "./PublishCard.tsx";

interface What {
  kind: "meeting" | "paper" | "file";
  id: string;
  name: string;
  revision: number;
  /** Nobody but clerks has seen it: it is only taken away. */
  draft?: boolean;
}

const PATHS = { meeting: "meetings", paper: "papers", file: "files" } as const;

/** Takes something back from its readers, at once, with a reason. The way back is publishing again: with its preview when more waits. */
export function WithdrawDialog({ room, what, close }: { room: Room; what: What; close: () => void }) {
  const [reason, setReason] = useState(() => room.drafts.get(what.id, "withdraw")?.text ?? "");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [key] = useState(uuidv7);

  const undo = async (pendingBefore: number): Promise<void> => {
    // Publishing would also publish what else waits: then the clerk looks at the preview first.
    if (pendingBefore > 0 || what.draft) {
      previewWanted.value = true;
      return;
    }
    const answer = await ask({ method: "POST", path: `/api/v1/meetings/${room.id}/publish` }, uuidv7());
    if (answer.status >= 200 && answer.status < 300) toast(t("console.withdraw.undone", { name: what.name }));
    else toast(answer.problem, { kind: "error" });
    await room.desk.reload();
  };
  const withdraw = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    const pending = room.desk.meeting.value?.pendingChanges ?? 0;
    const path = `/api/v1/${PATHS[what.kind]}/${what.id}/withdraw`;
    const answer = await ask({ method: "POST", path, body: { reason: reason.trim() }, revision: what.revision }, key);
    setBusy(false);
    if (answer.status < 200 || answer.status >= 300) {
      if (answer.status === 412) await room.desk.reload();
      return setProblem(
        answer.status === 412 ? t("console.stale.short") : answer.status === 401 ? t("console.expired.kept") : answer.problem,
      );
    }
    room.drafts.drop(what.id, "withdraw");
    close();
    toast(t(what.draft ? "console.withdraw.removed" : "console.withdraw.done", { name: what.name }), {
      action: what.draft ? undefined : { label: t("console.undo"), run: () => void undo(pending) },
    });
    await room.desk.reload();
  };
  const send = t(what.draft ? "console.withdraw.remove" : "console.withdraw.now");
  return (
    <Dialog
      open
      title={t(what.draft && what.kind !== "meeting" ? `console.withdraw.title.draft.${what.kind}` : `console.withdraw.title.${what.kind}`)}
      onClose={close}
      actions={
        <>
          <Button label={t("console.cancel")} onClick={close} />
          <Button variant="danger" label={send} disabled={busy} onClick={() => void withdraw()} />
        </>
      }
    >
      <p>
        {t(what.draft && what.kind !== "meeting" ? `console.withdraw.text.draft.${what.kind}` : `console.withdraw.text.${what.kind}`, {
          name: what.name,
        })}
      </p>
      <Labelled label={t("console.withdraw.reason")} hint={what.draft ? undefined : t("console.withdraw.reasonHint")}>
        {(id) => (
          <input
            id={id}
            class="input"
            maxLength={500}
            value={reason}
            onInput={(e) => {
              setReason(e.currentTarget.value);
              room.drafts.keep(what.id, "withdraw", e.currentTarget.value, "");
            }}
          />
        )}
      </Labelled>
      {problem && (
        <p class="notice" data-kind="error" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
