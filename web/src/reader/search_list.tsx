import { useEffect, useState } from "preact/hooks";
import { get } from "../api/client.ts";
import type { Hit } from "../api/model.ts";
import { formatDate } from "../i18n/index.ts";
import { announce, Button, Empty, Failed, List, Loading } from "../ui/index.ts";
import { useLoad } from "./load.ts";
import { href } from "./router.ts";
import { Snippet } from "./snippet.tsx";
import { t } from "./texts.ts";
import { useTitle } from "./title.ts";

interface Hits {
  data: Hit[];
  next: string;
  total?: number;
}

/** SearchList searches all papers; a hit opens its page with the words marked. */
export function SearchList({ q }: { q: string }) {
  useTitle(q ? `${q} – ${t("reader.search.title")}` : t("reader.search.title"));
  if (!q) {
    return (
      <Empty icon="search" title={t("reader.search.start")}>
        <p>{t("reader.search.startText")}</p>
      </Empty>
    );
  }
  return <Results key={q} q={q} />;
}

function Results({ q }: { q: string }) {
  const { loaded, again } = useLoad(q, (signal) => get<Hits>(`/api/v1/search?q=${encodeURIComponent(q)}&limit=20`, { signal }));
  const [more, setMore] = useState<Hits | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, fail] = useState<unknown>(null);
  const first = loaded.state === "there" ? loaded.data : null;
  const total = first ? (first.total ?? first.data.length) : 0;
  const title = total > 0 ? t.n("reader.search.hits", total, { q }) : t("reader.search.none", { q });
  useEffect(() => {
    if (first) announce(title);
  }, [first]);
  if (loaded.state === "loading") return <Loading />;
  if (loaded.state === "failed") return <Failed error={loaded.error} again={again} />;
  if (total === 0) {
    return (
      <Empty icon="search" title={title}>
        <p>{t("reader.search.noneText")}</p>
      </Empty>
    );
  }
  const hits = [...loaded.data.data, ...(more?.data ?? [])];
  const next = more ? more.next : loaded.data.next;
  const fetchMore = async () => {
    setBusy(true);
    fail(null);
    try {
      const page = await get<Hits>(next);
      setMore({ data: [...(more?.data ?? []), ...page.data], next: page.next });
    } catch (err) {
      fail(err);
    }
    setBusy(false);
  };
  return (
    <>
      <h1>{title}</h1>
      <List label={t("reader.search.title")}>
        {hits.map((hit, i) => (
          <li key={`${hit.fileId}-${hit.page}-${i}`}>
            <a class="row hit" href={href.paper(hit.paperId, hit.fileId, { page: hit.page, version: hit.version, q, meeting: hit.meeting?.id })}>
              <span class="grow">
                <span class="paper-name">{hit.title}</span>
                <Snippet html={hit.snippet} />
                <span class="small muted">
                  {[t("reader.search.page", { page: hit.page }), hit.recognised && t("reader.search.recognised"), hit.reference, hit.meeting && `${hit.meeting.name}, ${formatDate(hit.meeting.start)}`].filter(Boolean).join(" · ")}
                </span>
              </span>
            </a>
          </li>
        ))}
      </List>
      {failed !== null && <Failed error={failed} />}
      {next && (
        <p class="after-list">
          <Button label={t("reader.search.more")} disabled={busy} onClick={() => void fetchMore()} />
        </p>
      )}
    </>
  );
}
