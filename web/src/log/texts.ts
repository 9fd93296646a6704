// Texts of the log, for reader and console.
import de from "../../locales/de/log.json";
import en from "../../locales/en/log.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
