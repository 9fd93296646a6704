// Texts of tracing a copy.
import de from "../../locales/de/console_trace.json";
import en from "../../locales/en/console_trace.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
