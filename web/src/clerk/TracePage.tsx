import { useEffect, useState } from "preact/hooks";
import { t as console_ } from "../i18n/clerk.ts";
import { formatBytes, formatDate, number } from "../i18n/index.ts";
import { Empty, Failed, Icon, Loading } from "../ui/index.ts";
import { read } from "./api.ts";
import { ReleaseDecide } from "./ReleaseDecide.tsx";
import { hrefTraces } from "./route.ts";
import { t } from "./trace_texts.ts";
import { TraceBadge } from "./TracesPage.tsx";
import { type Found, loadTraces, oneIn, type Trace } from "./traces.ts";

/** One question: what is known, the decision of the second person, and what came of it. */
export function TracePage({ id }: { id: string }) {
  const [trace, setTrace] = useState<Trace | null>(null);
  const [error, setError] = useState<unknown>(null);
  const path = `/api/v1/traces/${id}`;
  const load = (): void => {
    setError(null);
    read<Trace>(path).then(setTrace, setError);
  };
  useEffect(() => {
    document.title = `${t("traces.title")} – ${console_("console.app")}`;
    load();
  }, [path]);
  const decided = (now: unknown): void => {
    setTrace(now as Trace);
    void loadTraces().catch(() => undefined); // for the count of the head
  };
  if (error !== null && !trace) return <Failed error={error} again={load} />;
  if (!trace) return <Loading />;
  return (
    <>
      <p class="trace-back no-print">
        <a href={hrefTraces}>
          <Icon name="back" />
          {t("traces.back")}
        </a>
      </p>
      <div class="page-head">
        <h1 tabIndex={-1}>{trace.file?.name ?? t("traces.onServer")}</h1>
        <TraceBadge trace={trace} />
      </div>
      <div class="trace">
        <Outcome trace={trace} />
        {trace.mayDecide && (
          <ReleaseDecide path={path} revision={trace.revision} text={t("traces.decide.text", { name: trace.requestedBy.name })} done={decided} reload={load} />
        )}
        <Facts trace={trace} />
      </div>
    </>
  );
}

/** Where it stands, in a sentence or as the result. */
function Outcome({ trace }: { trace: Trace }) {
  const date = formatDate(trace.expires);
  if (trace.result) return <Result trace={trace} result={trace.result} />;
  if (trace.resultGone) return <p class="notice">{t("traces.result.gone")}</p>;
  switch (trace.state) {
    case "requested":
      return trace.mayDecide ? null : <p class="notice" data-kind="info">{t(trace.mine ? "traces.waiting" : "traces.waitingOther", { date })}</p>;
    case "released":
      return (
        <div class="notice" data-kind="info">
          <p>{t("traces.run", { date })}</p>
          {trace.mine || trace.decidedBy ? <pre class="trace-command">{`ris trace --release ${trace.id} DATEI`}</pre> : null}
        </div>
      );
    case "refused":
      return <p class="notice">{t("traces.refused")}</p>;
    case "used":
      return <p class="notice" data-kind="info">{t("traces.result.hidden")}</p>;
    case "expired":
      return <p class="notice">{t("traces.expired")}</p>;
  }
}

function Result({ trace, result }: { trace: Trace; result: NonNullable<Trace["result"]> }) {
  return (
    <section class="trace-result" aria-label={t("traces.result")}>
      {result.findings.length === 0 && (
        <Empty icon="search" title={t("traces.result.none.title")}>
          <p>{t("traces.result.none.text", { body: trace.body.name, n: number(result.copies) })}</p>
        </Empty>
      )}
      {result.findings.map((f) => (
        <Finding key={f.code} found={f} />
      ))}
      {trace.resultUntil && <p class="small muted">{t("traces.result.until", { date: formatDate(trace.resultUntil) })}</p>}
      {result.findings.length > 0 && <p class="notice">{t("traces.rights")}</p>}
    </section>
  );
}

function Finding({ found }: { found: Found }) {
  return (
    <article class="trace-found">
      <h2>{found.person.name}</h2>
      <p class="muted">{found.account}</p>
      <dl class="trace-facts">
        <Fact label={t("traces.found.copyOf")}>
          {found.paper ? (
            <>
              <a href={`/app/papers/${found.paper.id}`}>
                {found.paper.reference} {found.paper.name}
              </a>
              <br />
              <span class="muted">
                {found.paper.file}, {t("traces.found.version", { n: found.paper.version })}
              </span>
            </>
          ) : (
            found.meeting ? t("traces.found.packet", { name: found.meeting }) : t("traces.found.hidden")
          )}
        </Fact>
        <Fact label={t("traces.found.given")}>{formatDate(found.firstGiven)}</Fact>
        <Fact label={t("traces.found.code")}>
          <span class="trace-code">{found.codeRead ? t("traces.found.codeRead", { code: found.code, read: found.codeRead }) : found.code}</span>
        </Fact>
        <Fact label={t("traces.found.by")}>
          <ul class="trace-ways">
            {found.ways.map((w) => (
              <li key={w.way}>
                {w.text}
                {w.way === "fingerprint" && <span class="muted"> ({t.n("traces.found.pages", found.pages)})</span>}
              </li>
            ))}
          </ul>
        </Fact>
        <Fact label={t("traces.found.sure")}>
          {found.sureText} <span class="muted">({t("traces.found.chance", { n: number(oneIn(found.chance)) })})</span>
        </Fact>
      </dl>
    </article>
  );
}

function Fact({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ trace }: { trace: Trace }) {
  const { file } = trace;
  return (
    <dl class="trace-facts trace-about">
      <Fact label={t("traces.reason")}>{trace.reason}</Fact>
      <Fact label={t("traces.requested")}>{t("traces.askedBy", { name: trace.requestedBy.name, date: formatDate(trace.created) })}</Fact>
      {trace.decidedBy && trace.decidedAt && (
        <Fact label={t("traces.decided")}>
          {t("traces.askedBy", { name: trace.decidedBy.name, date: formatDate(trace.decidedAt) })}
          {trace.decision && <p>„{trace.decision}“</p>}
        </Fact>
      )}
      {file && (
        <>
          <Fact label={t("traces.file")}>
            {file.name}, {formatBytes(file.size)}
          </Fact>
          <Fact label={t("traces.marks")}>
            {trace.ways.length === 0 ? (
              t("traces.marks.none")
            ) : (
              <ul class="trace-ways">
                {trace.ways.map((w) => (
                  <li key={w.way}>{w.text}</li>
                ))}
              </ul>
            )}
            {trace.ways.length === 1 && trace.ways[0]?.way === "id" && <p class="small muted">{t("traces.marks.id")}</p>}
            {trace.unclear.map((text) => (
              <p key={text} class="small muted">
                {text}
              </p>
            ))}
          </Fact>
        </>
      )}
    </dl>
  );
}
