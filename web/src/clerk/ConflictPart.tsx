import { useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { Button } from "../ui/index.ts";
import { t as access } from "./access_texts.ts";
import { Labelled } from "./MeetingFields.tsx";
import { Choice, nameOf, type PartProps } from "./ParticipationDialog.tsx";

/** Befangenheit: the non-public papers of an item are withheld from a person. */
export function ConflictPart({ meeting, now, busy, act }: PartProps) {
  const [item, setItem] = useState("");
  const [person, setPerson] = useState("");
  const [reason, setReason] = useState("");
  const [decider, setDecider] = useState("");
  const items = meeting.agendaItems.map((i) => ({ id: i.id, name: `${i.number} ${i.name}`.trim() }));
  const record = async (): Promise<void> => {
    const revision = meeting.agendaItems.find((i) => i.id === item)?.revision;
    const body = { person, reason: reason.trim(), decider: decider.trim() };
    if (!(await act({ method: "POST", path: `/api/v1/agenda-items/${item}/conflicts`, body, revision }))) return;
    setPerson("");
    setReason("");
  };
  return (
    <section aria-labelledby="part-conflicts">
      <h3 id="part-conflicts">{t("console.conflict.title")}</h3>
      <p class="small muted">{access(`conflict.text.${now.conflictMode}`)}</p>
      <ul class="participation-list">
        {now.conflicts.map((c) => (
          <li key={c.id}>
            <span>
              <strong>{nameOf(now, c.person)}</strong>, {items.find((i) => i.id === c.agendaItem)?.name}
              <span class="small muted">
                {[access(c.mode === "declare" && c.declared ? "conflict.mode.declared" : `conflict.mode.${c.mode}`), c.reason, c.decider]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {c.mode === "declare" && !c.declared && (
              <Button
                label={access("conflict.declare")}
                aria-label={access("conflict.declareOf", { name: nameOf(now, c.person) })}
                disabled={busy}
                onClick={() =>
                  void act({ method: "POST", path: `/api/v1/agenda-items/${c.agendaItem}/conflicts/${c.id}/declare`, body: {}, revision: c.revision })
                }
              />
            )}
            <Button
              label={t("console.conflict.revoke")}
              aria-label={t("console.conflict.revokeOf", { name: nameOf(now, c.person) })}
              disabled={busy}
              onClick={() =>
                void act({ method: "DELETE", path: `/api/v1/agenda-items/${c.agendaItem}/conflicts/${c.id}`, revision: c.revision })
              }
            />
          </li>
        ))}
      </ul>
      <Labelled label={t("console.conflict.item")}>{(id) => <Choice id={id} value={item} set={setItem} options={items} />}</Labelled>
      <Labelled label={t("console.conflict.person")}>
        {(id) => <Choice id={id} value={person} set={setPerson} options={now.persons} />}
      </Labelled>
      <Labelled label={t("console.withdraw.reason")}>
        {(id) => <input id={id} class="input" maxLength={500} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />}
      </Labelled>
      <Labelled label={t("console.conflict.decider")}>
        {(id) => <input id={id} class="input" maxLength={200} value={decider} onInput={(e) => setDecider(e.currentTarget.value)} />}
      </Labelled>
      <Button
        variant="primary"
        label={t("console.conflict.record")}
        disabled={busy || item === "" || person === ""}
        onClick={() => void record()}
      />
    </section>
  );
}
