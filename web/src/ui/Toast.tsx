import { signal } from "@preact/signals";
import { t } from "../i18n/ui.ts";
import { Button } from "./Button.tsx";

interface Item {
  id: number;
  text: string;
  kind: "info" | "error";
  action?: { label: string; run: () => void };
}

const shown = signal<Item[]>([]);
let last = 0;

/** toast shows a short notice at the foot of the page and speaks it. With an action (such as undo) it stays 12 s, without 6 s; an error
 * stays until it is closed. A notice with an action takes the place of an older one. Returns a function that takes it away early. */
export function toast(text: string, options: { kind?: "info" | "error"; action?: { label: string; run: () => void } } = {}): () => void {
  const item: Item = { id: ++last, text, kind: options.kind ?? "info", action: options.action };
  const drop = () => {
    shown.value = shown.value.filter((other) => other.id !== item.id);
  };
  // Two ways back at once would not say which act they take back.
  const others = shown.value.filter((other) => !(item.action && other.action));
  shown.value = [...others.slice(-2), item];
  if (item.kind !== "error") setTimeout(drop, item.action ? 12_000 : 6_000);
  return drop;
}

/** Toasts is the place where notices appear; once per page. */
export function Toasts() {
  return (
    <div class="toasts" role="region" aria-label={t("ui.toasts")} aria-live="polite">
      {shown.value.map((item) => {
        const drop = () => {
          shown.value = shown.value.filter((other) => other.id !== item.id);
        };
        return (
          <div key={item.id} class="toast" data-kind={item.kind}>
            <span>{item.text}</span>
            {item.action && (
              <Button
                variant="quiet"
                label={item.action.label}
                onClick={() => {
                  item.action?.run();
                  drop();
                }}
              />
            )}
            <Button variant="quiet" icon="close" label={t("ui.close")} iconOnly onClick={drop} />
          </div>
        );
      })}
    </div>
  );
}
