import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t } from "../i18n/clerk.ts";
import { Button, Dialog, toast } from "../ui/index.ts";
import { ask } from "./api.ts";
import type { Room } from "./desk_open.ts";
import type { PaperFile } from "./wire.ts";

const modes = ["", "standard", "interleaved", "raster"] as const;
type Mode = (typeof modes)[number];
const word = (m: Mode): "by_type" | Exclude<Mode, ""> => m || "by_type";

/** How a file's copies are made. The choice sends the newest version through the preparation once more. */
export function ModeDialog({ room, file, first, close }: { room: Room; file: PaperFile; first?: Mode; close: () => void }) {
  const [mode, setMode] = useState<Mode>(first ?? ((file.mode ?? "") as Mode));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [key] = useState(uuidv7);
  const save = async (): Promise<void> => {
    if (mode === (file.mode ?? "")) return close();
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "PATCH", path: `/api/v1/files/${file.id}`, body: { mode }, revision: file.revision }, key);
    setBusy(false);
    if (answer.status < 200 || answer.status >= 300) {
      if (answer.status === 412) await room.desk.reload();
      return setProblem(
        answer.status === 412 ? t("console.stale.short") : answer.status === 401 ? t("console.expired.kept") : answer.problem,
      );
    }
    close();
    toast(t("console.mode.saved"));
    await room.desk.reload();
  };
  return (
    <Dialog
      open
      title={t("console.mode.title")}
      onClose={close}
      actions={
        <>
          <Button label={t("console.cancel")} onClick={close} />
          <Button variant="primary" label={t("console.save")} disabled={busy} onClick={() => void save()} />
        </>
      }
    >
      <p>{t("console.mode.intro")}</p>
      <fieldset class="choices">
        <legend class="sr-only">{t("console.mode.title")}</legend>
        {modes.map((m) => (
          <label key={m} class="choice">
            <input type="radio" name="mode" value={m} checked={mode === m} onChange={() => setMode(m)} />
            {t(`console.mode.${word(m)}`)}
            <span class="small muted">{t(`console.mode.${word(m)}.text`)}</span>
          </label>
        ))}
      </fieldset>
      <p class="small muted">{t("console.mode.again")}</p>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
