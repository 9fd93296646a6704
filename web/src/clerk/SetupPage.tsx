import { useEffect, useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { t as console_ } from "../i18n/clerk.ts";
import { formatDate } from "../i18n/index.ts";
import { Badge, Button, Failed, List, Loading, toast } from "../ui/index.ts";
import { useBody } from "./chosen_body.ts";
import { ask, read } from "./api.ts";
import type { Clerk } from "./clerk_state.ts";
import { Labelled } from "./MeetingFields.tsx";
import { ROLES } from "./persons.ts";
import { t } from "./persons_texts.ts";
import { roleName } from "./PersonsPage.tsx";
import { good } from "./restore.ts";

interface ScimClient {
  id: string;
  name: string;
  created: string;
  lastUsed: string | null;
  revoked: string | null;
  token?: string;
}

interface ScimGroup {
  id: string;
  name: string;
  members: number;
  kind: string;
}

/** For clerk and IT: the profile that puts the reader on devices, and the directory that keeps accounts. */
export function SetupPage({ clerk }: { clerk: Clerk }) {
  const bodies = clerk.me.bodies.filter((b) => b.roles.includes("clerk") || b.roles.includes("it"));
  const [body, setBody] = useBody(bodies);
  useEffect(() => {
    document.title = `${t("setup.title")} – ${console_("console.app")}`;
  }, []);
  const mayChoose = bodies.find((b) => b.id === body)?.roles.includes("clerk") ?? false;
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>{t("setup.title")}</h1>
        {bodies.length > 1 && (
          <select class="input setup-body" aria-label={t("persons.body")} value={body} onChange={(e) => setBody(e.currentTarget.value)}>
            {bodies.map((b) => (
              <option key={b.id} value={b.id}>
                {b.name}
              </option>
            ))}
          </select>
        )}
      </div>
      <div class="setup">
        <Devices body={body} />
        <Directory key={body} body={body} mayChoose={mayChoose} />
      </div>
    </>
  );
}

function Devices({ body }: { body: string }) {
  const [name, setName] = useState("Ratsinfo");
  const [problem, setProblem] = useState("");
  const fetchProfile = async (): Promise<void> => {
    setProblem("");
    const path = `/api/v1/bodies/${body}/mdm-profile?name=${encodeURIComponent(name.trim())}`;
    // Asked first, so that a refusal is told on this page instead of a page of its own.
    const answer = await fetch(path, { headers: { "Accept-Language": document.documentElement.lang || "de" } }).catch(() => null);
    if (answer?.ok) return location.assign(path);
    const told = (await answer?.json().catch(() => null)) as { detail?: string } | null;
    setProblem(told?.detail ?? t("setup.offline"));
  };
  return (
    <section class="setup-part" aria-labelledby="setup-devices">
      <h2 id="setup-devices">{t("setup.devices")}</h2>
      <p>{t("setup.devices.text")}</p>
      <div class="setup-line">
        <Labelled label={t("setup.clipName")}>{(id) => <input id={id} class="input" maxLength={30} value={name} onInput={(e) => setName(e.currentTarget.value)} />}</Labelled>
        <Button variant="primary" icon="download" label={t("setup.profile")} onClick={() => void fetchProfile()} />
      </div>
      {problem && (
        <p class="notice" data-kind="error" role="alert">
          {problem}
        </p>
      )}
      {(["enrol", "hand", "reset", "lost"] as const).map((step) => (
        <details key={step} class="setup-steps">
          <summary>{t(`setup.${step}`)}</summary>
          <ol>
            {t(`setup.${step}.steps`)
              .split("\n")
              .map((line) => (
                <li key={line}>{line}</li>
              ))}
          </ol>
        </details>
      ))}
      <p class="small muted">{t("setup.limits")}</p>
    </section>
  );
}

