import { useEffect, useState } from "preact/hooks";
import { get, post } from "../api/client.ts";
import type { components } from "../api/schema.gen.ts";
import { Button, Empty, errorText, Failed, Loading } from "../ui/index.ts";
import { t } from "./trial_texts.ts";
import "./trial.css";

type Provider = components["schemas"]["SignInProvider"];
type Trial = components["schemas"]["SignInTrial"];
type Kind = components["schemas"]["SignInKind"];

const kind = (name: string): string => t(`trial.kind.${name}` as "trial.kind.clerk");
const line = (k: Kind, byGroup: boolean): string => t(byGroup ? "trial.by_group" : "trial.plain", { kind: kind(k.kind), body: k.body, group: k.group }).replace(/ {2,}/g, " ").trim();

/** TrialPage answers "what would X get" for those who run the system; nothing is written. */
export function TrialPage() {
  const [list, setList] = useState<{ all?: Provider[]; error?: unknown }>({});
  const [name, setName] = useState("");
  const [account, setAccount] = useState("");
  const [claims, setClaims] = useState("");
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<{ trial?: Trial; problem?: string }>({});
  const load = (): void =>
    void get<{ data: Provider[] }>("/api/v1/sign-in/providers").then(
      ({ data }) => {
        setList({ all: data });
        setName(data[0]?.name ?? "");
      },
      (error: unknown) => setList({ error }),
    );
  useEffect(load, []);
  if (list.error) return <Failed error={list.error} again={load} />;
  if (!list.all) return <Loading />;
  if (list.all.length === 0)
    return (
      <Empty icon="warn" title={t("trial.none")}>
        <p>{t("trial.none_text")}</p>
      </Empty>
    );
  const provider = list.all.find((p) => p.name === name);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      setResult({ trial: (await post<Trial>("/api/v1/sign-in/trial", { provider: name, account: account.trim(), claims: claims.trim() })).data });
    } catch (error) {
      setResult({ problem: errorText(error) });
    }
    setBusy(false);
  };
  return (
    <section class="trial">
      <h1 tabIndex={-1}>{t("trial.title")}</h1>
      <p class="muted">{t("trial.intro")}</p>
      <form
        class="trial-form"
        onSubmit={(e) => {
          e.preventDefault();
          void run();
        }}
      >
        {list.all.length > 1 && (
          <label class="field">
            {t("trial.provider")}
            <select class="input" value={name} onChange={(e) => setName(e.currentTarget.value)}>
              {list.all.map((p) => (
                <option key={p.name} value={p.name}>
                  {p.title}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="field">
          {t("trial.account")}
          <input class="input" type="email" autocomplete="off" value={account} onInput={(e) => setAccount(e.currentTarget.value)} />
        </label>
        <label class="field">
          {t("trial.claims")}
          <textarea class="input" rows={8} spellcheck={false} value={claims} onInput={(e) => setClaims(e.currentTarget.value)} />
        </label>
        <Button type="submit" variant="primary" label={t("trial.run")} disabled={busy || (!account.trim() && !claims.trim())} />
      </form>
      <div role="status">
        {result.problem && (
          <p class="notice" data-kind="error">
            {result.problem}
          </p>
        )}
        {result.trial && <Result trial={result.trial} />}
      </div>
      {provider && (
        <>
          <h2>{t("trial.rules")}</h2>
          <Lines lines={provider.rules.map((r) => line({ kind: r.kind, body: r.bodies.join(", "), group: r.group }, true))} none={t("trial.no_rules")} />
        </>
      )}
    </section>
  );
}

function Result({ trial }: { trial: Trial }) {
  const person = trial.person;
  return (
    <div class="trial-result">
      <h2>{t("trial.result")}</h2>
      <p class="notice" data-kind={trial.let && !trial.refusal ? "good" : "error"}>
        {trial.refusal ? t("trial.refused", { reason: trial.refusal }) : t(trial.let ? "trial.let" : "trial.not_let")}
      </p>
      <p class={person ? "" : "notice"}>{person ? t("trial.person", { name: person.name, account: person.account }) : t("trial.nobody")}</p>
      {person?.linked && <p class="muted">{t("trial.linked")}</p>}
      {trial.unknown.length > 0 && <p class="notice">{t("trial.unknown", { names: trial.unknown.join(", ") })}</p>}
      <h3>{t("trial.given")}</h3>
      <Lines lines={trial.given.map((k) => line(k, true))} />
      <h3>{t("trial.kept")}</h3>
      <Lines lines={trial.kept.map((k) => line(k, false))} />
      {trial.lost.length > 0 && (
        <>
          <h3>{t("trial.lost")}</h3>
          <Lines lines={trial.lost.map((k) => line(k, false))} />
        </>
      )}
      <h3>{t("trial.seats")}</h3>
      <Lines lines={trial.seats.map((s) => (s.role ? `${s.organization}, ${s.role}` : s.organization))} />
    </div>
  );
}

function Lines({ lines, none = t("trial.nothing") }: { lines: string[]; none?: string }) {
  if (lines.length === 0) return <p class="muted">{none}</p>;
  return (
    <ul>
      {lines.map((l) => (
        <li key={l}>{l}</li>
      ))}
    </ul>
  );
}
