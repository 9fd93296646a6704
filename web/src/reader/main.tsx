// Entry of the reader (/app/).
import { render } from "preact";
import { LiveRegion, Loading, SessionDialog, Toasts } from "../ui/index.ts";

render(
  <>
    <Loading />
    <Toasts />
    <LiveRegion />
    <SessionDialog />
  </>,
  document.getElementById("app")!,
);
