import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { formatDate } from "../i18n/index.ts";
import { announce, Button, Empty, Failed, List, Loading } from "../ui/index.ts";
import { read } from "./api.ts";
import { hrefMeeting } from "./route.ts";
import { snippetParts } from "./snippet.ts";
import type { Hit } from "./wire.ts";

interface Found {
  hits: Hit[];
  next: string;
  total: number;
}

/** Hits in all papers that this person may read. */
export function SearchPage({ q }: { q: string }) {
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (path: string, before: Hit[]): Promise<void> => {
    setError(null);
    try {
      const page = await read<{ data: Hit[]; next: string; total: number }>(path);
      setFound({ hits: [...before, ...page.data], next: page.next, total: page.total });
      if (before.length === 0) announce(t.n("console.search.found", page.total));
    } catch (problem) {
      setError(problem);
    }
  };
  const first = `/api/v1/search?limit=20&q=${encodeURIComponent(q)}`;
  useEffect(() => {
    document.title = `${q} – ${t("console.app")}`;
    if (q) void load(first, []);
  }, [q]);
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{q ? t("console.search.title", { q }) : t("console.search.label")}</h1>
      </div>
      {error !== null && <Failed error={error} again={() => void load(first, [])} />}
      {q && !found && error === null && <Loading />}
      {found && found.hits.length === 0 && (
        <Empty icon="search" title={t("console.search.none")}>
          <p>{t("console.search.noneText")}</p>
        </Empty>
      )}
      {found && found.hits.length > 0 && (
        <>
          <p class="muted hits-sum">{t.n("console.search.found", found.total)}</p>
          <List label={t("console.search.title", { q })}>
            {found.hits.map((hit) => (
              <HitRow key={`${hit.fileId}-${hit.page}`} hit={hit} q={q} />
            ))}
          </List>
          {found.next && (
            <p class="actions">
              <Button label={t("console.search.more")} onClick={() => void load(found.next, found.hits)} />
            </p>
          )}
        </>
      )}
    </>
  );
}

function HitRow({ hit, q }: { hit: Hit; q: string }) {
  return (
    <li class="hit">
      <a class="hit-title" href={`/app/papers/${hit.paperId}/${hit.fileId}?page=${hit.page}&q=${encodeURIComponent(q)}`}>
        {hit.reference && <span class="muted">{hit.reference} </span>}
        {hit.title}
      </a>
      <p class="hit-snippet">
        {snippetParts(hit.snippet).map<ComponentChildren>((part, i) => (part.marked ? <mark key={i}>{part.text}</mark> : part.text))}
      </p>
      <p class="small muted">
        {t("console.search.page", { page: hit.page })}
        {hit.meeting && (
          <>
            {" · "}
            <a href={hrefMeeting(hit.meeting.id)}>
              {hit.meeting.name}, {formatDate(hit.meeting.start)}
            </a>
          </>
        )}
      </p>
    </li>
  );
}
