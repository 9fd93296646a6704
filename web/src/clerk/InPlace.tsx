import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import type { Drafts } from "./drafts.ts";
import { fieldView } from "./drafts.ts";
import type { Outcome } from "./desk.ts";

interface Props {
  /** Object and field under which the draft is kept. */
  object: string;
  field: string;
  drafts: Drafts;
  label: string;
  /** What the server says. */
  value: string;
  /** Sends the text; `base` is what the field said when typing began. */
  save: (text: string, base: string) => Promise<Outcome>;
  /** An empty text is not sent; the field says so. */
  required?: boolean;
  multiline?: boolean;
  placeholder?: string;
  maxLength: number;
  /** True saves while typing pauses; false only on leaving the field: for texts that readers see at once. */
  eager: boolean;
  class?: string;
  list?: string;
}

/** After this pause a typed text is sent (ms). */
const PAUSE = 1200;

/** A text that is edited where it stands and saves itself. Escape takes back what was not saved. */
export function InPlace({ object, field, drafts, label, value, save, required, multiline, placeholder, maxLength, eager, ...rest }: Props) {
  const start = fieldView(drafts.get(object, field), value);
  const [text, setText] = useState(start.kind === "conflict" ? start.mine : start.text);
  const [problem, setProblem] = useState("");
  const base = useRef(drafts.get(object, field)?.base ?? value);
  const dirty = useRef(start.kind !== "clean");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const element = useRef<HTMLTextAreaElement | HTMLInputElement>(null);
  const latest = useRef(text);
  latest.current = text;

  useEffect(() => {
    if (!dirty.current) setText(value);
  }, [value]);
  useLayoutEffect(() => {
    const el = element.current;
    if (!multiline || !el || CSS.supports("field-sizing", "content")) return;
    el.style.height = "auto";
    el.style.height = `${el.scrollHeight}px`;
  }, [text, multiline]);
  const commit = async (): Promise<void> => {
    clearTimeout(timer.current);
    const now = latest.current.replace(/\s+/g, " ").trim();
    if (!dirty.current) return;
    if (required && now === "") return setProblem(t("console.required"));
    if (now === base.current) return clean(value);
    const was = base.current;
    // From here on the desk answers for the text; typing on begins anew upon it.
    base.current = now;
    dirty.current = false;
    const outcome = await save(now, was);
    if (outcome === "refused") {
      base.current = was;
      dirty.current = true;
    } else if (!dirty.current) {
      drafts.drop(object, field);
      setProblem("");
      if (outcome === "stale" || outcome === "gone") clean(value);
    }
  };
  const clean = (to: string): void => {
    clearTimeout(timer.current);
    dirty.current = false;
    base.current = to;
    drafts.drop(object, field);
    setProblem("");
    setText(to);
  };
  // A text brought back from the device after a break is sent like one just typed; a field that goes away sends what it has.
  const committing = useRef(commit);
  committing.current = commit;
  useEffect(() => {
    if (dirty.current) void committing.current();
    return () => void committing.current();
  }, []);

  const input = (e: Event): void => {
    const now = (e.currentTarget as HTMLInputElement).value;
    if (!dirty.current) base.current = value;
    dirty.current = true;
    setText(now);
    latest.current = now;
    drafts.keep(object, field, now, base.current);
    clearTimeout(timer.current);
    if (eager) timer.current = setTimeout(() => void committing.current(), PAUSE);
  };
  const key = (e: KeyboardEvent): void => {
    if (e.key === "Enter" && !e.isComposing) {
      e.preventDefault();
      void commit();
      element.current?.blur();
    } else if (e.key === "Escape" && dirty.current) {
      e.stopPropagation();
      clean(value);
    }
  };
  const common = {
    class: `in-place ${rest.class ?? ""}`,
    value: text,
    placeholder,
    maxLength,
    "aria-label": label,
    "aria-invalid": problem !== "",
    onInput: input,
    onBlur: () => void commit(),
    onKeyDown: key,
  };
  return (
    <>
      {multiline ? <textarea ref={element as never} rows={1} {...common} /> : <input ref={element as never} list={rest.list} {...common} />}
      {problem && (
        <span class="field-error small" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
