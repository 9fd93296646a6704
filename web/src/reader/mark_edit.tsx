import { useEffect, useRef, useState } from "preact/hooks";
import { styleOf } from "../core/annotation.ts";
import { Button, Sheet } from "../ui/index.ts";
import { markDelete } from "./mark_delete.ts";
import { marks, own } from "./own.ts";
import type { Reading } from "./reading.ts";
import { t } from "./texts.ts";
import { Colours } from "./tools.tsx";

const pause = 500; // milliseconds after the last letter until the note is written down

/** MarkEdit is one mark: its words, colour and note. What is typed is saved while typing; there is no "save" to forget. */
export function MarkEdit({ id, reading }: { id: string; reading: Reading }) {
  const mark = marks.value.find((m) => m.id === id);
  const [text, setText] = useState(mark?.annotation.body ?? "");
  const typed = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);

  const write = () => {
    clearTimeout(timer.current);
    const body = typed.current;
    typed.current = null;
    const now = own().all().find((m) => m.id === id);
    if (body !== null && now && body !== now.annotation.body) void own().save({ ...now.annotation, body }, id);
  };
  useEffect(() => {
    // Closing the tab or pressing the home button in mid-sentence: the last letters are written down, too.
    document.addEventListener("visibilitychange", write);
    window.addEventListener("pagehide", write);
    if (mark?.annotation.kind === "note" && mark.annotation.body === "") area.current?.focus();
    return () => {
      document.removeEventListener("visibilitychange", write);
      window.removeEventListener("pagehide", write);
      write();
    };
  }, []);
  useEffect(() => {
    if (typed.current === null && mark && mark.annotation.body !== text) setText(mark.annotation.body); // changed on another device
  }, [mark?.annotation.body]);

  const close = () => {
    write();
    reading.open.value = "";
    const now = own().all().find((m) => m.id === id);
    if (now?.annotation.kind === "note" && now.annotation.body.trim() === "") void own().remove(id); // an empty note is none
  };
  if (!mark) return null;
  return (
    <Sheet title={t(mark.annotation.kind === "note" ? "reader.mark.note" : "reader.mark.highlight")} onClose={close}>
      <div class="mark-edit">
        {mark.annotation.kind === "highlight" && (
          <blockquote class="quote-block" data-style={styleOf(mark.annotation)}>
            {mark.annotation.quote || t("reader.mark.noQuote")}
          </blockquote>
        )}
        <p class="small muted">{t("reader.paper.page", { n: mark.annotation.page })}</p>
        <Colours
          value={styleOf(mark.annotation)}
          onChoose={(style) => {
            write();
            const now = own().all().find((m) => m.id === id);
            if (now) void own().save({ ...now.annotation, style }, id);
          }}
        />
        <div class="field">
          <label for="note-text">{t("reader.mark.noteText")}</label>
          <textarea
            ref={area}
            id="note-text"
            class="input"
            rows={6}
            value={text}
            onInput={(e) => {
              setText(e.currentTarget.value);
              typed.current = e.currentTarget.value;
              clearTimeout(timer.current);
              timer.current = setTimeout(write, pause);
            }}
          />
        </div>
        {mark.refused && <p role="alert">{t("reader.mark.refused", { reason: mark.refused })}</p>}
        <div class="mark-edit-foot">
          <Button
            icon="trash"
            label={t("reader.mark.delete")}
            onClick={() => {
              write();
              reading.open.value = "";
              void markDelete(own().all().find((m) => m.id === id) ?? mark);
            }}
          />
          <Button variant="primary" icon="check" label={t("reader.mark.done")} onClick={close} />
        </div>
        <p class="small muted">{t("reader.mark.private")}</p>
      </div>
    </Sheet>
  );
}
