import { useEffect, useState } from "preact/hooks";
import { get } from "../api/client.ts";
import { lang } from "../i18n/index.ts";
import de from "../../locales/de/rendition.json";
import en from "../../locales/en/rendition.json";
import { translator } from "../i18n/index.ts";
import { Dialog, Failed, Loading } from "../ui/index.ts";
import type { PaperFile } from "./wire.ts";

export const t = translator(de, en);

/** GET /api/v1/files/{id}/accessibility */
interface Report {
  looked: boolean;
  tagged: boolean;
  language: string;
  title: string;
  text: boolean;
  fonts: boolean;
  outline: boolean;
  contrast: number;
  problems: { key: string; text: string }[];
}

const decimal = new Intl.NumberFormat(lang === "en" ? "en-GB" : "de-DE", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What was found out about how well programs for people with a disability can read the newest version, and what to do about it. */
export function AccessibilityDialog({ file, close }: { file: PaperFile; close: () => void }) {
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setError(null);
    get<Report>(`/api/v1/files/${file.id}/accessibility`, { signal: stop.signal }).then(setReport, (err: unknown) => !stop.signal.aborted && setError(err));
    return () => stop.abort();
  }, [file.id, round]);
  return (
    <Dialog open wide title={t("accessibility.title")} onClose={close}>
      <p>{t("accessibility.name", { name: file.name || file.fileName })}</p>
      {error !== null && <Failed error={error} again={() => setRound(round + 1)} />}
      {error === null && !report && <Loading />}
      {report && !report.looked && <p class="muted">{t("accessibility.waiting")}</p>}
      {report?.looked && <Facts report={report} />}
      <p class="small muted">{t("accessibility.hint")}</p>
    </Dialog>
  );
}

function Facts({ report }: { report: Report }) {
  const said = (good: boolean) => t(good ? "accessibility.yes" : "accessibility.no");
  const rows: [string, string, boolean][] = [
    [t("accessibility.fact.text"), said(report.text), report.text],
    [t("accessibility.fact.tagged"), said(report.tagged), report.tagged],
    [t("accessibility.fact.fonts"), said(report.fonts), report.fonts],
    [t("accessibility.fact.language"), report.language || said(false), report.language !== ""],
    [t("accessibility.fact.titled"), said(report.title !== ""), report.title !== ""],
    [t("accessibility.fact.contrast"), report.contrast > 0 ? `${decimal.format(report.contrast)} : 1` : t("accessibility.unknown"), report.contrast === 0 || report.contrast >= 4.5],
    [t("accessibility.fact.outline"), said(report.outline), true],
  ];
  return (
    <>
      <dl class="facts">
        {rows.map(([name, value, good]) => (
          <div key={name} data-good={good}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.problems.length === 0 ? (
        <p>{t("accessibility.good")}</p>
      ) : (
        <ul class="advice">
          {report.problems.map((p) => (
            <li key={p.key}>{p.text}</li>
          ))}
        </ul>
      )}
    </>
  );
}
