import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { Badge, Button, Dialog, Icon, List, Loading, toast } from "../ui/index.ts";
import { ask } from "./api.ts";
import type { Room } from "./desk_open.ts";
import { fileNow } from "./file_state.ts";
import { loadOriginal } from "./original.ts";
import { useSteps } from "./use_steps.ts";
import type { PaperFile } from "./wire.ts";
import { type Step, tellingStep } from "./work_state.ts";
import { t } from "./work_texts.ts";

/** One line under a file that a worker is at: what happens now, and how far it is. The line keeps its height. */
export function FileProgress({ room, file }: { room: Room; file: PaperFile }) {
  const steps = useSteps(file.id, () => void room.desk.reload());
  const step = steps && tellingStep(steps);
  return (
    <div class="file-progress" role="status">
      <span class="small muted">{step ? telling(step) : t("steps.waitsInLine")}</span>
      <progress aria-hidden="true" max={1} value={step && step.total > 0 ? step.done / step.total : undefined} />
    </div>
  );
}

function telling(step: Step): string {
  if (step.state === "waiting") return step.problem?.text ?? t("steps.waitsInLine");
  if (step.total > 1) return t("steps.page", { what: t(`steps.step.${step.step}`), done: Math.min(step.done + 1, step.total), total: step.total });
  return t(`steps.now.${step.step}`);
}

/** All steps of the newest version, with reasons and hints; what failed can be asked for again, the original can be loaded. */
export function StepsDialog({ room, file, close }: { room: Room; file: PaperFile; close: () => void }) {
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const steps = useSteps(file.id, () => void room.desk.reload(), round);
  const again = async (): Promise<void> => {
    const answer = await ask({ method: "POST", path: `/api/v1/files/${file.id}/again` }, uuidv7());
    if (answer.status < 200 || answer.status >= 300) toast(answer.problem, { kind: "error" });
    setRound(round + 1);
  };
  const original = async (): Promise<void> => {
    setBusy(true);
    await loadOriginal(file.id);
    setBusy(false);
  };
  const { processing } = fileNow(file);
  const name = file.name || file.fileName;
  return (
    <Dialog
      open
      title={t("steps.title", { name })}
      onClose={close}
      actions={
        processing !== "received" &&
        processing !== "checking" && (
          <Button icon="download" label={t(busy ? "steps.original.busy" : "steps.original")} disabled={busy} onClick={() => void original()} />
        )
      }
    >
      {!steps && <Loading />}
      {steps?.length === 0 && <p class="muted">{t("steps.none")}</p>}
      {steps && steps.length > 0 && (
        <List label={t("steps.title", { name })}>
          {steps.map((s) => (
            <StepLine key={s.step} step={s} again={() => void again()} />
          ))}
        </List>
      )}
      <p class="small muted steps-foot">{t("steps.original.fresh")}</p>
    </Dialog>
  );
}

function StepLine({ step, again }: { step: Step; again: () => void }) {
  const kind = ({ done: "new", failed: "closed", running: "accent", waiting: undefined, skipped: undefined } as const)[step.state];
  const countable = step.state === "running" && step.total > 0;
  return (
    <li class="step" data-state={step.state}>
      <div class="step-line">
        <span class="step-name">{t(`steps.step.${step.step}`)}</span>
        <Badge kind={kind} icon={step.state === "failed" ? "warn" : step.state === "done" ? "check" : undefined}>
          {countable ? `${step.done} / ${step.total}` : t(`steps.state.${step.state}`)}
        </Badge>
      </div>
      {countable && <progress aria-hidden="true" max={step.total} value={step.done} />}
      {step.problem && <p>{step.problem.text}</p>}
      {step.notes.map((n) => (
        <p key={n.key} class="small">
          <Icon name="warn" /> {n.text}
        </p>
      ))}
      {(step.state === "failed" || (step.state === "waiting" && step.problem)) && (
        <p class="actions">
          <Button label={t("work.again")} onClick={again} />
        </p>
      )}
    </li>
  );
}

/** For screen readers: the name of the act in the menu of a file. */
export const stepsAct = (): string => t("steps.act");
