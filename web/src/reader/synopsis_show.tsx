import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { get } from "../api/client.ts";
import type { FileVersionRef, Paper, PaperFile } from "../api/model.ts";
import { formatDate } from "../i18n/index.ts";
import { announce, Badge, Button, Empty, errorText, Failed, LinkButton, Loading, toast } from "../ui/index.ts";
import { mainFile } from "./agenda.tsx";
import { me } from "./own.ts";
import { back, go, href } from "./router.ts";
import { type Difference, follow, more, type Row } from "./synopsis_load.ts";
import { Plans } from "./synopsis_pages.tsx";
import { Rows, type View } from "./synopsis_rows.tsx";
import { listed, t, versionName } from "./synopsis_texts.ts";
import { t as reader } from "./texts.ts";
import { useTitle } from "./title.ts";
import "./synopsis.css";
import "./synopsis_print.css";

interface Wanted {
  paper: string;
  file: string;
  from: string;
  to: string;
}

/** SynopsisShow is the screen on which two versions of a file stand beside each other. */
export function SynopsisShow({ paper: paperId, file: fileId, query }: { paper: string; file: string; query: URLSearchParams }) {
  const wanted: Wanted = { paper: paperId, file: fileId, from: query.get("from") ?? "", to: query.get("to") ?? "" };
  const key = `${fileId} ${wanted.from} ${wanted.to}`;
  const [round, again] = useState(0);
  const [paper, setPaper] = useState<Paper | null>(null);
  const [difference, setDifference] = useState<Difference | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const stop = new AbortController();
    setError(null);
    setDifference(null);
    get<Paper>(`/api/v1/papers/${paperId}`, { signal: stop.signal })
      .then((p) => {
        setPaper(p);
        return follow(fileId, wanted.from, wanted.to, stop.signal, setDifference);
      })
      .catch((err: unknown) => !stop.signal.aborted && setError(err));
    return () => stop.abort();
  }, [key, round]);
  const file = paper?.files.find((f) => f.id === fileId);
  const name = paper && file ? (file === mainFile(paper.files) ? paper.name : file.name || file.fileName) : "";
  useTitle(name ? t("synopsis.of", { name }) : t("synopsis.title"));
  const home = href.paper(paperId, fileId);
  return (
    <main class="screen synopsis" id="main" tabIndex={-1}>
      <div class="way no-print">
        <Button variant="quiet" icon="back" label={reader("reader.back")} onClick={() => back(home)} />
      </div>
      {error !== null && (
        <Failed error={error} again={() => again(round + 1)}>
          <LinkButton href={home} label={t("synopsis.openNew")} />
        </Failed>
      )}
      {error === null && !file && <Loading />}
      {error === null && file && (
        <>
          <Head name={name} paper={paper!} file={file} difference={difference} wanted={wanted} />
          {(!difference || difference.state === "preparing") && <Loading text={`${t("synopsis.preparing")} ${t("synopsis.preparingText")}`} />}
          {difference?.state === "failed" && (
            <Empty icon="warn" title={t("synopsis.failed")}>
              <p>{t("synopsis.failedText")}</p>
            </Empty>
          )}
          {difference?.state === "ready" && <Body key={key} wanted={wanted} difference={difference} />}
        </>
      )}
    </main>
  );
}

