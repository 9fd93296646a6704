import { useEffect, useState } from "preact/hooks";
import { t as console_ } from "../i18n/clerk.ts";
import { dayOf, formatDate } from "../i18n/index.ts";
import { Badge, Button, Empty, Failed, Icon, LinkButton, List, Loading, toast } from "../ui/index.ts";
import { useBody } from "./chosen_body.ts";
import { t as accounts } from "./accounts_texts.ts";
import { type Clerk, clerkBodies } from "./clerk_state.ts";
import { t as endings } from "./endings_texts.ts";
import { ImportDialog } from "./ImportDialog.tsx";
import { Menu } from "./Menu.tsx";
import { PersonDialog } from "./PersonDialog.tsx";
import { PersonsWaiting } from "./PersonsWaiting.tsx";
import { type Act, found, inForce, loadActs, loadPersons, officeOf, type Person, type Standing, standing, undo } from "./persons.ts";
import { t } from "./persons_texts.ts";
import { loadRequests, privacyOpen } from "./privacy.ts";
import { t as privacy } from "./privacy_texts.ts";
import { good } from "./restore.ts";
import { hrefEndings, hrefPrivacy, hrefSetup, route } from "./route.ts";

const badges: Record<Standing, "new" | "closed" | "accent" | "warn" | undefined> = {
  locked: "closed",
  byDirectory: "closed",
  ending: "warn",
  unconfirmed: "warn",
  none: undefined,
  fresh: "accent",
  good: undefined,
};

/** Persons and access: who sits where, who works here, who may sign in; and what was last done, to take it back. */
export function PersonsPage({ clerk }: { clerk: Clerk }) {
  const bodies = clerkBodies(clerk.me);
  const [body, setBody] = useBody(bodies);
  const [all, setAll] = useState<Person[] | null>(null);
  const [acts, setActs] = useState<Act[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [question, setQuestion] = useState("");
  const [open, setOpen] = useState<Person | "new" | null>(null);
  const [importing, setImporting] = useState(false);
  const [unconfirmed, setUnconfirmed] = useState(false);
  const load = (): void => {
    setError(null);
    loadPersons(body).then(setAll, setError);
    loadActs(body).then(setActs, () => undefined);
  };
  useEffect(() => {
    document.title = `${t("persons.title")} – ${console_("console.app")}`;
    void loadRequests().catch(() => undefined); // for the count
  }, []);
  useEffect(() => {
    setAll(null);
    setUnconfirmed(false);
    load();
  }, [body]);
  const asked = route.value.name === "persons" ? route.value.person : "";
  useEffect(() => {
    const one = asked && all?.find((p) => p.id === asked);
    if (one) setOpen(one);
  }, [asked, all === null]);
  const takeBack = async (id: string): Promise<void> => {
    const answer = await undo(id);
    toast(good(answer) ? t("persons.undone") : answer.problem, good(answer) ? {} : { kind: "error" });
    load();
  };
  const done = (text: string, act: string): void => {
    setOpen(null);
    setImporting(false);
    load();
    toast(text, act ? { action: { label: t("persons.undo"), run: () => void takeBack(act) } } : {});
  };
  const waiting = privacyOpen.value ?? 0;
  const shown = all ? found(unconfirmed ? all.filter((p) => p.unconfirmed) : all, question, (p) => words(p)) : [];
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("persons.title")}</h1>
        <div class="actions persons-acts">
          <Button variant="primary" icon="plus" label={t("persons.add")} onClick={() => setOpen("new")} />
          <Button icon="upload" label={t("persons.import")} onClick={() => setImporting(true)} />
          <Menu
            label={t("persons.more")}
            acts={[
              { label: t("persons.export"), icon: "download", run: () => location.assign(`/api/v1/persons/export?body=${body}`) },
              { label: t("persons.template"), icon: "file", run: () => location.assign("/api/v1/imports/template") },
            ]}
          />
        </div>
      </div>
      <div class="persons-tools">
        {bodies.length > 1 && (
          <select class="input" aria-label={t("persons.body")} value={body} onChange={(e) => setBody(e.currentTarget.value)}>
            {bodies.map((b) => (
              <option key={b.id} value={b.id}>
                {b.name}
              </option>
            ))}
          </select>
        )}
        <input class="input" type="search" aria-label={t("persons.find")} placeholder={t("persons.find")} value={question} onInput={(e) => setQuestion(e.currentTarget.value)} />
        <LinkButton variant="quiet" icon="calendar" label={endings("endings.nav")} href={hrefEndings} />
        <LinkButton variant="quiet" icon="history" label={privacy("privacy.nav")} href={hrefPrivacy}>
          {waiting > 0 && <b class="count">{waiting}</b>}
        </LinkButton>
        <LinkButton variant="quiet" icon="settings" label={t("setup.title")} href={hrefSetup} />
      </div>
      {error !== null && !all && <Failed error={error} again={load} />}
      {!all && error === null && <Loading />}
      {all && <PersonsWaiting all={all} me={clerk.me.id} only={unconfirmed} setOnly={setUnconfirmed} done={done} />}
      {all && shown.length === 0 && (
        <Empty icon="person" title={t(all.length === 0 ? "persons.empty" : "persons.nobody")}>
          <p>{t(all.length === 0 ? "persons.emptyText" : "persons.nobodyText")}</p>
        </Empty>
      )}
      {shown.length > 0 && (
        <List label={t("persons.title")}>
          {shown.map((p) => (
            <Row key={p.id} person={p} open={() => setOpen(p)} />
          ))}
        </List>
      )}
      {acts.length > 0 && <Acts acts={acts} takeBack={(id) => void takeBack(id)} />}
      {open && <PersonDialog person={open === "new" ? null : open} body={body} me={clerk.me.id} close={() => setOpen(null)} done={done} />}
      {importing && <ImportDialog body={body} close={() => setImporting(false)} done={done} />}
    </>
  );
}

