// The texts of the comparison of versions.
import de from "../../locales/de/synopsis.json";
import en from "../../locales/en/synopsis.json";
import { formatDate, translator } from "../i18n/index.ts";

export const t = translator(de, en);

/** "Fassung 2 vom 12.11.2026"; what is not published yet says so. */
export const versionName = (v: { number: number; publishedAt: string | null }): string =>
  v.publishedAt ? t("synopsis.versionOf", { n: v.number, date: formatDate(v.publishedAt) }) : t("synopsis.draft", { n: v.number });

/** "2, 5 und 7" */
export function listed(pages: readonly number[]): string {
  const last = pages.at(-1);
  return pages.length < 2 ? String(last ?? "") : `${pages.slice(0, -1).join(", ")} ${t("synopsis.and")} ${last}`;
}
