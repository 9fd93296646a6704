import { useEffect, useState } from "preact/hooks";
import { get } from "../api/client.ts";
import { formatBytes, number } from "../i18n/index.ts";
import { announce, Button, Icon, LinkButton } from "../ui/index.ts";
import { t } from "./packet_texts.ts";

/** GET /api/v1/meetings/{id}/packet/info */
export interface PacketInfo {
  state: "empty" | "missing" | "preparing" | "ready" | "failed" | "too_large";
  pages: number;
  size: number;
  done: number;
  total: number;
  singles: number;
  url: string;
  problem: { key: string; text: string } | null;
}

const pause = 2000; // milliseconds between two looks while it is being made

/** Packet is the whole meeting as one PDF: how far it is, and the button that makes or opens it. */
export function Packet({ meeting }: { meeting: string }) {
  const [info, setInfo] = useState<PacketInfo | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    setInfo(null);
    get<PacketInfo>(`/api/v1/meetings/${meeting}/packet/info`, { signal: stop.signal }).then(setInfo, () => undefined);
    return () => stop.abort();
  }, [meeting]);
  const preparing = info?.state === "preparing";
  useEffect(() => {
    if (!preparing) return;
    const stop = new AbortController();
    const timer = setInterval(() => {
      get<PacketInfo>(`/api/v1/meetings/${meeting}/packet/info`, { signal: stop.signal }).then(
        (now) => {
          if (now.state === "ready") announce(`${t("packet.title")}: ${ready(now)}`);
          setInfo(now);
        },
        () => undefined, // the next look may succeed
      );
    }, pause);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [preparing, meeting]);
  if (!info || info.state === "empty") return null;

  const make = async () => {
    setAsking(true);
    try {
      setInfo(await get<PacketInfo>(info.url));
    } catch {
      setInfo(await get<PacketInfo>(`${info.url}/info`).catch(() => info));
    } finally {
      setAsking(false);
    }
  };
  return (
    <section class="packet" aria-labelledby="packet-title">
      <Icon name="file" />
      <div class="grow">
        <h2 id="packet-title">{t("packet.title")}</h2>
        <p class="small muted">{said(info)}</p>
        {info.state === "preparing" && <progress max={Math.max(1, info.total)} value={info.done} aria-label={t("packet.title")} />}
        {info.singles > 0 && info.state !== "too_large" && <p class="small muted">{t.n("packet.singles", info.singles)}</p>}
      </div>
      {info.state === "missing" && <Button label={t("packet.make")} disabled={asking} onClick={() => void make()} />}
      {info.state === "failed" && <Button label={t("packet.again")} disabled={asking} onClick={() => void make()} />}
      {info.state === "ready" && <LinkButton variant="primary" icon="download" href={info.url} target="_blank" rel="noopener" label={t("packet.open")} />}
    </section>
  );
}

const ready = (info: PacketInfo) => t("packet.ready", { pages: number(info.pages), size: formatBytes(info.size) });

function said(info: PacketInfo): string {
  if (info.state === "ready") return ready(info);
  if (info.state === "missing") return t("packet.missing");
  if (info.state === "preparing") return info.done > 0 ? t("packet.preparing", { done: number(info.done), total: number(info.total) }) : t("packet.starting");
  return info.problem?.text ?? t("packet.problem.failed");
}
