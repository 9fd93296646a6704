import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MeetingDetail, Paper, PaperFile } from "../api/model.ts";
import { get } from "../api/client.ts";
import { STEP_UP } from "../api/confirm.ts";
import { Problem } from "../api/problem.ts";
import type { Annotation } from "../core/annotation.ts";
import { t as confirm } from "../i18n/confirm.ts";
import { formatBytes } from "../i18n/index.ts";
import { Badge, Button, Empty, LinkButton, Loading, toast } from "../ui/index.ts";
import { MarkEdit } from "./mark_edit.tsx";
import { MarkList } from "./mark_list.tsx";
import { OutlineList } from "./outline_list.tsx";
import { me, own } from "./own.ts";
import { t as tp } from "./packet_texts.ts";
import { PageOverview } from "./page_overview.tsx";
import { PaperList } from "./paper_list.tsx";
import { pdfPath, Reading } from "./reading.ts";
import { ChangesBar } from "./changes_bar.tsx";
import { back, go, href } from "./router.ts";
import { around, steps } from "./sequence.ts";
import { t as synopsis } from "./synopsis_texts.ts";
import { t } from "./texts.ts";
import { useTitle } from "./title.ts";
import { SyncSign, Tools } from "./tools.tsx";
import { StepLinks } from "./view_bar.tsx";

interface Props {
  paper: Paper;
  file: PaperFile;
  version: string;
  meeting: MeetingDetail | null;
  page: number;
  q: string;
  mark: string;
  /** Id of the version from which the changes are highlighted, or "". */
  changes: string;
  /** Number of the change to begin with; 0 = none. */
  change: number;
  onVersion: (version: string) => void;
}

type Side = "" | "papers" | "pages" | "marks" | "outline";
const wide = "(min-width: 1100px)";

