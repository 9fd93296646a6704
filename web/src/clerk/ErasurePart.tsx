import { number } from "../i18n/index.ts";
import { type Erasure, type Rows } from "./privacy.ts";
import { t } from "./privacy_texts.ts";

/** What goes and what stays with its legal reason. `done`: the erasure has been carried out, and what went is no longer counted. */
export function ErasurePart({ erasure, done }: { erasure: Erasure; done?: boolean }) {
  return (
    <div class="privacy-erasure">
      {!done && (
        <section>
          <h3>{t("privacy.goes")}</h3>
          <ul class="privacy-rows">
            {erasure.erased.map((row) => (
              <Line key={row.kind} row={row} />
            ))}
            {erasure.renamed && <li>{t("privacy.name.goes")}</li>}
          </ul>
        </section>
      )}
      <section>
        <h3>{t(done ? "privacy.stayed" : "privacy.stays")}</h3>
        {erasure.kept.length === 0 && <p class="muted">{t("privacy.stays.none")}</p>}
        {erasure.kept.length > 0 && (
          <ul class="privacy-rows">
            {!erasure.renamed && <li>{t("privacy.name.stays")}</li>}
            {erasure.kept.map((row) => (
              <Line key={row.kind} row={row} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Line({ row }: { row: Rows }) {
  return (
    <li>
      {row.text}
      {row.count > 0 && <span class="muted"> ({number(row.count)})</span>}
      {row.why && <p class="small muted">{row.why}</p>}
    </li>
  );
}
