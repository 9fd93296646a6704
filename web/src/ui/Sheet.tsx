import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../i18n/ui.ts";
import { Button } from "./Button.tsx";

interface Props {
  title: string;
  onClose: () => void;
  /** The edge at which it stands. */
  side?: "start" | "end";
  /** False for a list that stands open from the start: it must not take the focus. */
  takesFocus?: boolean;
  /** Buttons in the head, before the close button. */
  tools?: ComponentChildren;
  children: ComponentChildren;
}

/** Sheet is a list or form at the edge of the page; the page beside it stays usable. Escape closes it and the focus goes back. */
export function Sheet({ title, onClose, side = "end", takesFocus = true, tools, children }: Props) {
  const ref = useRef<HTMLElement>(null);
  const id = useId();
  useEffect(() => {
    if (!takesFocus) return;
    const before = document.activeElement;
    ref.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // Escape is caught on the region so that it works from every control inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={ref}
      class="sheet"
      data-side={side}
      tabIndex={-1}
      aria-labelledby={id}
      onKeyDown={(e) => {
        if (e.key === "Escape") {
          e.stopPropagation();
          onClose();
        }
      }}
    >
      <div class="sheet-head">
        <h2 id={id}>{title}</h2>
        {tools}
        <Button variant="quiet" icon="close" label={t("ui.close")} iconOnly onClick={onClose} />
      </div>
      <div class="sheet-body">{children}</div>
    </section>
  );
}
