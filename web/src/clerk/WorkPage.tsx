import { useEffect, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { formatDay, formatTime } from "../i18n/index.ts";
import { announce, Badge, Button, Empty, Failed, LinkButton, List, Loading, toast } from "../ui/index.ts";
import { ask } from "./api.ts";
import { hrefMeeting } from "./route.ts";
import { loadWork, type Work, type WorkGroup, type WorkItem } from "./work_state.ts";
import { t } from "./work_texts.ts";

/** Pause in ms before the list is looked at again after an act, and while it is open. */
const PAUSE = 15_000;

/** Everything that needs a hand, by meeting, the soonest first; each with its one act. */
export function WorkPage() {
  const [work, setWork] = useState<Work | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const load = async (): Promise<void> => {
    try {
      setWork(await loadWork());
      setAsked(new Set());
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  };
  useEffect(() => {
    document.title = `${t("work.title")} – ${console_("console.app")}`;
    void load();
    const timer = window.setInterval(() => document.visibilityState === "visible" && void load(), PAUSE);
    return () => window.clearInterval(timer);
  }, []);
  const again = async (file: { id: string; name: string }): Promise<void> => {
    const answer = await ask({ method: "POST", path: `/api/v1/files/${file.id}/again` }, uuidv7());
    if (answer.status < 200 || answer.status >= 300) {
      toast(answer.problem, { kind: "error" });
      return;
    }
    setAsked(new Set([...asked, file.id]));
    announce(t("work.again.started", { name: file.name }));
    window.setTimeout(() => void load(), 2500);
  };
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("work.title")}</h1>
        {work && work.count > 0 && <span class="muted">{t.n("work.count", work.count)}</span>}
      </div>
      {error !== null && !work && <Failed error={error} again={() => void load()} />}
      {!work && error === null && <Loading />}
      {work?.count === 0 && (
        <Empty icon="check" title={t("work.empty.title")}>
          <p>{t("work.empty.text")}</p>
        </Empty>
      )}
      {work?.data.map((g) => (
        <Group key={g.meeting?.id ?? ""} group={g} asked={asked} again={(f) => void again(f)} />
      ))}
    </>
  );
}

interface Acts {
  asked: ReadonlySet<string>;
  again: (file: { id: string; name: string }) => void;
}

function Group({ group, ...acts }: { group: WorkGroup } & Acts) {
  const { meeting } = group;
  const name = meeting?.name ?? t("work.noMeeting");
  return (
    <section class="work-group" aria-label={name}>
      <h2>
        {meeting ? <a href={hrefMeeting(meeting.id)}>{name}</a> : name}
        {meeting && (
          <span class="small muted">
            {formatDay(meeting.start)}, {formatTime(meeting.start)}
          </span>
        )}
      </h2>
      <List label={name}>
        {group.items.map((item, i) => (
          <Row key={`${item.kind}-${item.file?.id ?? i}`} item={item} meeting={meeting?.id} {...acts} />
        ))}
      </List>
    </section>
  );
}

const badges = { infected: "closed", damaged: "closed", refused: "closed", blocked: "closed", quarantine: "warn", failed: "warn", finding: "warn" } as const;

function Row({ item, meeting, asked, again }: { item: WorkItem; meeting?: string } & Acts) {
  const { file, paper } = item;
  const name = file?.name ?? paper?.name ?? "";
  const where = meeting ? hrefMeeting(meeting) : undefined;
  return (
    <li class="work">
      <div class="work-text">
        <p class="work-head">
          <Badge kind={badges[item.kind]}>{t(`work.kind.${item.kind}`)}</Badge>
          {name && <strong>{name}</strong>}
          {file && paper && paper.name !== name && <span class="small muted">{paper.name}</span>}
        </p>
        {item.texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <div class="work-act no-print">
        {item.action === "again" && file && (
          <Button label={t("work.again")} aria-label={t("work.againOf", { name })} disabled={asked.has(file.id)} onClick={() => again(file)} />
        )}
        {item.action === "open" && file && (
          <LinkButton label={t("work.open")} href={`${file.url}`} target="_blank" rel="noopener" />
        )}
        {item.action === "open" && !file && where && <LinkButton label={t("work.prepare")} href={where} />}
        {item.action === "replace" && where && <LinkButton label={t("work.replace")} href={where} />}
        {item.action === "prepare" && where && <LinkButton label={t("work.prepare")} href={where} />}
      </div>
    </li>
  );
}
