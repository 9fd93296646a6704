import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t } from "../i18n/clerk.ts";
import { Button, Dialog, toast } from "../ui/index.ts";
import { ask } from "./api.ts";
import type { Room } from "./desk_open.ts";
import { Labelled } from "./MeetingFields.tsx";
import { actPath, good, previewWanted, undoWithdrawal } from "./restore.ts";

interface What {
  kind: "meeting" | "paper" | "file";
  id: string;
  name: string;
  revision: number;
  /** Nobody but clerks has ever seen it: it is only taken away. */
  draft?: boolean;
  /** Its readers have it now: taking the withdrawal back means publishing it again. */
  published: boolean;
}

/** Takes something back from its readers, at once, with a reason. The way back is restoring it (restore.ts). */
export function WithdrawDialog({ room, what, close }: { room: Room; what: What; close: () => void }) {
  const [reason, setReason] = useState(() => room.drafts.get(what.id, "withdraw")?.text ?? "");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [key] = useState(uuidv7);

  const undo = async (revision: number): Promise<void> => {
    const undone = await undoWithdrawal(ask, room.desk, { kind: what.kind, id: what.id, revision }, what.published);
    if (undone.kind === "failed") toast(undone.problem, { kind: "error" });
    else if (undone.kind === "published") toast(t("console.withdraw.undone", { name: what.name }));
    else toast(t("console.restored", { name: what.name }));
    if (undone.kind === "look") previewWanted.value = true;
  };
  const withdraw = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    const path = actPath(what, "withdraw");
    const answer = await ask({ method: "POST", path, body: { reason: reason.trim() }, revision: what.revision }, key);
    setBusy(false);
    if (!good(answer)) {
      if (answer.status === 412) await room.desk.reload();
      return setProblem(
        answer.status === 412 ? t("console.stale.short") : answer.status === 401 ? t("console.expired.kept") : answer.problem,
      );
    }
    room.drafts.drop(what.id, "withdraw");
    close();
    const now = (answer.body as { revision: number } | null)?.revision;
    toast(t(now ? "console.withdraw.done" : "console.withdraw.removed", { name: what.name }), {
      action: now ? { label: t("console.undo"), run: () => void undo(now) } : undefined,
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
