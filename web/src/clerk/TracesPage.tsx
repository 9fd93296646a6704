import { useEffect, useState } from "preact/hooks";
import { t as console_ } from "../i18n/clerk.ts";
import { formatDate } from "../i18n/index.ts";
import { Badge, Button, Empty, Failed, Icon, LinkButton, List, Loading } from "../ui/index.ts";
import { type Clerk, clerkBodies } from "./clerk_state.ts";
import { t as log } from "../log/texts.ts";
import { hrefLog, hrefTrace } from "./route.ts";
import { TraceAsk } from "./TraceAsk.tsx";
import { t } from "./trace_texts.ts";
import { inOrder, loadTraces, type Standing, standing, type Trace } from "./traces.ts";

const badges: Record<Standing, "new" | "closed" | "accent" | "warn" | undefined> = {
  decide: "warn",
  requested: "accent",
  released: "accent",
  used: "new",
  refused: "closed",
  gone: undefined,
  expired: undefined,
};

/** Where a request stands, as a word. */
export function TraceBadge({ trace }: { trace: Trace }) {
  const now = standing(trace);
  return <Badge kind={badges[now]}>{t(`traces.state.${now}`)}</Badge>;
}

/** Questions whose copy a file is: what waits for this person first, and the way to a new one for clerks. */
export function TracesPage({ clerk }: { clerk: Clerk }) {
  const bodies = clerkBodies(clerk.me);
  const [all, setAll] = useState<Trace[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const load = (): void => {
    setError(null);
    loadTraces().then(setAll, setError);
  };
  useEffect(() => {
    document.title = `${t("traces.title")} – ${console_("console.app")}`;
    load();
  }, []);
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("traces.title")}</h1>
        {bodies.length > 0 && <LinkButton icon="list" label={log("log.office.title")} href={hrefLog} />}
        {bodies.length > 0 && <Button variant="primary" icon="plus" label={t("traces.new")} onClick={() => setAsking(true)} />}
      </div>
      <p class="trace-intro muted">{t("traces.intro")}</p>
      {error !== null && !all && <Failed error={error} again={load} />}
      {!all && error === null && <Loading />}
      {all?.length === 0 && (
        <Empty icon="history" title={t("traces.empty.title")}>
          <p>{t(bodies.length > 0 ? "traces.empty.text" : "traces.empty.second")}</p>
        </Empty>
      )}
      {all && all.length > 0 && (
        <List label={t("traces.list")}>
          {inOrder(all).map((trace) => (
            <Row key={trace.id} trace={trace} manyBodies={new Set(all.map((x) => x.body.id)).size > 1} />
          ))}
        </List>
      )}
      {asking && <TraceAsk bodies={bodies} close={() => setAsking(false)} />}
    </>
  );
}

function Row({ trace, manyBodies }: { trace: Trace; manyBodies: boolean }) {
  return (
    <li>
      <a class="row" href={hrefTrace(trace.id)}>
        <div class="grow trace-row">
          <p class="trace-row-head">
            <strong>{trace.file?.name ?? t("traces.onServer")}</strong>
            <TraceBadge trace={trace} />
          </p>
          <p>{trace.reason}</p>
          <p class="small muted">
            {t("traces.askedBy", { name: trace.requestedBy.name, date: formatDate(trace.created) })}
            {manyBodies && ` · ${trace.body.name}`}
          </p>
        </div>
        <Icon name="next" />
      </a>
    </li>
  );
}
