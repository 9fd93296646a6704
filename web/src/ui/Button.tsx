import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

type Variant = "primary" | "plain" | "quiet" | "danger";

interface Looks {
  variant?: Variant;
  icon?: IconName;
  /** The name of the act. With `iconOnly` it is spoken and shown as a tooltip instead of written. */
  label: string;
  iconOnly?: boolean;
  /** More to show after the label, such as a count. */
  children?: ComponentChildren;
}

type ButtonProps = Looks & Omit<JSX.IntrinsicElements["button"], "label" | "icon">;
type LinkProps = Looks & { href: string; target?: string; rel?: string; download?: string | boolean; onClick?: (e: MouseEvent) => void };

function looks({ variant = "plain", iconOnly, label }: Looks) {
  return {
    class: "btn",
    "data-variant": variant,
    ...(iconOnly ? { "data-icon-only": true, "aria-label": label, title: label } : {}),
  };
}

/** Button does something on this page. At least 44 x 44 px. */
export function Button({ variant, icon, label, iconOnly, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...looks({ variant, iconOnly, label })} {...rest}>
      {icon && <Icon name={icon} />}
      {!iconOnly && <span>{label}</span>}
      {children}
    </button>
  );
}

/** LinkButton goes somewhere but looks like a button. */
export function LinkButton({ variant, icon, label, iconOnly, children, ...rest }: LinkProps) {
  return (
    <a {...looks({ variant, iconOnly, label })} {...rest}>
      {icon && <Icon name={icon} />}
      {!iconOnly && <span>{label}</span>}
      {children}
    </a>
  );
}
