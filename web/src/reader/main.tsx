// Entry of the reader (/app/).
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t as ui } from "../i18n/ui.ts";
import { lang } from "../i18n/index.ts";
import { ConfirmDialog, Empty, Failed, LiveRegion, Loading, SessionDialog, Toasts } from "../ui/index.ts";
import "../pdf/pages.css";
import { App } from "./app.tsx";
import { begin as contact } from "./contact.ts";
import { begin as keepLease, locked } from "./lease.ts";
import { LeaseLocked } from "./lease_show.tsx";
import { me, start } from "./own.ts";
import "./paper.css";
import "./paper_narrow.css";
import "./reader.css";
import "./new_version.css";
import "./packet.css";
import "./new_version.css";
import { listen } from "./router.ts";
import { t } from "./texts.ts";

document.documentElement.lang = lang;
document.title = t("reader.title");

/** What PDF.js and this app need and iPadOS before 18 lacks. Asked by feature, not by name: the name says nothing reliable. */
const supported =
  typeof HTMLDialogElement !== "undefined" &&
  typeof Promise.withResolvers === "function" &&
  typeof AbortSignal.any === "function" &&
  typeof Array.prototype.findLast === "function" &&
  CSS.supports("color", "light-dark(white, black)");

function Root() {
  const [state, set] = useState<{ ready: boolean; error?: unknown }>({ ready: false });
  const begin = () => {
    set({ ready: false });
    start().then(
      () => {
        set({ ready: true });
        contact();
        if (me.value) void keepLease(me.value.id);
      },
      (error: unknown) => set({ ready: false, error }),
    );
  };
  useEffect(begin, []);
  return (
    <>
      {locked.value ? <LeaseLocked /> : state.ready ? <App /> : state.error === undefined ? <Loading /> : <Failed error={state.error} again={begin} />}
      <Toasts />
      <LiveRegion />
      <SessionDialog />
      <ConfirmDialog />
    </>
  );
}

listen();
render(
  supported ? (
    <Root />
  ) : (
    <Empty icon="warn" title={ui("ui.update.title")}>
      <p>{ui("ui.update.text")}</p>
    </Empty>
  ),
  document.getElementById("app")!,
);
