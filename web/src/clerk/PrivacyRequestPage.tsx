import { useEffect, useState } from "preact/hooks";
import { t as console_ } from "../i18n/clerk.ts";
import { formatDate } from "../i18n/index.ts";
import { save } from "../log/log.ts";
import { Button, Dialog, errorText, Failed, Icon, Loading, toast } from "../ui/index.ts";
import { ask, read } from "./api.ts";
import { ErasurePart } from "./ErasurePart.tsx";
import { type Erasure, loadErasure, loadRequests, PATH, type PrivacyRequest } from "./privacy.ts";
import { nameOf, PrivacyBadge } from "./PrivacyPage.tsx";
import { t } from "./privacy_texts.ts";
import { ReleaseDecide } from "./ReleaseDecide.tsx";
import { good } from "./restore.ts";
import { hrefPrivacy } from "./route.ts";

/** One request: the decision of the second person, then the act of who asked, then what came of it. */
export function PrivacyRequestPage({ id }: { id: string }) {
  const [request, setRequest] = useState<PrivacyRequest | null>(null);
  const [erasure, setErasure] = useState<Erasure | null>(null);
  const [error, setError] = useState<unknown>(null);
  const path = `${PATH}/${id}`;
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const now = await read<PrivacyRequest>(path);
      if (now.kind === "erase" && now.person.id) setErasure(await loadErasure(now.person.id).catch(() => null));
      setRequest(now);
    } catch (e) {
      setError(e);
    }
    void loadRequests().catch(() => undefined); // for the count of the head
  };
  useEffect(() => {
    document.title = `${t("privacy.title")} – ${console_("console.app")}`;
    void load();
  }, [path]);
  if (error !== null && !request) return <Failed error={error} again={() => void load()} />;
  if (!request) return <Loading />;
  const name = nameOf(request);
  const erased = request.kind === "erase" && request.state === "used";
  const shown = request.kind === "erase" && request.state !== "refused" && request.state !== "expired";
  return (
    <>
      <p class="trace-back no-print">
        <a href={hrefPrivacy}>
          <Icon name="back" />
          {t("privacy.back")}
        </a>
      </p>
      <div class="page-head">
        <h1 tabIndex={-1}>
          {t(`privacy.kind.${request.kind}`)}: {name}
        </h1>
        <PrivacyBadge request={request} />
      </div>
      <div class="trace">
        <Outcome request={request} path={path} done={() => void load()} />
        {request.mayDecide && (
          <ReleaseDecide path={path} revision={request.revision} text={t(`privacy.decide.${request.kind}`, { name: request.requestedBy.name, person: name })} done={() => void load()} reload={() => void load()} />
        )}
        {shown && erasure && <ErasurePart erasure={erasure} done={erased} />}
        <Facts request={request} />
      </div>
    </>
  );
}

/** Where it stands, in a sentence, or as the act that is due. */
function Outcome({ request, path, done }: { request: PrivacyRequest; path: string; done: () => void }) {
  const date = formatDate(request.expires);
  if (request.mayUse) return request.kind === "erase" ? <Erase request={request} path={path} done={done} /> : <Take request={request} path={path} done={done} />;
  switch (request.state) {
    case "requested":
      return request.mayDecide ? null : <p class="notice" data-kind="info">{t(request.mine ? "privacy.waiting" : "privacy.waitingOther", { date })}</p>;
    case "released":
      return <p class="notice" data-kind="info">{t("privacy.otherActs", { name: request.requestedBy.name, date })}</p>;
    case "refused":
      return <p class="notice">{t("privacy.refused")}</p>;
    case "used":
      return <p class="notice" data-kind="good">{t(request.kind === "erase" ? "privacy.erased" : "privacy.given")}</p>;
    case "expired":
      return <p class="notice">{t("privacy.expired")}</p>;
  }
}

interface Act {
  request: PrivacyRequest;
  path: string;
  done: () => void;
}

function Take({ request, path, done }: Act) {
  const [busy, setBusy] = useState(false);
  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      await save("POST", `${path}/export`, "auskunft.zip");
      toast(t("privacy.take.done"));
    } catch (e) {
      toast(errorText(e), { kind: "error" });
    }
    setBusy(false);
    done();
  };
  return (
    <section class="trace-decide" aria-labelledby="privacy-take">
      <h2 id="privacy-take">{t("privacy.released")}</h2>
      <p>{t("privacy.take.text", { date: formatDate(request.expires) })}</p>
      <div class="actions">
        <Button variant="primary" icon="download" label={t("privacy.take")} disabled={busy} onClick={() => void take()} />
      </div>
    </section>
  );
}

function Erase({ request, path, done }: Act) {
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const erase = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    const answer = await ask({ method: "POST", path: `${path}/erase` });
    setBusy(false);
    if (answer.status === 409) done(); // it may have been done already: the answer was lost on the way
    if (!good(answer)) return setProblem(answer.status === 401 ? console_("console.expired.kept") : answer.problem);
    setSure(false);
    toast(t("privacy.erase.done"));
    done();
  };
  const name = nameOf(request);
  return (
    <section class="trace-decide" aria-labelledby="privacy-erase">
      <h2 id="privacy-erase">{t("privacy.released")}</h2>
      <p>{t("privacy.erase.text", { date: formatDate(request.expires) })}</p>
      <div class="actions">
        <Button variant="danger" icon="trash" label={t("privacy.erase")} onClick={() => setSure(true)} />
      </div>
      <Dialog
        open={sure}
        title={t("privacy.erase.title", { name })}
        onClose={() => setSure(false)}
        actions={
          <>
            <Button label={t("privacy.cancel")} onClick={() => setSure(false)} />
            <Button variant="danger" label={t("privacy.erase.now")} disabled={busy} onClick={() => void erase()} />
          </>
        }
      >
        <p>{t("privacy.erase.sure", { name })}</p>
        {problem && (
          <p class="notice" data-kind="error" role="alert">
            {problem}
          </p>
        )}
      </Dialog>
    </section>
  );
}

function Facts({ request }: { request: PrivacyRequest }) {
  return (
    <dl class="trace-facts trace-about">
      <div>
        <dt>{t("privacy.form.reason")}</dt>
        <dd>{request.reason}</dd>
      </div>
      <div>
        <dt>{t("privacy.requested")}</dt>
        <dd>{t("privacy.askedBy", { name: request.requestedBy.name, date: formatDate(request.created) })}</dd>
      </div>
      {request.decidedBy && request.decidedAt && (
        <div>
          <dt>{t("privacy.decided")}</dt>
          <dd>
            {t("privacy.askedBy", { name: request.decidedBy.name, date: formatDate(request.decidedAt) })}
            {request.decision && <p>„{request.decision}“</p>}
          </dd>
        </div>
      )}
    </dl>
  );
}
