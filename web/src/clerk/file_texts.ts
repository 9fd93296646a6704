// The server's own words about files (web/locales/<lang>/documents.json, convert.json), for what the console finds before sending.
import convertDe from "../../locales/de/convert.json";
import de from "../../locales/de/documents.json";
import convertEn from "../../locales/en/convert.json";
import en from "../../locales/en/documents.json";
import { t } from "../i18n/clerk.ts";
import { formatBytes, translator } from "../i18n/index.ts";
import type { Finding } from "./file_check.ts";

const server = translator({ ...de, ...convertDe }, { ...en, ...convertEn });

/** What is wrong with a chosen file and what to do. `limit` in bytes. */
export function findingText(finding: Finding, limit: number): string {
  switch (finding) {
    case "empty":
      return server("file.refused.empty");
    case "too_large":
      return server("file.refused.too_large", { limit: formatBytes(limit) });
    case "kind":
    case "heic":
    case "old_office":
    case "archive":
      return server(`file.refused.${finding}`);
    case "unreadable":
      return t("console.upload.unreadable");
  }
}
