import { useEffect, useState } from "preact/hooks";
import { t as console_ } from "../i18n/clerk.ts";
import { formatDate } from "../i18n/index.ts";
import { Badge, Button, Empty, Failed, Icon, List, Loading } from "../ui/index.ts";
import { type Clerk, clerkBodies } from "./clerk_state.ts";
import { loadRequests, type PrivacyRequest, type Standing, standing, waitingFirst } from "./privacy.ts";
import { PrivacyAsk } from "./PrivacyAsk.tsx";
import { t } from "./privacy_texts.ts";
import { hrefPrivacy, hrefPrivacyRequest } from "./route.ts";

const badges: Record<Standing, "new" | "closed" | "accent" | "warn" | undefined> = {
  decide: "warn",
  use: "warn",
  requested: "accent",
  released: "accent",
  given: "new",
  erased: "new",
  refused: "closed",
  expired: undefined,
};

/** Where a request stands, as a word. */
export function PrivacyBadge({ request }: { request: PrivacyRequest }) {
  const now = standing(request);
  return <Badge kind={badges[now]}>{t(`privacy.state.${now}`)}</Badge>;
}

/** Whom a request is about; the name may have gone with the erasure. */
export const nameOf = (x: PrivacyRequest): string => x.person.name || t("privacy.nameless");

/** Requests for personal data: what waits for this person first, and the way to a new one for clerks. `person` opens the form. */
export function PrivacyPage({ clerk, person }: { clerk: Clerk; person: string }) {
  const bodies = clerkBodies(clerk.me);
  const [all, setAll] = useState<PrivacyRequest[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(person !== "" && bodies.length > 0);
  const load = (): void => {
    setError(null);
    loadRequests().then(setAll, setError);
  };
  useEffect(() => {
    document.title = `${t("privacy.title")} – ${console_("console.app")}`;
    load();
  }, []);
  const close = (): void => {
    setAsking(false);
    if (location.search) history.replaceState(null, "", hrefPrivacy); // loading anew does not ask anew
  };
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("privacy.title")}</h1>
        {bodies.length > 0 && <Button variant="primary" icon="plus" label={t("privacy.new")} onClick={() => setAsking(true)} />}
      </div>
      <p class="trace-intro muted">{t("privacy.intro")}</p>
      {error !== null && !all && <Failed error={error} again={load} />}
      {!all && error === null && <Loading />}
      {all?.length === 0 && (
        <Empty icon="person" title={t("privacy.empty.title")}>
          <p>{t(bodies.length > 0 ? "privacy.empty.text" : "privacy.empty.second")}</p>
        </Empty>
      )}
      {all && all.length > 0 && (
        <List label={t("privacy.list")}>
          {waitingFirst(all).map((x) => (
            <li key={x.id}>
              <a class="row" href={hrefPrivacyRequest(x.id)}>
                <div class="grow trace-row">
                  <p class="trace-row-head">
                    <strong>
                      {t(`privacy.kind.${x.kind}`)}: {nameOf(x)}
                    </strong>
                    <PrivacyBadge request={x} />
                  </p>
                  <p>{x.reason}</p>
                  <p class="small muted">{t("privacy.askedBy", { name: x.requestedBy.name, date: formatDate(x.created) })}</p>
                </div>
                <Icon name="next" />
              </a>
            </li>
          ))}
        </List>
      )}
      {asking && <PrivacyAsk bodies={bodies} person={person} close={close} />}
    </>
  );
}