/** Head says what is compared, why there is a new version, and lets any other two be chosen. */
function Head({ name, paper, file, difference, wanted }: { name: string; paper: Paper; file: PaperFile; difference: Difference | null; wanted: Wanted }) {
  const versions = [...file.versions].sort((a, b) => b.number - a.number);
  const from = difference?.from.id ?? wanted.from;
  const to = difference?.to.id ?? wanted.to;
  const choose = (next: { from?: string; to?: string }) => go(href.compare(paper.id, file.id, { from: next.from ?? from, to: next.to ?? to }), { replace: true });
  const newVersion = versions.find((v) => v.id === to);
  return (
    <header class="syn-head">
      <p class="syn-print-for">
        {t("synopsis.printFor", { name: me.value?.name ?? "", date: formatDate(new Date()) })}
        {difference?.nonPublic && ` · ${t("synopsis.nonPublic")}`}
      </p>
      <p class="muted small">{[paper.reference, t("synopsis.title")].filter(Boolean).join(" · ")}</p>
      <h1>{name}</h1>
      <div class="badges">
        {difference?.nonPublic && (
          <Badge kind="closed" icon="lock">
            {t("synopsis.nonPublic")}
          </Badge>
        )}
      </div>
      <div class="syn-versions">
        <Choice label={t("synopsis.from")} versions={versions.filter((v) => v.id !== to)} value={from} onChoose={(v) => choose({ from: v })} />
        <Choice label={t("synopsis.to")} versions={versions.filter((v) => v.id !== from)} value={to} onChoose={(v) => choose({ to: v })} />
      </div>
      {newVersion && <p class="syn-reason">{newVersion.reason ? t("synopsis.reason", { reason: newVersion.reason }) : t("synopsis.noReason")}</p>}
    </header>
  );
}

function Choice({ label, versions, value, onChoose }: { label: string; versions: FileVersionRef[]; value: string; onChoose: (version: string) => void }) {
  const now = versions.find((v) => v.id === value);
  return (
    <label class="syn-choice">
      <span class="small muted">{label}</span>
      <select class="input no-print" value={value} onChange={(e) => onChoose(e.currentTarget.value)}>
        {versions.map((v) => (
          <option key={v.id} value={v.id}>
            {versionName(v)}
          </option>
        ))}
      </select>
      <span class="syn-print-only">{now && versionName(now)}</span>
    </label>
  );
}

const phone = "(max-width: 700px)";

/** Body is the comparison itself: a summary, the way from change to change, the rows, the pages that look different. */
function Body({ wanted, difference }: { wanted: Wanted; difference: Difference }) {
  const [narrow, setNarrow] = useState(() => matchMedia(phone).matches);
  const [chosen, choose] = useState<View>("sides");
  const [rows, setRows] = useState<Row[]>(difference.rows);
  const [next, setNext] = useState(difference.next);
  const [current, setCurrent] = useState(0);
  const host = useRef<HTMLDivElement>(null);
  const all = difference.counts.all;
  const view = narrow ? "inline" : chosen;
  useEffect(() => {
    const query = matchMedia(phone);
    const turned = () => setNarrow(query.matches);
    query.addEventListener("change", turned);
    return () => query.removeEventListener("change", turned);
  }, []);
  useEffect(() => announce(all > 0 ? t.n("synopsis.count", all) : t("synopsis.none")), [all]);

  const places = useMemo(
    () => ({
      old: (page: number, change?: number) => href.paper(wanted.paper, wanted.file, { version: difference.from.id, page, changes: difference.to.id, change }),
      new: (page: number, change?: number) => href.paper(wanted.paper, wanted.file, { version: difference.to.id, page, changes: difference.from.id, change }),
    }),
    [wanted.paper, wanted.file, difference.from.id, difference.to.id],
  );
  const step = (by: 1 | -1) => {
    // The marks in the order of the page: a number that is not loaded yet is passed over.
    const marks = [...(host.current?.querySelectorAll<HTMLElement>("[data-change]") ?? [])].filter((el) => el.offsetParent !== null);
    const order = [...new Set(marks.map((el) => Number(el.dataset.change)))];
    if (order.length === 0) return;
    const at = order.indexOf(current);
    const to = order[at < 0 ? (by > 0 ? 0 : order.length - 1) : (at + by + order.length) % order.length]!;
    setCurrent(to);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    marks.find((el) => Number(el.dataset.change) === to)?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    const c = difference.changes[to - 1];
    if (c) announce(`${t("synopsis.at", { n: order.indexOf(to) + 1, count: all })}: ${t(`synopsis.kind.${c.kind}`)}. ${c.oldText.slice(0, 80)} ${c.newText.slice(0, 80)}`);
  };
  const load = async () => {
    try {
      const answer = await more(next);
      setRows((known) => [...known, ...answer.rows]);
      setNext(answer.next);
    } catch (error) {
      toast(errorText(error), { kind: "error" });
    }
  };
  return (
    <>
      <Summary difference={difference} />
      {all > 0 && (
        <div class="syn-tools no-print" role="toolbar" aria-label={t("synopsis.view")}>
          <span class="syn-steps">
            <Button icon="up" iconOnly label={t("synopsis.previous")} onClick={() => step(-1)} />
            <Button icon="down" iconOnly label={t("synopsis.next")} onClick={() => step(1)} />
            <span class="small muted">{current > 0 ? t("synopsis.at", { n: current, count: all }) : t.n("synopsis.count", all)}</span>
          </span>
          <span class="syn-views" hidden={narrow}>
            {(["sides", "inline"] as const).map((v) => (
              <Button key={v} label={t(`synopsis.${v}`)} aria-pressed={view === v} onClick={() => choose(v)} />
            ))}
          </span>
          <Button icon="file" label={t("synopsis.print")} iconOnly={narrow} onClick={() => window.print()} />
        </div>
      )}
      {difference.pages.length > 0 && <Plans file={wanted.file} difference={difference} />}
      {all > 0 && (
        // The keys work where the comparison has the focus, and nowhere else (WCAG 2.1.4): it must be able to take it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions
        <div ref={host} class="syn-region" role="region" tabIndex={0}
          aria-label={`${t("synopsis.title")}. ${t("synopsis.keys")}`}
          onKeyDown={(e) => {
            if (e.ctrlKey || e.metaKey || e.altKey) return;
            const key = e.key.toLowerCase();
            if (key !== "n" && key !== "p") return;
            e.preventDefault();
            step(key === "n" ? 1 : -1);
          }}
        >
          <Rows
            file={wanted.file}
            difference={difference}
            rows={rows}
            view={view}
            current={current}
            places={places}
            onUnfold={(row, found) => setRows((known) => known.flatMap((r) => (r === row ? found : [r])))}
          />
          {next && (
            <p class="after-list no-print">
              <Button label={t("synopsis.more")} onClick={() => void load()} />
            </p>
          )}
        </div>
      )}
    </>
  );
}

