import { useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { Button } from "../ui/index.ts";
import { Labelled } from "./MeetingFields.tsx";
import { Choice, nameOf, type PartProps } from "./ParticipationDialog.tsx";

/** Vertretung: somebody without a seat acts for an absent member and reads the meeting's papers. */
export function SubstitutionPart({ meeting, now, busy, act }: PartProps) {
  const [seat, setSeat] = useState(""); // "organization person"
  const [substitute, setSubstitute] = useState("");
  const committee = (id: string): string => meeting.organizations.find((o) => o.id === id)?.name ?? "";
  const several = meeting.organizations.length > 1;
  const seats = now.persons.flatMap((p) =>
    p.organizations.map((o) => ({ id: `${o} ${p.id}`, name: several ? `${p.name} (${committee(o)})` : p.name })),
  );
  const [organization = "", absent = ""] = seat.split(" ");
  const others = now.persons.filter((p) => !p.organizations.includes(organization));
  const record = async (): Promise<void> => {
    const path = `/api/v1/meetings/${meeting.id}/substitutions`;
    if (!(await act({ method: "POST", path, body: { organization, absent, substitute }, revision: meeting.revision }))) return;
    setSeat("");
    setSubstitute("");
  };
  return (
    <section aria-labelledby="part-substitutions">
      <h3 id="part-substitutions">{t("console.substitution.title")}</h3>
      <p class="small muted">{t("console.substitution.text")}</p>
      <ul class="participation-list">
        {now.substitutions.map((x) => (
          <li key={x.id}>
            <span>
              {t("console.substitution.line", { substitute: nameOf(now, x.substitute), absent: nameOf(now, x.absent) })}
              {several && <span class="small muted">{committee(x.organization)}</span>}
            </span>
            <Button
              label={t("console.substitution.end")}
              aria-label={t("console.substitution.endOf", { name: nameOf(now, x.substitute) })}
              disabled={busy}
              onClick={() => void act({ method: "DELETE", path: `/api/v1/meetings/${meeting.id}/substitutions/${x.id}`, revision: x.revision })}
            />
          </li>
        ))}
      </ul>
      <Labelled label={t("console.substitution.absent")}>{(id) => <Choice id={id} value={seat} set={setSeat} options={seats} />}</Labelled>
      <Labelled label={t("console.substitution.substitute")}>
        {(id) => <Choice id={id} value={substitute} set={setSubstitute} options={others} />}
      </Labelled>
      <Button
        variant="primary"
        label={t("console.substitution.record")}
        disabled={busy || seat === "" || substitute === ""}
        onClick={() => void record()}
      />
    </section>
  );
}
