import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { Button, Empty, Failed, List, Loading } from "../ui/index.ts";
import { readAll } from "./api.ts";
import { type Clerk, clerkBodies } from "./clerk_state.ts";
import { meetingsOf, type Tab, tabOf } from "./meeting_groups.ts";
import { MeetingNew } from "./MeetingNew.tsx";
import { MeetingRow } from "./MeetingRow.tsx";
import type { MeetingLine } from "./wire.ts";

const TABS: Tab[] = ["coming", "drafts", "past"];

/** All meetings that this clerk may manage. */
export function MeetingList({ clerk }: { clerk: Clerk }) {
  const [all, setAll] = useState<MeetingLine[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tab, setTab] = useState<Tab | null>(null);
  const [body, setBody] = useState("");
  const [organization, setOrganization] = useState("");
  const [adding, setAdding] = useState(false);

  const load = async (): Promise<void> => {
    setError(null);
    try {
      setAll((await readAll<MeetingLine>("/api/v1/meetings?limit=200")).filter((m) => m.mayManage));
    } catch (problem) {
      setError(problem);
    }
  };
  useEffect(() => void load(), []);
  useEffect(() => {
    document.title = t("console.app");
  }, []);

  const bodies = clerkBodies(clerk.me);
  const now = Date.now();
  const at: Tab = tab ?? (all && meetingsOf("coming", all, { body: "", organization: "" }, now).length === 0 ? "drafts" : "coming");
  const rows = all ? meetingsOf(at, all, { body, organization }, now) : [];
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("console.meetings")}</h1>
        <Button variant="primary" icon="plus" label={t("console.new")} onClick={() => setAdding(true)} />
      </div>
      {all && (
        <div class="filters">
          <div class="tabs" role="group" aria-label={t("console.tabs")}>
            {TABS.map((x) => (
              <button key={x} type="button" class="tab" aria-pressed={x === at} onClick={() => setTab(x)}>
                {t(`console.tab.${x}`)}
                <span class="count">{all.filter((m) => tabOf(m, now) === x).length}</span>
              </button>
            ))}
          </div>
          {bodies.length > 1 && (
            <Select label={t("console.filter.body")} all={t("console.filter.allBodies")} value={body} options={bodies} set={setBody} />
          )}
          <Select
            label={t("console.filter.organization")}
            all={t("console.filter.allOrganizations")}
            value={organization}
            options={organizationsOf(all, body)}
            set={setOrganization}
          />
        </div>
      )}
      {error !== null && !all && <Failed error={error} again={() => void load()} />}
      {!all && error === null && <Loading />}
      {all && rows.length > 0 && (
        <List label={t(`console.tab.${at}`)}>
          {rows.map((m) => (
            <MeetingRow key={m.id} meeting={m} showBody={bodies.length > 1} />
          ))}
        </List>
      )}
      {all && rows.length === 0 && (
        <Empty title={t(`console.empty.${at}`)}>
          <p>{body || organization ? t("console.empty.filtered") : t(`console.empty.${at}.text`)}</p>
          {at !== "past" && <Button icon="plus" label={t("console.new")} onClick={() => setAdding(true)} />}
        </Empty>
      )}
      {adding && <MeetingNew clerk={clerk} known={all ?? []} close={() => setAdding(false)} />}
    </>
  );
}

interface SelectProps {
  label: string;
  all: string;
  value: string;
  options: { id: string; name: string }[];
  set: (id: string) => void;
}

function Select({ label, all, value, options, set }: SelectProps) {
  return (
    <select class="input" aria-label={label} value={value} onChange={(e) => set(e.currentTarget.value)}>
      <option value="">{all}</option>
      {options.map((o) => (
        <option key={o.id} value={o.id}>
          {o.name}
        </option>
      ))}
    </select>
  );
}

function organizationsOf(all: readonly MeetingLine[], body: string): { id: string; name: string }[] {
  const found = new Map<string, { id: string; name: string }>();
  for (const m of all) if (!body || m.body.id === body) for (const o of m.organizations) found.set(o.id, o);
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, "de"));
}
