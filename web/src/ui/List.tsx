import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

/** List is a framed list of rows. */
export function List({ label, children }: { label?: string; children: ComponentChildren }) {
  return (
    // Safari drops the list role of an unstyled list, so it is said again.
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles
    <ul class="list" role="list" aria-label={label}>
      {children}
    </ul>
  );
}

/** LinkRow is one row that leads somewhere; the whole row is the target. */
export function LinkRow({ href, current, children }: { href: string; current?: boolean; children: ComponentChildren }) {
  return (
    <li>
      <a class="row" href={href} aria-current={current ? "true" : undefined}>
        <div class="grow">{children}</div>
        <Icon name="next" />
      </a>
    </li>
  );
}
