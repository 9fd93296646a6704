import { useEffect, useState } from "preact/hooks";
import { post } from "../api/client.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { formatDate, formatTime } from "../i18n/index.ts";
import { hand, type Head, type Line, save } from "../log/log.ts";
import { LogList } from "../log/LogList.tsx";
import { t } from "../log/texts.ts";
import { Button, Dialog, errorText, LinkButton, toast } from "../ui/index.ts";
import { useBody } from "./chosen_body.ts";
import { type Clerk, clerkBodies } from "./clerk_state.ts";
import { t as privacy } from "./privacy_texts.ts";
import { hrefMeeting, hrefPrivacy } from "./route.ts";

const link = ({ object }: Line): string | undefined => (object?.kind === "meeting" ? hrefMeeting(object.id) : undefined);

/** LogPage is the acts of a Body, the signed head of the log to print, and the record of processing. */
export function LogPage({ clerk }: { clerk: Clerk }) {
  const bodies = clerkBodies(clerk.me);
  const [body, setBody] = useBody(bodies);
  const [head, setHead] = useState<Head | null>(null);
  useEffect(() => {
    document.title = `${t("log.office.title")} – ${console_("console.app")}`;
  }, []);
  const said = (error: unknown): void => void toast(errorText(error), { kind: "error" });
  const give = (): void => void post<Head>("/api/v1/log/head").then((a) => setHead(a.data), said);
  const print = (): void => {
    document.body.classList.add("log-printing");
    window.print();
    document.body.classList.remove("log-printing");
  };
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("log.office.title")}</h1>
        <Button icon="check" label={t("log.head")} onClick={give} />
      </div>
      <p class="muted">{t("log.office.intro")}</p>
      <div class="log-tools">
        {bodies.length > 1 && (
          <select class="input" aria-label={t("log.body")} value={body} onChange={(e) => setBody(e.currentTarget.value)}>
            {bodies.map((b) => (
              <option key={b.id} value={b.id}>
                {b.name}
              </option>
            ))}
          </select>
        )}
        <Button icon="download" label={t("log.record")} onClick={() => void save("GET", "/api/v1/privacy/record", "verarbeitungsverzeichnis.html").catch(said)} />
        <LinkButton icon="person" label={privacy("privacy.nav")} href={hrefPrivacy} />
      </div>
      {body && <LogList path={`/api/v1/bodies/${body}/log?limit=50`} empty={{ title: t("log.office.empty") }} link={link} by />}
      <Dialog
        open={head !== null}
        title={t("log.head.title")}
        onClose={() => setHead(null)}
        actions={
          <>
            <Button label={t("log.save")} onClick={() => head && hand(new Blob([head.note], { type: "text/plain" }), `pruefstand-${head.size}.txt`)} />
            <Button variant="primary" label={t("log.print")} onClick={print} />
          </>
        }
      >
        {head && <HeadText head={head} />}
      </Dialog>
    </>
  );
}

function HeadText({ head }: { head: Head }) {
  return (
    <div class="log-head">
      <p>{t("log.head.text", { n: String(head.size) })}</p>
      <p class="small muted">
        {t("log.head.at")}: {formatDate(head.at)}, {formatTime(head.at)}
      </p>
      <pre>{head.note}</pre>
      <p class="small">
        {t("log.head.finger")}: <strong>{head.fingerprint}</strong>
      </p>
      <p class="small muted">
        {t("log.head.key")}: {head.key}
      </p>
    </div>
  );
}
