import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/** Toolbar groups controls. Left, Right, Home and End move between them (ARIA authoring practices, toolbar pattern); Tab does too. */
export function Toolbar({ label, children, ...rest }: { label: string; children: ComponentChildren; class?: string }) {
  const ref = useRef<HTMLDivElement>(null);
  const move = (e: KeyboardEvent) => {
    if (!(e.target instanceof HTMLElement) || e.target.matches("input, select, textarea")) return;
    const items = [...(ref.current?.querySelectorAll<HTMLElement>("button:not(:disabled), a[href], input, select") ?? [])];
    const at = items.indexOf(e.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[e.key];
    if (to === undefined || at < 0) return;
    const target = items[(to + items.length) % items.length];
    if (!target) return;
    e.preventDefault();
    e.stopPropagation();
    target.focus();
  };
  return (
    <div ref={ref} role="toolbar" tabIndex={-1} aria-label={label} onKeyDown={move} {...rest} class={`toolbar ${rest.class ?? ""}`}>
      {children}
    </div>
  );
}
