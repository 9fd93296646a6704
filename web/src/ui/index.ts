// The shared parts of reader and console. A page imports this once for the styles and renders <Toasts/>, <LiveRegion/> and
// <SessionDialog/> once.
import "./tokens.css";
import "./base.css";
import "./controls.css";
import "./overlays.css";

export { Badge } from "./Badge.tsx";
export { Button, LinkButton } from "./Button.tsx";
export { ConfirmDialog } from "./ConfirmDialog.tsx";
export { Dialog } from "./Dialog.tsx";
export { Icon, type IconName } from "./Icon.tsx";
export { LinkRow, List } from "./List.tsx";
export { announce, LiveRegion } from "./LiveRegion.tsx";
export { SessionDialog } from "./SessionDialog.tsx";
export { Sheet } from "./Sheet.tsx";
export { Empty, errorText, Failed, Loading } from "./State.tsx";
export { toast, Toasts } from "./Toast.tsx";
export { Toolbar } from "./Toolbar.tsx";
