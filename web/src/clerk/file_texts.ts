// The server's own words about files (web/locales/<lang>/documents.json), for what the console finds before sending.
import de from "../../locales/de/documents.json";
import en from "../../locales/en/documents.json";
import { t } from "../i18n/clerk.ts";
import { formatBytes, translator } from "../i18n/index.ts";
import type { Finding } from "./file_check.ts";

const server = translator(de, en);

/** What is wrong with a chosen file and what to do. `limit` in bytes. */
export function findingText(finding: Finding, limit: number): string {
  switch (finding) {
    case "empty":
      return server("file.refused.empty");
    case "too_large":
      return server("file.refused.too_large", { limit: formatBytes(limit) });
    case "not_pdf":
      return server("file.refused.not_pdf");
    case "unreadable":
      return t("console.upload.unreadable");
  }
}
