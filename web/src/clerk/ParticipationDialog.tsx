import { useEffect, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t } from "../i18n/clerk.ts";
import { Button, Dialog, Failed, Loading } from "../ui/index.ts";
import { ask, read } from "./api.ts";
import type { Request } from "./change.ts";
import { ConflictPart } from "./ConflictPart.tsx";
import type { Room } from "./desk_open.ts";
import { GuestPart } from "./GuestPart.tsx";
import { good } from "./restore.ts";
import { SubstitutionPart } from "./SubstitutionPart.tsx";
import type { Meeting, Participation } from "./wire.ts";

/** What the two parts of the dialog need: `act` sends one act and tells whether it was done. */
export interface PartProps {
  meeting: Meeting;
  now: Participation;
  busy: boolean;
  act: (request: Request) => Promise<boolean>;
}

/** Who may not take part in an item (Befangenheit), and who acts for whom in the meeting (Vertretung). Both count at once. */
export function ParticipationDialog({ room, meeting, close }: { room: Room; meeting: Meeting; close: () => void }) {
  const [now, setNow] = useState<Participation | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const load = async (): Promise<void> => {
    setError(null);
    await read<Participation>(`/api/v1/meetings/${meeting.id}/participation`).then(setNow, setError);
  };
  useEffect(() => void load(), []);
  const act = async (request: Request): Promise<boolean> => {
    setBusy(true);
    setProblem("");
    const answer = await ask(request, uuidv7());
    if (!good(answer)) {
      setProblem(answer.status === 412 ? t("console.stale.short") : answer.status === 401 ? t("console.expired.kept") : answer.problem);
    }
    await Promise.all([load(), room.desk.reload()]);
    setBusy(false);
    return good(answer);
  };
  return (
    <Dialog open wide title={t("console.part.title")} onClose={close} actions={<Button label={t("console.part.close")} onClick={close} />}>
      {problem && (
        <p class="notice" data-kind="error" role="alert">
          {problem}
        </p>
      )}
      {error !== null && !now && <Failed error={error} again={() => void load()} />}
      {!now && error === null && <Loading />}
      {now && (
        <div class="participation">
          <ConflictPart meeting={meeting} now={now} busy={busy} act={act} />
          <SubstitutionPart meeting={meeting} now={now} busy={busy} act={act} />
          <GuestPart meeting={meeting} now={now} busy={busy} act={act} />
        </div>
      )}
    </Dialog>
  );
}

/** The name of a person who can be named in the meeting. */
export const nameOf = (now: Participation, person: string): string => now.persons.find((p) => p.id === person)?.name ?? "–";

/** A list to choose from that begins with "please choose". */
export function Choice({ id, value, set, options }: ChoiceProps) {
  return (
    <select id={id} class="input" value={value} onChange={(e) => set(e.currentTarget.value)}>
      <option value="">{t("console.form.choose")}</option>
      {options.map((o) => (
        <option key={o.id} value={o.id}>
          {o.name}
        </option>
      ))}
    </select>
  );
}

interface ChoiceProps {
  id: string;
  value: string;
  set: (value: string) => void;
  options: { id: string; name: string }[];
}
