import { useEffect, useState } from "preact/hooks";
import { formatDay, formatTime } from "../i18n/index.ts";
import { Button, Empty, Failed, Loading } from "../ui/index.ts";
import { byDay, type Line, page } from "./log.ts";
import "./log.css";
import { t } from "./texts.ts";

interface Props {
  /** The first page; the list is loaded anew when it changes. */
  path: string;
  empty: { title: string; text?: string };
  /** Where a line leads, if anywhere. */
  link: (line: Line) => string | undefined;
  /** Says who did it: not in one's own list of what one opened. */
  by?: boolean;
}

/** LogList shows lines of the log by day, latest first, page by page. */
export function LogList({ path, empty, link, by }: Props) {
  const [lines, setLines] = useState<Line[] | null>(null);
  const [next, setNext] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const load = (from: string, before: Line[], signal?: AbortSignal): void => {
    setBusy(true);
    setError(null);
    page(from, signal)
      .then(
        (got) => {
          if (signal?.aborted) return;
          setLines([...before, ...got.data]);
          setNext(got.next);
        },
        (e: unknown) => {
          if (!signal?.aborted) setError(e);
        },
      )
      .finally(() => setBusy(false));
  };
  useEffect(() => {
    const stop = new AbortController();
    setLines(null);
    load(path, [], stop.signal);
    return () => stop.abort();
  }, [path]);
  if (error !== null && !lines) return <Failed error={error} again={() => load(path, [])} />;
  if (!lines) return <Loading />;
  if (lines.length === 0) {
    return (
      <Empty icon="check" title={empty.title}>
        {empty.text && <p>{empty.text}</p>}
      </Empty>
    );
  }
  return (
    <>
      {byDay(lines, formatDay).map((day) => (
        <section key={day.day + (day.lines[0]?.id ?? "")} class="log-day">
          <h2>{day.day}</h2>
          <ol class="log-lines">
            {day.lines.map((line) => (
              <Row key={line.id} line={line} to={link(line)} by={by ?? false} />
            ))}
          </ol>
        </section>
      ))}
      {error !== null && <Failed error={error} again={() => load(next, lines)} />}
      {next && error === null && <Button label={t("log.more")} disabled={busy} onClick={() => load(next, lines)} />}
    </>
  );
}

function Row({ line, to, by }: { line: Line; to: string | undefined; by: boolean }) {
  const about = line.about + (line.object?.file && !line.about.includes(line.object.file) ? ` · ${line.object.file}` : "");
  const small = [by || !line.mine ? t("log.by", { name: line.by }) : "", line.machine ? t("log.machine", { name: line.machine }) : ""].filter(Boolean);
  return (
    <li class="log-line">
      <time class="log-time" dateTime={line.at}>
        {formatTime(line.at)}
      </time>
      <div class="log-what">
        <p>{line.text}</p>
        {about && (to ? <a href={to}>{about}</a> : <p class={line.hidden ? "muted" : ""}>{about}</p>)}
        {line.reason && <p class="small">{t("log.reason", { text: line.reason })}</p>}
        {small.length > 0 && <p class="small muted">{small.join(" · ")}</p>}
      </div>
    </li>
  );
}
