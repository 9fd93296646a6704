// Entry of the clerk console (/console/).
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