const today = (): string => dayOf(new Date());

/** What a person holds today, in words. */
function words(p: Person): string {
  return [p.name, p.account, ...held(p)].join(" ");
}

function held(p: Person): string[] {
  const seats = p.seats.filter((s) => inForce(s, today())).map((s) => s.organization.name);
  const grants = p.grants.filter((g) => inForce(g, today())).map((g) => officeOf(g, roleName, (name) => accounts("accounts.offices.sum", { name })));
  return [...grants, ...seats];
}

export const roleName = (role: string): string => {
  if (role === "clerk" || role === "mayor" || role === "it") return t(`persons.role.${role}`);
  return role === "group_office" ? accounts("accounts.role.group_office") : role;
};

function Row({ person, open }: { person: Person; open: () => void }) {
  const now = standing(person, new Date());
  const holds = held(person);
  return (
    <li>
      <button type="button" class="row person-row" onClick={open}>
        <span class="grow">
          <span class="person-name">{person.name}</span>
          <span class="small muted person-line">{person.home ? person.account || t("persons.noAccount") : t("persons.elsewhere")}</span>
          {holds.length > 0 && <span class="small person-line">{holds.join(" · ")}</span>}
        </span>
        {now !== "good" && (
          <Badge kind={badges[now]}>
            {now === "byDirectory" || now === "unconfirmed"
              ? accounts(`accounts.state.${now}`)
              : t(`persons.state.${now}`, { date: person.locked ? formatDate(new Date(new Date(person.locked).getTime() - 1000)) : "" })}
          </Badge>
        )}
        <Icon name="next" />
      </button>
    </li>
  );
}

function Acts({ acts, takeBack }: { acts: Act[]; takeBack: (id: string) => void }) {
  return (
    <section class="persons-done" aria-labelledby="persons-done">
      <h2 id="persons-done">{t("persons.acts")}</h2>
      <List label={t("persons.acts")}>
        {acts.slice(0, 8).map((a) => (
          <li key={a.id} class="row persons-act">
            <span class="grow">
              <span>{a.source === "desk" ? t("persons.atDesk") : a.source}</span>
              <span class="small muted person-line">
                {[
                  formatDate(a.at),
                  a.by || t("persons.server"),
                  a.added > 0 ? t("persons.n.added", { n: a.added }) : "",
                  a.changed > 0 ? t("persons.n.changed", { n: a.changed }) : "",
                  a.ended > 0 ? t("persons.n.ended", { n: a.ended }) : "",
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {a.undone && <Badge>{t("persons.wasUndone")}</Badge>}
            {a.mayUndo && <Button variant="quiet" icon="undo" label={t("persons.undo")} onClick={() => takeBack(a.id)} />}
          </li>
        ))}
      </List>
    </section>
  );
}
