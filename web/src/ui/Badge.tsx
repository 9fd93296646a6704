import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

/** Badge is a word about the state of a thing. The word says it; the colour only repeats it. */
export function Badge({ kind, icon, children }: { kind?: "new" | "closed" | "accent" | "warn"; icon?: IconName; children: ComponentChildren }) {
  return (
    <span class="badge" data-kind={kind}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
