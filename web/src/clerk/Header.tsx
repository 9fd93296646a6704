import { useEffect, useState } from "preact/hooks";
import { t as d } from "../devices/texts.ts";
import { t } from "../i18n/clerk.ts";
import { Button, Icon, LinkButton } from "../ui/index.ts";
import type { Clerk } from "./clerk_state.ts";
import { go, hrefDevices, hrefMeetings, hrefPersons, hrefSearch, hrefSettings, hrefTraces, hrefWork, route } from "./route.ts";
import { t as p } from "./persons_texts.ts";
import { t as s } from "./settings_texts.ts";
import { t as tr } from "./trace_texts.ts";
import { loadTraces, openCount } from "./traces.ts";
import { watchCount, workCount } from "./work_state.ts";
import { t as w } from "./work_texts.ts";

/** The head of every screen: where we are, search, who is signed in. */
export function Header({ clerk }: { clerk: Clerk }) {
  const at = route.value;
  return (
    <header class="head">
      <a class="head-name" href={hrefMeetings} aria-current={at.name === "meetings" ? "page" : undefined}>
        <Icon name="calendar" />
        <span>{t("console.app")}</span>
      </a>
      <SearchField q={at.name === "search" ? at.q : ""} />
      <div class="head-end">
        <WorkLink here={at.name === "work"} />
        <a class="btn" data-variant="quiet" data-icon-only href={hrefSettings} aria-label={s("settings.title")} title={s("settings.title")} aria-current={at.name === "settings" ? "page" : undefined}>
          <Icon name="settings" />
        </a>
        <a class="btn" data-variant="quiet" data-icon-only href={hrefDevices} aria-label={d("devices.office.title")} title={d("devices.office.title")} aria-current={at.name === "devices" ? "page" : undefined}>
          <Icon name="device" />
        </a>
        <a class="btn" data-variant="quiet" data-icon-only href={hrefPersons} aria-label={p("persons.title")} title={p("persons.title")} aria-current={at.name === "persons" || at.name === "endings" || at.name === "setup" ? "page" : undefined}>
          <Icon name="person" />
        </a>
        <TracesLink here={at.name === "traces" || at.name === "trace"} />
        <span class="head-person small muted">{clerk.me.name}</span>
        <LinkButton variant="quiet" icon="file" label={t("console.reader")} href="/app/" />
        <form method="post" action="/auth/logout" onSubmit={() => clerk.drafts.sweep(true)}>
          <Button type="submit" variant="quiet" icon="exit" iconOnly label={t("console.signOut")} />
        </form>
      </div>
    </header>
  );
}

/** The way to what needs a hand, with how much it is. */
function WorkLink({ here }: { here: boolean }) {
  useEffect(watchCount, []);
  const n = workCount.value ?? 0;
  return (
    <a class="btn head-work" data-variant="quiet" href={hrefWork} aria-current={here ? "page" : undefined} title={w("work.title")}>
      <Icon name="list" />
      <span>{w("work.title")}</span>
      {n > 0 && <b class="count">{n}</b>}
    </a>
  );
}

/** The way to whose copy a file is, with how many wait for this person's decision. */
function TracesLink({ here }: { here: boolean }) {
  useEffect(() => void loadTraces().catch(() => undefined), []);
  const n = openCount.value ?? 0;
  const label = n > 0 ? `${tr("traces.title")}: ${tr.n("traces.open", n)}` : tr("traces.title");
  return (
    <a class="btn head-work" data-variant="quiet" data-icon-only href={hrefTraces} aria-label={label} title={label} aria-current={here ? "page" : undefined}>
      <Icon name="history" />
      {n > 0 && <b class="count">{n}</b>}
    </a>
  );
}

/** The search of the head; Enter goes to the hits. */
export function SearchField({ q }: { q: string }) {
  const [text, setText] = useState(q);
  const submit = (e: Event): void => {
    e.preventDefault();
    if (text.trim()) go(hrefSearch(text.trim()));
  };
  return (
    <form class="head-search" role="search" action="/console/search" onSubmit={submit}>
      <Icon name="search" />
      <input
        class="input"
        type="search"
        name="q"
        value={text}
        placeholder={t("console.search.placeholder")}
        aria-label={t("console.search.label")}
        onInput={(e) => setText(e.currentTarget.value)}
      />
    </form>
  );
}
