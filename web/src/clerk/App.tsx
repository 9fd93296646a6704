import { t } from "../i18n/clerk.ts";
import { ConfirmDialog, Empty, Failed, LinkButton, LiveRegion, Loading, Toasts } from "../ui/index.ts";
import { clerk, failed, isClerk, loadClerk } from "./clerk_state.ts";
import { DevicesPage } from "./DevicesPage.tsx";
import { EndingsPage } from "./EndingsPage.tsx";
import { Header } from "./Header.tsx";
import { isIT, ITDesk } from "./ITDesk.tsx";
import { LogPage } from "./LogPage.tsx";
import { MeetingList } from "./MeetingList.tsx";
import { MeetingPage } from "./MeetingPage.tsx";
import { NotClerk } from "./NotClerk.tsx";
import { PersonsPage } from "./PersonsPage.tsx";
import { PrivacyPage } from "./PrivacyPage.tsx";
import { PrivacyRequestPage } from "./PrivacyRequestPage.tsx";
import { hrefMeetings, route } from "./route.ts";
import { SearchPage } from "./SearchPage.tsx";
import { isSecond, SecondPerson } from "./SecondPerson.tsx";
import { SettingsPage } from "./SettingsPage.tsx";
import { SetupPage } from "./SetupPage.tsx";
import { SignInAgain } from "./SignInAgain.tsx";
import { TracePage } from "./TracePage.tsx";
import { TracesPage } from "./TracesPage.tsx";
import { TrialPage } from "./TrialPage.tsx";
import { WorkPage } from "./WorkPage.tsx";

/** The whole console: head, the screen of the address, and what lies over it. */
export function App() {
  return (
    <>
      <Frame />
      <Toasts />
      <LiveRegion />
      <SignInAgain />
      <ConfirmDialog />
    </>
  );
}

function Frame() {
  const now = clerk.value;
  if (!now) {
    if (failed.value) return <Failed error={failed.value} again={() => void loadClerk()} />;
    return <Loading />;
  }
  if (!isClerk(now.me) && isIT(now.me)) return <ITDesk clerk={now} />;
  if (!isClerk(now.me)) return isSecond(now.me) ? <SecondPerson clerk={now} /> : <NotClerk me={now.me} />;
  return (
    <>
      <a class="skip" href="#main">
        {t("console.skip")}
      </a>
      <Header clerk={now} />
      <main id="main" class="page" tabIndex={-1}>
        <Screen clerk={now} />
      </main>
    </>
  );
}

function Screen({ clerk: now }: { clerk: NonNullable<typeof clerk.value> }) {
  const at = route.value;
  switch (at.name) {
    case "meetings":
      return <MeetingList clerk={now} />;
    case "meeting":
      return <MeetingPage key={at.id} id={at.id} clerk={now} />;
    case "work":
      return <WorkPage />;
    case "devices":
      return <DevicesPage clerk={now} />;
    case "settings":
      return <SettingsPage clerk={now} />;
    case "log":
      return <LogPage clerk={now} />;
    case "persons":
      return <PersonsPage clerk={now} />;
    case "endings":
      return <EndingsPage clerk={now} />;
    case "setup":
      return <SetupPage clerk={now} />;
    case "traces":
      return <TracesPage clerk={now} />;
    case "trace":
      return <TracePage key={at.id} id={at.id} />;
    case "privacy":
      return <PrivacyPage key={at.person} clerk={now} person={at.person} />;
    case "privacyRequest":
      return <PrivacyRequestPage key={at.id} id={at.id} />;
    case "trial":
      return <TrialPage />;
    case "search":
      return <SearchPage key={at.q} q={at.q} />;
    case "unknown":
      return (
        <Empty icon="warn" title={t("console.unknown.title")}>
          <LinkButton href={hrefMeetings} label={t("console.meetings")} />
        </Empty>
      );
  }
}
