import { useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { formatDate } from "../i18n/index.ts";
import { Button, toast } from "../ui/index.ts";
import { ask } from "./api.ts";
import type { Room } from "./desk_open.ts";
import { good, previewWanted, type Restorable, restore } from "./restore.ts";
import type { Withdrawal } from "./wire.ts";

interface Props {
  room: Room;
  what: Restorable & { name: string };
  withdrawn: Withdrawal | null | undefined;
}

/** Since when and why something is withdrawn, and the way back. Nothing opens before the next publication. */
export function Withdrawn({ room, what, withdrawn }: Props) {
  const [busy, setBusy] = useState(false);
  const back = async (): Promise<void> => {
    setBusy(true);
    const answer = await restore(ask, room.desk, what);
    setBusy(false);
    if (answer.status === 412) return void toast(t("console.stale.short"), { kind: "error" });
    if (!good(answer)) return void toast(answer.problem, { kind: "error" });
    const look = (): void => {
      previewWanted.value = true;
    };
    toast(t("console.restored", { name: what.name }), { action: { label: t("console.restored.look"), run: look } });
  };
  return (
    <div class="withdrawn">
      <p class="small">
        {withdrawn ? t("console.withdrawn.at", { date: formatDate(withdrawn.at) }) : t("console.withdrawn.now")}
        {withdrawn?.reason && <>: {withdrawn.reason}</>}
      </p>
      <span class="no-print">
        <Button
          icon="undo"
          label={t("console.restore")}
          aria-label={t("console.restoreOf", { name: what.name })}
          disabled={busy}
          onClick={() => void back()}
        />
      </span>
    </div>
  );
}
