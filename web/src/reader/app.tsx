import { useEffect, useState } from "preact/hooks";
import { tellSignedIn } from "../api/session.ts";
import { t as logTexts } from "../log/texts.ts";
import { Button, Dialog, Empty, Failed, Icon, LinkButton, Loading } from "../ui/index.ts";
import { ConfirmShow } from "./confirm_show.tsx";
import { LeaseBar } from "./lease_show.tsx";
import { LogShow } from "./log_list.tsx";
import { MeetingList } from "./meeting_list.tsx";
import { MeetingShow } from "./meeting_show.tsx";
import { NewsList } from "./news_list.tsx";
import { me, signOut } from "./own.ts";
import { PasskeysShow } from "./passkeys_show.tsx";
import { go, href, route } from "./router.ts";
import { SearchList } from "./search_list.tsx";
import { t } from "./texts.ts";

type PaperScreen = typeof import("./paper_show.tsx").PaperShow;
const fetchPaperScreen = () => import("./paper_show.tsx");

/** Paper loads the PDF engine with its screen: the lists do not wait for it, and fetch it once they stand. */
function Paper(props: Parameters<PaperScreen>[0]) {
  const [screen, set] = useState<{ show?: PaperScreen; error?: unknown }>({});
  const load = () => void fetchPaperScreen().then(({ PaperShow }) => set({ show: PaperShow }), (error: unknown) => set({ error }));
  useEffect(load, []);
  if (screen.show) return <screen.show {...props} />;
  if (screen.error) return <Failed error={screen.error} again={() => location.reload()} />;
  return <Loading text={t("reader.paper.opening")} />;
}

type CompareScreen = typeof import("./synopsis_show.tsx").SynopsisShow;

/** Compare is fetched when it is wanted. */
function Compare(props: Parameters<CompareScreen>[0]) {
  const [screen, set] = useState<{ show?: CompareScreen; error?: unknown }>({});
  useEffect(() => void import("./synopsis_show.tsx").then(({ SynopsisShow }) => set({ show: SynopsisShow }), (error: unknown) => set({ error })), []);
  if (screen.show) return <screen.show {...props} />;
  if (screen.error) return <Failed error={screen.error} again={() => location.reload()} />;
  return <Loading />;
}

type DevicesScreen = typeof import("./device_list.tsx").DeviceList;

/** Devices is fetched when it is wanted. */
function Devices() {
  const [screen, set] = useState<{ show?: DevicesScreen; error?: unknown }>({});
  useEffect(() => void import("./device_list.tsx").then(({ DeviceList }) => set({ show: DeviceList }), (error: unknown) => set({ error })), []);
  if (screen.show) return <screen.show />;
  if (screen.error) return <Failed error={screen.error} again={() => location.reload()} />;
  return <Loading />;
}

/** App chooses the screen by the address. */
export function App() {
  const { path, query } = route.value;
  const [, , area = "", id = "", file = ""] = path.split("/");
  useEffect(() => {
    const timer = setTimeout(() => void fetchPaperScreen().then(({ warm }) => warm(), () => undefined), 1500);
    return () => clearTimeout(timer);
  }, []);
  if (area === "compare" && id && file) return <Compare key={`${id} ${file}`} paper={id} file={file} query={query} />;
  if (area === "papers" && id) return <Paper key={id} paper={id} file={file} query={query} />;
  return (
    <>
      <Head query={area === "search" ? (query.get("q") ?? "") : ""} />
      <main id="main" class="screen" tabIndex={-1}>
        <LeaseBar />
        {area === "" && <MeetingList />}
        {area === "new" && <NewsList />}
        {area === "meetings" && id && <MeetingShow key={id} id={id} />}
        {area === "search" && <SearchList q={query.get("q") ?? ""} />}
        {area === "geraete" && <Devices />}
        {area === "protokoll" && <LogShow />}
        {area === "signed-in" && <SignedIn />}
        {area === "bestaetigen" && <ConfirmShow query={query} />}
        {area === "passkeys" && <PasskeysShow />}
        {!["", "new", "search", "geraete", "protokoll", "signed-in", "bestaetigen", "passkeys"].includes(area) && !(area === "meetings" && id) && (
          <Empty icon="warn" title={t("reader.notFound")}>
            <LinkButton href={href.home()} label={t("reader.toHome")} />
          </Empty>
        )}
      </main>
    </>
  );
}

function Head({ query }: { query: string }) {
  return (
    <header class="head">
      <a class="btn skip" href="#main" onClick={() => document.getElementById("main")?.focus()}>
        {t("reader.skip")}
      </a>
      <div class="head-row">
        <a class="brand" href={href.home()}>
          <Icon name="calendar" />
          <span>{t("reader.title")}</span>
        </a>
        <SearchField key={query} value={query} />
        <Account />
      </div>
    </header>
  );
}

function SearchField({ value }: { value: string }) {
  const [q, set] = useState(value);
  return (
    <form
      class="search"
      role="search"
      onSubmit={(e) => {
        e.preventDefault();
        if (q.trim()) go(href.search(q.trim()));
      }}
    >
      <input
        class="input"
        type="search"
        enterkeyhint="search"
        autocapitalize="off"
        aria-label={t("reader.search.label")}
        placeholder={t("reader.search.placeholder")}
        value={q}
        onInput={(e) => set(e.currentTarget.value)}
      />
      <Button type="submit" icon="search" iconOnly label={t("reader.search.go")} />
    </form>
  );
}

function Account() {
  const [asking, ask] = useState(false);
  const [busy, setBusy] = useState(false);
  const leave = async (force: boolean) => {
    setBusy(true);
    if (!(await signOut(force))) {
      ask(true);
      setBusy(false);
    }
  };
  return (
    <div class="account">
      <span class="account-name" title={me.value?.account}>
        <span class="sr-only">{t("reader.account", { name: "" })}</span>
        {me.value?.name}
      </span>
      <LinkButton variant="quiet" icon="history" iconOnly label={logTexts("log.title")} href={href.log()} />
      <LinkButton variant="quiet" icon="device" iconOnly label={t("reader.devices")} href={href.devices()} />
      <Button class="btn sign-out" icon="exit" label={t("ui.signOut")} disabled={busy} onClick={() => void leave(false)} />
      <Dialog
        open={asking}
        title={t("reader.signOut.title")}
        onClose={() => ask(false)}
        actions={
          <>
            <Button variant="danger" label={t("reader.signOut.lose")} onClick={() => void leave(true)} />
            <Button variant="primary" label={t("reader.signOut.stay")} onClick={() => ask(false)} />
          </>
        }
      >
        <p>{t("reader.signOut.text")}</p>
      </Dialog>
    </div>
  );
}

/** SignedIn is where a renewed sign-in ends, in its own window. */
function SignedIn() {
  tellSignedIn();
  return (
    <Empty icon="check" title={t("ui.session.back")}>
      <p>{t("ui.session.backText")}</p>
      <p>
        <LinkButton href={href.home()} label={t("ui.session.home")} />
      </p>
    </Empty>
  );
}
