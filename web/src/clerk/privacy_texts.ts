// Texts of requests for personal data.
import de from "../../locales/de/console_privacy.json";
import en from "../../locales/en/console_privacy.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
