import type { ComponentChildren } from "preact";
import { Offline, Problem } from "../api/problem.ts";
import { t } from "../i18n/ui.ts";
import { Button } from "./Button.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import { WhyUnseen } from "./WhyUnseen.tsx";

/** Loading says that something is on its way. */
export function Loading({ text = t("ui.loading") }: { text?: string }) {
  return (
    <div class="state" role="status">
      <div class="spinner" aria-hidden="true" />
      <p class="muted">{text}</p>
    </div>
  );
}

/** Empty says that there is nothing, and what that means. */
export function Empty({ icon = "calendar", title, children }: { icon?: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="state">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children && <div class="muted">{children}</div>}
    </div>
  );
}

/** errorText is what to tell people about an error: the server's own words where it has some. */
export function errorText(error: unknown): string {
  if (error instanceof Offline) return t("ui.error.offline");
  if (error instanceof Problem) {
    if (error.status === 404) return t("ui.error.notFound");
    return error.detail || t("ui.error.unexpected", { status: error.status });
  }
  return t("ui.error.unexpected", { status: error instanceof Error ? error.name : "?" });
}

/** Failed says what went wrong and offers another try. */
export function Failed({ error, again, children }: { error: unknown; again?: () => void; children?: ComponentChildren }) {
  const missing = error instanceof Problem && error.status === 404; // another try would find nothing either
  return (
    <div class="state" role="alert">
      <Icon name="warn" />
      <h2>{t(missing ? "ui.error.notFoundTitle" : "ui.error.title")}</h2>
      <p>{errorText(error)}</p>
      {again && !missing && <Button label={t("ui.again")} onClick={again} />}
      {missing && <WhyUnseen />}
      {children}
    </div>
  );
}