/** Summary says in words what is different, for eyes and ears. */
function Summary({ difference: d }: { difference: Difference }) {
  const kinds = (["added", "removed", "changed", "moved"] as const).filter((k) => d.counts[k] > 0).map((k) => t.n(`synopsis.${k}`, d.counts[k]));
  const looks = d.pages.filter((p) => p.oldPage > 0 && p.newPage > 0).map((p) => p.newPage);
  const came = d.pages.filter((p) => p.oldPage === 0).map((p) => p.newPage);
  const went = d.pages.filter((p) => p.newPage === 0).map((p) => p.oldPage);
  const pictures = [
    looks.length > 0 && t.n("synopsis.looks", looks.length, { pages: listed(looks) }),
    came.length > 0 && t.n("synopsis.came", came.length, { pages: listed(came) }),
    went.length > 0 && t.n("synopsis.went", went.length, { pages: listed(went) }),
    d.pictures === "pending" && d.counts.all === 0 && t("synopsis.nonePending"),
    d.pictures === "partial" && t("synopsis.partial"),
    d.pictures === "done" && d.pages.length === 0 && d.counts.all === 0 && t("synopsis.nonePictures"),
  ].filter(Boolean);
  return (
    <section class="syn-summary" role="status">
      <p class="syn-count">{d.counts.all > 0 ? t.n("synopsis.count", d.counts.all) : d.note === "text" ? "" : `${t("synopsis.none")}.`}</p>
      {d.counts.all > 0 && <p>{`${kinds.join(", ")}. ${t("synopsis.similarity", { n: d.similarity })}`}</p>}
      {d.counts.all > 0 && d.similarity < 10 && d.note !== "text" && <p>{t("synopsis.far")}</p>}
      {d.note && <p class="syn-note">{t(`synopsis.note.${d.note}`)}</p>}
      {pictures.map((text) => (
        <p key={String(text)}>{text}</p>
      ))}
    </section>
  );
}
