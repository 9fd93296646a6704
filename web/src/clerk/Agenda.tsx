import { useRef } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { announce, Button, toast } from "../ui/index.ts";
import { AgendaAdd } from "./AgendaAdd.tsx";
import { AgendaRow } from "./AgendaRow.tsx";
import { useDragOrder } from "./agenda_drag.ts";
import type { Room } from "./desk_open.ts";
import { asMove, isAutoNumber, moved, nextNumber, renumbered } from "./order.ts";
import type { AgendaItem, Meeting } from "./wire.ts";

/** The agenda: order, titles, public or not, papers. */
export function Agenda({ room, meeting }: { room: Room; meeting: Meeting }) {
  const list = useRef<HTMLOListElement>(null);
  const items = meeting.agendaItems.filter((i) => !room.hidden.value.has(i.id));

  const move = (id: string, to: number): void => {
    const from = items.findIndex((i) => i.id === id);
    if (from < 0 || to === from || to < 0 || to >= items.length) {
      if (from >= 0) announce(t(to < 0 ? "console.order.first" : "console.order.last"));
      return;
    }
    const ids = moved(
      items.map((i) => i.id),
      from,
      to,
    );
    const focused = document.activeElement;
    void room.desk.do({ kind: "order", move: asMove(ids, to) });
    announce(t("console.order.moved", { name: items[from]?.name ?? "", place: to + 1, of: items.length }));
    // Moving a row in the document takes the focus from it; the keyboard stays where it was.
    requestAnimationFrame(() => {
      if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) focused.focus();
    });
  };
  const drag = useDragOrder(list, move);

  const numbers = renumbered(items);
  const gaps = items.filter((i, k) => i.number !== numbers[k]).length;
  const renumber = (): void => {
    items.forEach((item, k) => {
      const number = numbers[k] as string;
      if (item.number === number) return;
      void room.desk.do({ kind: "item.patch", item: item.id, patch: { number }, base: { number: item.number } });
    });
    announce(t("console.renumbered"));
  };

  const setPublic = (item: AgendaItem, isPublic: boolean): void => {
    if (item.public === isPublic) return;
    const others = items.filter((i) => i.id !== item.id);
    const number = isAutoNumber(item.number) ? nextNumber(others, isPublic) : item.number;
    const both = { public: isPublic, number };
    const patch = number === item.number ? { public: isPublic } : both;
    const base = number === item.number ? { public: item.public } : { public: item.public, number: item.number };
    void room.desk.do({ kind: "item.patch", item: item.id, patch, base });
    announce(t(isPublic ? "console.item.nowPublic" : "console.item.nowClosed", { name: item.name }));
  };

  const remove = (item: AgendaItem): void => {
    const back = room.deleteSoon(item.id, item.name);
    toast(t("console.item.removed", { name: item.name }), { action: { label: t("console.undo"), run: back } });
  };

  return (
    <section class="agenda" aria-labelledby="agenda-title">
      <div class="agenda-head">
        <h2 id="agenda-title">{t("console.agenda")}</h2>
        <SaveLine room={room} />
        {gaps > 0 && items.length > 0 && (
          <span class="no-print">
            <Button variant="quiet" icon="list" label={t("console.renumber")} onClick={renumber} />
          </span>
        )}
      </div>
      {items.length > 0 && <p class="agenda-hint small muted no-print">{t("console.agenda.hint")}</p>}
      {items.length === 0 && <p class="agenda-empty muted">{t("console.agenda.empty")}</p>}
      <ol ref={list} class="agenda-list">
        {items.map((item, k) => (
          <AgendaRow
            key={item.id}
            room={room}
            meeting={meeting}
            item={item}
            index={k}
            count={items.length}
            part={partHeading(items, k)}
            dragged={drag.dragged === item.id}
            handle={drag.handle(item.id)}
            move={(to) => move(item.id, to)}
            setPublic={(isPublic) => setPublic(item, isPublic)}
            remove={() => remove(item)}
          />
        ))}
      </ol>
      <AgendaAdd room={room} items={items} />
    </section>
  );
}

/** A heading stands wherever the agenda changes from one part to the other. */
function partHeading(items: readonly AgendaItem[], k: number): "public" | "closed" | null {
  if (k > 0 && items[k - 1]?.public === items[k]?.public) return null;
  return items[k]?.public ? "public" : "closed";
}

function SaveLine({ room }: { room: Room }) {
  const { saving, waiting, savedAt } = room.desk;
  const text =
    saving.value > 0 ? t("console.saving") : waiting.value.length > 0 ? t("console.unsaved") : savedAt.value > 0 ? t("console.saved") : "";
  return (
    <span class="save-line small muted no-print" role="status">
      {text}
    </span>
  );
}