function Directory({ body, mayChoose }: { body: string; mayChoose: boolean }) {
  const [clients, setClients] = useState<ScimClient[] | null>(null);
  const [groups, setGroups] = useState<ScimGroup[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [name, setName] = useState("");
  const [fresh, setFresh] = useState<ScimClient | null>(null);
  const load = (): void => {
    setError(null);
    read<{ data: ScimClient[] }>(`/api/v1/scim-clients?body=${body}`).then((x) => setClients(x.data), setError);
    read<{ data: ScimGroup[] }>(`/api/v1/scim-groups?body=${body}`).then((x) => setGroups(x.data), () => undefined);
  };
  useEffect(load, []);
  const act = async (path: string, content: unknown): Promise<unknown> => {
    // No key: an answer that holds a token must not be kept anywhere.
    const answer = await ask({ method: "POST", path, body: content }, path === "/api/v1/scim-clients" ? undefined : uuidv7());
    if (!good(answer)) toast(answer.problem, { kind: "error" });
    load();
    return good(answer) ? answer.body : null;
  };
  const add = async (): Promise<void> => {
    const made = (await act("/api/v1/scim-clients", { body, name: name.trim() })) as ScimClient | null;
    if (made) {
      setFresh(made);
      setName("");
    }
  };
  return (
    <section class="setup-part" aria-labelledby="setup-directory">
      <h2 id="setup-directory">{t("setup.directory")}</h2>
      <p>{t("setup.directory.text")}</p>
      {error !== null && <Failed error={error} again={load} />}
      {!clients && error === null && <Loading />}
      <form
        class="setup-line"
        onSubmit={(e) => {
          e.preventDefault();
          if (name.trim()) void add();
        }}
      >
        <Labelled label={t("setup.clientName")}>{(id) => <input id={id} class="input" maxLength={100} value={name} placeholder="Entra ID" onInput={(e) => setName(e.currentTarget.value)} />}</Labelled>
        <Button type="submit" icon="plus" label={t("setup.addClient")} disabled={!name.trim()} />
      </form>
      {fresh?.token && (
        <div class="notice setup-token" role="status">
          <p>
            <b>{t("setup.tokenOnce")}</b>
          </p>
          <p>
            {t("setup.address")} <code>{`${location.origin}/scim/v2`}</code>
          </p>
          <p>
            {t("setup.token")} <code>{fresh.token}</code>
          </p>
          <Button label={t("setup.tokenDone")} onClick={() => setFresh(null)} />
        </div>
      )}
      {clients && clients.length > 0 && (
        <List label={t("setup.clients")}>
          {clients.map((c) => (
            <li key={c.id} class="row persons-act">
              <span class="grow">
                <span>{c.name}</span>
                <span class="small muted person-line">{c.lastUsed ? t("setup.lastUsed", { date: formatDate(c.lastUsed) }) : t("setup.neverUsed")}</span>
              </span>
              {c.revoked ? <Badge kind="closed">{t("setup.revoked")}</Badge> : <Button variant="quiet" label={t("setup.revoke")} onClick={() => void act(`/api/v1/scim-clients/${c.id}/revoke`, undefined)} />}
            </li>
          ))}
        </List>
      )}
      {groups.length > 0 && (
        <>
          <h3>{t("setup.groups")}</h3>
          <p class="small muted">{t(mayChoose ? "setup.groups.text" : "setup.groups.it")}</p>
          <List label={t("setup.groups")}>
            {groups.map((g) => (
              <li key={g.id} class="row persons-act">
                <span class="grow">
                  <span>{g.name}</span>
                  <span class="small muted person-line">{t.n("setup.members", g.members)}</span>
                </span>
                <select class="input setup-kind" aria-label={t("setup.kindOf", { name: g.name })} disabled={!mayChoose} value={g.kind} onChange={(e) => void act(`/api/v1/scim-groups/${g.id}/kind`, { kind: e.currentTarget.value })}>
                  <option value="">{t("setup.noRole")}</option>
                  {ROLES.map((r) => (
                    <option key={r} value={r}>
                      {roleName(r)}
                    </option>
                  ))}
                </select>
              </li>
            ))}
          </List>
        </>
      )}
    </section>
  );
}
