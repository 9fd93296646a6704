// Entry of the clerk console (/console/).
import { render } from "preact";
import { lang } from "../i18n/index.ts";
import "../ui/index.ts";
import "./clerk.css";
import "./meeting_list.css";
import "./meeting.css";
import "./agenda.css";
import "./papers.css";
import "./renditions.css";
import "./publish.css";
import "./work.css";
import "./settings.css";
import "./traces.css";
import "./privacy.css";
import "./persons.css";
import "./print.css";
import { App } from "./App.tsx";
import { clerk, loadClerk } from "./clerk_state.ts";
import { guardPage } from "./drop.ts";
import { startRouting } from "./route.ts";
import { onSignedInAgain } from "./sign_in.ts";

document.documentElement.lang = lang;
startRouting();
guardPage();
onSignedInAgain(() => {
  if (!clerk.value) void loadClerk();
});
void loadClerk();
render(<App />, document.getElementById("app") as HTMLElement);
