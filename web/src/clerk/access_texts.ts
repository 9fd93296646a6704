// Texts of "who can see this", guests, and the settings about readers.
import de from "../../locales/de/console_access.json";
import en from "../../locales/en/console_access.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
