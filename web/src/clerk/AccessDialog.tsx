import { useEffect, useState } from "preact/hooks";
import { t as console_ } from "../i18n/clerk.ts";
import { Button, Dialog, Failed, Loading } from "../ui/index.ts";
import "./access.css";
import { t } from "./access_texts.ts";
import { read } from "./api.ts";

/** GET /api/v1/{meetings|agenda-items|papers|files}/{id}/access */
interface Report {
  name: string;
  public: boolean;
  note: string;
  readers: Line[];
  excluded: Line[];
}

interface Line {
  person: string;
  name: string;
  reasons: string[];
}

/** Who can see an object at this moment, and why; and of whom one may wonder why they cannot. `path` is the object's own address. */
export function AccessDialog({ path, close }: { path: string; close: () => void }) {
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = (): void => {
    setError(null);
    read<Report>(`${path}/access`).then(setReport, setError);
  };
  useEffect(load, [path]);
  return (
    <Dialog open wide title={t("access.title")} onClose={close} actions={<Button label={console_("console.part.close")} onClick={close} />}>
      {error !== null && <Failed error={error} again={load} />}
      {error === null && !report && <Loading />}
      {report && (
        <>
          <p>
            <strong>{report.name}</strong>
          </p>
          {report.note && (
            <p class="notice" data-kind={report.public ? "info" : undefined}>
              {report.note}
            </p>
          )}
          {!report.public && (
            <>
              <h3>{t("access.readers", { n: String(report.readers.length) })}</h3>
              {report.readers.length === 0 ? <p class="muted">{t("access.nobody")}</p> : <Lines lines={report.readers} />}
              {report.excluded.length > 0 && (
                <>
                  <h3>{t("access.excluded", { n: String(report.excluded.length) })}</h3>
                  <Lines lines={report.excluded} />
                </>
              )}
              <p class="small muted">{t("access.moment")}</p>
            </>
          )}
        </>
      )}
    </Dialog>
  );
}

function Lines({ lines }: { lines: Line[] }) {
  return (
    <ul class="access-list">
      {lines.map((l) => (
        <li key={l.person}>
          <strong>{l.name}</strong>
          <ul>
            {l.reasons.map((r) => (
              <li key={r}>{r}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
