import { useEffect, useState } from "preact/hooks";
import { get } from "../api/client.ts";
import { Button, Icon, LinkButton } from "../ui/index.ts";
import type { Device } from "./device.ts";
import { type AccessLine, markSeen, noticesOf, seen, t } from "./notices.ts";
import "./notices.css";

const shown = 3;

const storage = (): Storage | null => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};

/** Notices tells the person what has changed in how they sign in, until they say that they know. Nothing when there is nothing. */
export function Notices({ person, devices }: { person: string; devices?: string }) {
  const [list, set] = useState<ReturnType<typeof noticesOf>>([]);
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal, background: true };
    const since = seen(person, Date.now(), storage());
    const load = async () => {
      const lines = (await get<{ data: AccessLine[] }>("/api/v1/me/log?access=true&limit=50", options)).data;
      if (!lines.some((l) => Date.parse(l.at) > since)) return;
      const known = (await get<{ data: (Device & { created: string })[] }>("/api/v1/devices", options)).data;
      set(noticesOf(lines, known, since));
    };
    load().catch(() => undefined); // the next visit tells it
    return () => stop.abort();
  }, [person]);
  if (list.length === 0) return null;
  const rest = list.length - shown;
  return (
    <section class="notices" aria-label={t.n("notices.title", list.length)}>
      <Icon name="warn" />
      <div class="notices-text">
        <h2>{t.n("notices.title", list.length)}</h2>
        <ul>
          {list.slice(0, shown).map((n) => (
            <li key={n.id}>{n.text}</li>
          ))}
          {rest > 0 && <li>{t.n("notices.more", rest)}</li>}
        </ul>
        <p class="small">{t("notices.advice")}</p>
        <p class="notices-acts">
          {devices && <LinkButton icon="device" label={t("notices.devices")} href={devices} />}
          <Button
            icon="check"
            label={t("notices.known")}
            onClick={() => {
              // Up to the latest that was shown: what happens meanwhile is told the next time.
              markSeen(person, Math.max(...list.map((n) => Date.parse(n.at))), storage());
              set([]);
            }}
          />
        </p>
      </div>
    </section>
  );
}
