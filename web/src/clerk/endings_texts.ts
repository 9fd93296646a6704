// Texts of the page that says what ends.
import de from "../../locales/de/console_endings.json";
import en from "../../locales/en/console_endings.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
