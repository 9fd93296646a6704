import { useState } from "preact/hooks";
import { type Line, save } from "../log/log.ts";
import { LogList as Lines } from "../log/LogList.tsx";
import { t } from "../log/texts.ts";
import { Button, errorText, LinkButton, toast } from "../ui/index.ts";
import { back, href } from "./router.ts";
import { t as reader } from "./texts.ts";
import { useTitle } from "./title.ts";

const link = ({ object }: Line): string | undefined =>
  object?.kind === "paper" ? href.paper(object.id) : object?.kind === "meeting" ? href.meeting(object.id) : undefined;

/** LogShow is what was opened in the person's own name, and the way to all that is kept about the person. */
export function LogShow() {
  useTitle(t("log.title"));
  const [everything, setEverything] = useState(false);
  const [busy, setBusy] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      await save("POST", "/api/v1/me/export", "auskunft.zip");
      toast(t("log.export.done"));
    } catch (error) {
      toast(errorText(error), { kind: "error" });
    }
    setBusy(false);
  };
  return (
    <>
      <div class="way">
        <Button variant="quiet" icon="back" label={reader("reader.title")} onClick={() => back(href.home())} />
      </div>
      <h1>{t("log.title")}</h1>
      <p class="muted">{t("log.intro")}</p>
      <div class="log-tools">
        <label class="log-choice">
          <input type="checkbox" checked={everything} onChange={(e) => setEverything(e.currentTarget.checked)} />
          {t("log.all")}
        </label>
        <LinkButton icon="device" label={t("log.devices")} href={href.devices()} />
      </div>
      <Lines
        path={everything ? "/api/v1/me/log?limit=50" : "/api/v1/me/log?readings=true&limit=50"}
        empty={{ title: t("log.empty.title"), text: t("log.empty.text") }}
        link={link}
      />
      <section class="log-own">
        <p>{t("log.export.text")}</p>
        <Button icon="download" label={busy ? t("log.export.busy") : t("log.export")} disabled={busy} onClick={() => void download()} />
      </section>
    </>
  );
}
