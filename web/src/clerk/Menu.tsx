import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Icon, type IconName } from "../ui/index.ts";

export interface Act {
  label: string;
  icon: IconName;
  danger?: boolean;
  run: () => void;
}

/** A button that opens a short list of acts (ARIA menu button pattern): arrows move, Escape closes, focus goes back. */
export function Menu({ label, acts, children }: { label: string; acts: (Act | false | null | undefined)[]; children?: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const close = (back: boolean): void => {
    setOpen(false);
    if (back) root.current?.querySelector<HTMLElement>("button")?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    items()[0]?.focus();
    const outside = (e: Event): void => {
      if (!root.current?.contains(e.target as Node)) close(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const move = (e: KeyboardEvent): void => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (e.key === "Escape") close(true);
    else if (e.key === "Tab") return close(false);
    else if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  const shown = acts.filter((a): a is Act => Boolean(a));
  if (shown.length === 0) return null;
  return (
    <div ref={root} class="menu">
      <Button variant="quiet" icon="more" iconOnly label={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {children}
      </Button>
      {open && (
        <div class="menu-list" role="menu" tabIndex={-1} aria-label={label} onKeyDown={move}>
          {shown.map((act) => (
            <button
              key={act.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-danger={act.danger || undefined}
              onClick={() => {
                close(true);
                act.run();
              }}
            >
              <Icon name={act.icon} />
              {act.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
