import { useState } from "preact/hooks";
import type { LeaseView } from "../core/lease_watch.ts";
import de from "../../locales/de/offline.json";
import en from "../../locales/en/offline.json";
import { formatDate, formatDay, formatTime, translator } from "../i18n/index.ts";
import { Button, Icon, LinkButton } from "../ui/index.ts";
import { lease, renew } from "./lease.ts";
import "./lease.css";
import { durable } from "./own.ts";
import { useTitle } from "./title.ts";

const t = translator(de, en);
const soon = 36 * 3_600_000;

const moment = (at: number) => ({ day: formatDay(new Date(at)), date: formatDate(new Date(at)), time: formatTime(new Date(at)) });

/** What is said of a lease that is in force; null when there is nothing to say. Pure. */
export function leaseText(view: LeaseView | null, now: number): { text: string; kind: "calm" | "offline" | "soon" } | null {
  if (!view || view.state !== "open" || view.until === null) return null;
  if (view.contact !== "no") return { text: t("offline.until", moment(view.until)), kind: "calm" };
  const near = view.until - now < soon;
  return { text: t(near ? "offline.soon" : "offline.now", moment(view.until)), kind: near ? "soon" : "offline" };
}

/** LeaseLine says at the foot of the first screen until when may be read without a connection. */
export function LeaseLine() {
  const said = leaseText(lease.value, Date.now());
  if (said?.kind !== "calm") return null;
  return (
    <p class="lease-line small muted">
      <span>{said.text}.</span> {t("offline.hint")}
    </p>
  );
}

/** LeaseBar appears above every list while there is no connection. */
export function LeaseBar() {
  const said = leaseText(lease.value, Date.now());
  return (
    <div role="status">
      {said && said.kind !== "calm" && (
        <p class="lease-bar" data-kind={said.kind}>
          <Icon name={said.kind === "soon" ? "warn" : "cloud"} />
          <span>{said.text}</span>
        </p>
      )}
    </div>
  );
}

/** LeaseLocked stands in the place of the whole reader when the time to read without a connection is over. */
export function LeaseLocked() {
  useTitle(t("offline.locked.title"));
  const [tried, set] = useState<"" | "busy" | "failed">("");
  const view = lease.value;
  const at = view?.until ? moment(view.until) : null;
  const again = async () => {
    set("busy");
    await renew();
    set("failed"); // when it went well the page is loaded anew
  };
  return (
    <main class="lease-locked" id="main">
      <Icon name="lock" />
      <h1>{t("offline.locked.title")}</h1>
      <p>{view?.state === "clock" || !at ? t("offline.locked.clock") : t("offline.locked.over", at)}</p>
      <p>{t(view?.contact === "signed-out" ? "offline.locked.signIn" : "offline.locked.connect")}</p>
      {durable.value && <p class="muted">{t("offline.locked.kept")}</p>}
      <p class="lease-acts">
        {view?.contact === "signed-out" ? (
          <LinkButton variant="primary" label={t("offline.locked.sign_in")} href={`/auth/login?return=${encodeURIComponent(location.pathname + location.search)}`} />
        ) : (
          <Button variant="primary" label={t("offline.locked.again")} disabled={tried === "busy"} onClick={() => void again()} />
        )}
      </p>
      <p class="muted" role="status">
        {tried === "busy" ? t("offline.locked.busy") : tried === "failed" && view?.contact === "no" ? t("offline.locked.failed") : ""}
      </p>
    </main>
  );
}