/** PaperRead is the screen on which a paper is read and marked. */
export function PaperRead(props: Props) {
  const { paper, file, version, meeting } = props;
  const host = useRef<HTMLDivElement>(null);
  const [round, setRound] = useState(0);
  const [side, setSide] = useState<Side>(() => (meeting && matchMedia(wide).matches ? "papers" : ""));
  const [reading, setReading] = useState<Reading | null>(null);

  // A heavy scan opens reduced where the line or the screen is small; a tap loads the original, at the same page.
  const hasReduced = (file.readingSize ?? 0) > 0 && file.version?.id === version;
  const [sparing, setSparing] = useState(small);
  const reduced = hasReduced && sparing;
  const at = useRef(0);

  useEffect(() => {
    const now = new Reading(host.current!, { paper: paper.id, file: file.id, version }, me.value?.account ?? "", reduced);
    now.onMark = (annotation) => void keep(now, annotation);
    setReading(now);
    const start = async () => {
      const mark = own().all().find((m) => m.id === props.mark)?.annotation;
      await now.start(at.current || (mark?.page ?? props.page));
      if (at.current) return;
      if (mark) await now.goToPlace(mark.page, mark.quads[0]);
      else if (props.q) await now.find(props.q, props.page);
    };
    void start();
    return () => now.close();
  }, [round, reduced]);

  // A hit or mark chosen while the paper is already open.
  const place = `${props.page} ${props.q} ${props.mark}`;
  const first = useRef(place);
  useEffect(() => {
    if (!reading || first.current === place) return;
    first.current = place;
    const mark = own().all().find((m) => m.id === props.mark)?.annotation;
    if (mark) void reading.goToPlace(mark.page, mark.quads[0]);
    else if (props.q && reading.found.value?.q !== props.q) void reading.find(props.q, props.page);
    else reading.goToPage(props.page);
  }, [place, reading]);

  const order = useMemo(() => (meeting ? steps(meeting) : []), [meeting]);
  const { before, after } = around(order, paper.id);
  const item = order.find((s) => s.paper.id === paper.id)?.item;
  const closed = file.nonPublic || item?.public === false;
  const home = meeting ? href.meeting(meeting.id) : href.home();
  const number = file.version?.id === version ? file.version.number : file.versions.find((v) => v.id === version)?.number;
  const old = file.version !== null && file.version.id !== version;
  const [toggled, setToggled] = useState(false);
  const toggle = (to: Side) => {
    if (reading) reading.open.value = "";
    setToggled(true);
    setSide(side === to ? "" : to);
  };
  const open = reading?.open.value ?? "";
  const name = file.role === "main" ? paper.name : file.name || file.fileName;
  useTitle(name);

  return (
    <div class="reader">
      <header class="reader-head">
        <Button variant="quiet" icon="back" iconOnly label={t("reader.back")} onClick={() => back(home)} />
        <div class="reader-title">
          <h1>{name}</h1>
          <p>
            {closed && (
              <Badge kind="closed" icon="lock">
                {t("reader.badge.nonPublic")}
              </Badge>
            )}
            <span class="muted reader-ref">
              {[item?.number, paper.reference, file.role !== "main" ? t("reader.badge.annex") : ""].filter(Boolean).join(" · ")}
            </span>
            <SyncSign />
          </p>
        </div>
        <nav class="reader-nav" aria-label={t("reader.paper.listTitle")}>
          <StepLinks meeting={meeting} before={before} after={after} />
        </nav>
        {reading && reading.outline.value.length > 0 && (
          <Button icon="outline" label={t("reader.outline.open")} class="btn label-wide outline-open" aria-expanded={side === "outline"} onClick={() => toggle("outline")} />
        )}
        <Button icon="list" label={t("reader.paper.list")} class="btn label-wide" aria-expanded={side === "papers"} onClick={() => toggle("papers")} />
        {reading && hasReduced && (
          <Button
            icon="download"
            label={tp(reduced ? "rendition.original" : "rendition.reading", { size: formatBytes((reduced ? file.size : file.readingSize) ?? 0) })}
            class="btn label-wide"
            onClick={() => {
              at.current = reading.page.value;
              setSparing(!sparing);
            }}
          />
        )}
        <Button icon="grid" label={tp("rendition.overview")} class="btn label-wide" aria-expanded={side === "pages"} onClick={() => toggle("pages")} />
        <Button icon="marker" label={t("reader.mark.list")} class="btn label-wide" aria-expanded={side === "marks"} onClick={() => toggle("marks")} />
      </header>
      {reading && <Tools reading={reading} file={file} version={version} onVersion={props.onVersion} q={props.q} around={{ meeting, before, after, onContents: reading.outline.value.length > 0 ? () => toggle("outline") : undefined }} />}
      {reading && props.changes && <ChangesBar paper={paper} file={file} version={version} other={props.changes} change={props.change} reading={reading} />}
      {old && !props.changes && (
        <p class="notice" role="status">
          {t("reader.version.old", { n: number ?? "" })}
          <LinkButton href={href.compare(paper.id, file.id, { from: version, to: file.version!.id })} label={synopsis("synopsis.open")} />
          <Button label={t("reader.version.toCurrent")} onClick={() => props.onVersion(file.version!.id)} />
        </p>
      )}
      <div class="reader-body">
        {side === "papers" && !open && <PaperList paper={paper} file={file} meeting={meeting} takesFocus={toggled} onClose={() => setSide("")} />}
        {side === "outline" && !open && reading && (
          // Where the list lies over the pages it makes room for what was chosen.
          <OutlineList reading={reading} onClose={() => setSide("")} onGone={() => !matchMedia(wide).matches && setSide("")} />
        )}
        {side === "pages" && !open && reading && <PageOverview reading={reading} file={file} version={version} onClose={() => setSide("")} />}
        <main class="reader-main">
          {/* The pages scroll by keyboard: a scrolling region must take the focus. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
          <div ref={host} id="main" class="scroller" tabIndex={0} role="region" aria-label={t("reader.paper.text")} onKeyDown={(e) => reading && keys(e, reading)} />
          {reading && <Cover reading={reading} again={() => setRound(round + 1)} home={home} />}
        </main>
        {side === "marks" && !open && reading && (
          <MarkList
            paper={paper}
            reading={reading}
            onClose={() => setSide("")}
            onShow={(m) => {
              if (m.annotation.file === file.id && m.annotation.version === version) {
                reading.open.value = m.id;
                void reading.goToPlace(m.annotation.page, m.annotation.quads[0]);
              } else go(href.paper(paper.id, m.annotation.file, { meeting: meeting?.id, version: m.annotation.version, mark: m.id }));
            }}
          />
        )}
        {open && reading && <MarkEdit key={open} id={open} reading={reading} />}
      </div>
    </div>
  );
}

/** small: the line is slow or dear, or the screen is a phone's. */
function small(): boolean {
  const line = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection;
  return Boolean(line?.saveData) || /2g|3g/.test(line?.effectiveType ?? "") || matchMedia("(max-width: 600px)").matches;
}

async function keep(reading: Reading, annotation: Annotation): Promise<void> {
  try {
    const id = await own().save(annotation);
    if (annotation.kind === "note") reading.open.value = id;
  } catch {
    toast(t("reader.sync.memory"), { kind: "error" });
  }
}

/** Cover stands over the pages while they open, and when they cannot be shown. */
function Cover({ reading, again, home }: { reading: Reading; again: () => void; home: string }) {
  const state = reading.state.value;
  useEffect(() => {
    if (state !== "signed-out" && state !== "unconfirmed") return;
    let left = false;
    // Asking for anything waits for the new sign-in, asking for the pages for the confirmation; then the paper opens again.
    const ask = state === "signed-out" ? "/api/v1/me" : `/api/v1/files/${reading.subject.file}/pages?version=${reading.subject.version}`;
    void get(ask).then(
      () => !left && again(),
      (err: unknown) => {
        // "Later": the paper is still there, and says how it opens.
        if (!left && state === "unconfirmed") reading.state.value = err instanceof Problem && err.type === STEP_UP ? "later" : "gone";
      },
    );
    return () => {
      left = true;
    };
  }, [state]);
  if (state === "there") return null;
  const path = pdfPath(reading.subject);
  return (
    <div class="cover">
      {(state === "opening" || state === "signed-out" || state === "unconfirmed") && <Loading text={t("reader.paper.opening")} />}
      {state === "broken" && (
        <Empty icon="warn" title={t("reader.paper.broken")}>
          <p>{t("reader.paper.brokenText")}</p>
          <p class="after-list">
            <LinkButton variant="primary" icon="download" href={path} download label={t("reader.paper.download")} />
          </p>
        </Empty>
      )}
      {state === "later" && (
        <Empty icon="lock" title={confirm("confirm.closed")}>
          <p>{confirm("confirm.closedText")}</p>
          <p class="after-list">
            <Button variant="primary" label={confirm("confirm.again")} onClick={again} />
          </p>
        </Empty>
      )}
      {state === "gone" && (
        <Empty icon="warn" title={t("reader.paper.gone")}>
          <p>{t("reader.paper.goneText")}</p>
          <p class="after-list">
            <LinkButton href={home} label={t("reader.back")} />
          </p>
        </Empty>
      )}
      {state === "offline" && (
        <Empty icon="cloud" title={t("ui.error.title")}>
          <p>{t("ui.error.offline")}</p>
          <p class="after-list">
            <Button variant="primary" label={t("ui.again")} onClick={again} />
          </p>
        </Empty>
      )}
    </div>
  );
}

function keys(e: KeyboardEvent, reading: Reading): void {
  if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
  if (e.target instanceof Element && e.target.closest("button")) return;
  const page = reading.page.value;
  if (e.key === "ArrowRight") reading.goToPage(page + 1);
  else if (e.key === "ArrowLeft") reading.goToPage(page - 1);
  else if (e.key === "Home") reading.goToPage(1);
  else if (e.key === "End") reading.goToPage(reading.count.value);
  else if (e.key === "+") reading.setZoom(reading.zoom.value * 1.25);
  else if (e.key === "-") reading.setZoom(reading.zoom.value / 1.25);
  else if (e.key === "0") reading.setZoom(1);
  else if (e.key === "Escape" && reading.tool.value !== "none") reading.setTool(reading.tool.value);
  else return;
  e.preventDefault();
}
