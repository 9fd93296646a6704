import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { announce, Button, Icon } from "../ui/index.ts";
import type { Room } from "./desk_open.ts";
import { nextNumber } from "./order.ts";
import type { AgendaItem } from "./wire.ts";

/** The line for the next item: Enter adds it and waits for one more. Non-public unless the clerk says otherwise, each time anew. */
export function AgendaAdd({ room, items }: { room: Room; items: readonly AgendaItem[] }) {
  const [name, setName] = useState(() => room.drafts.get(room.id, "add")?.text ?? "");
  const [isPublic, setPublic] = useState(false);
  const [number, setNumber] = useState<string | null>(null);
  const [adding, setAdding] = useState<string[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const added = [...items, ...adding.map((n) => ({ number: n, public: n.startsWith("Ö") }))];
  const suggestion = nextNumber(added, isPublic);
  const type = (text: string): void => {
    setName(text);
    room.drafts.keep(room.id, "add", text, "");
  };
  useEffect(() => setNumber(null), [isPublic]);
  const add = async (): Promise<void> => {
    const text = name.replace(/\s+/g, " ").trim();
    if (text === "") return field.current?.focus();
    const own = number ?? suggestion;
    setName("");
    setNumber(null);
    room.drafts.drop(room.id, "add");
    setAdding((before) => [...before, own]);
    announce(t("console.add.added", { number: own, name: text }));
    field.current?.focus();
    const outcome = await room.desk.do({ kind: "item.add", name: text, number: own, public: isPublic });
    setAdding((before) => before.filter((x) => x !== own));
    if (outcome === "refused") type(text);
  };
  return (
    <form
      class="add no-print"
      onSubmit={(e) => {
        e.preventDefault();
        void add();
      }}
    >
      {adding.length > 0 && <p class="small muted add-wait">{t.n("console.add.adding", adding.length)}</p>}
      <input
        class="input add-number"
        aria-label={t("console.add.number")}
        value={number ?? suggestion}
        maxLength={40}
        onInput={(e) => setNumber(e.currentTarget.value)}
      />
      <input
        ref={field}
        class="input add-name"
        aria-label={t("console.add.name")}
        placeholder={t("console.add.placeholder")}
        value={name}
        maxLength={500}
        enterkeyhint="next"
        onInput={(e) => type(e.currentTarget.value)}
      />
      <button type="button" class="btn add-public" aria-pressed={isPublic} data-public={isPublic} onClick={() => setPublic(!isPublic)}>
        <Icon name={isPublic ? "check" : "lock"} />
        {t(isPublic ? "console.public.yes" : "console.public.no")}
      </button>
      <Button type="submit" icon="plus" label={t("console.add")} />
    </form>
  );
}
