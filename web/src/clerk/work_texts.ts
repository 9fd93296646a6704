// Texts of the steps of files and of what needs a hand.
import de from "../../locales/de/console_work.json";
import en from "../../locales/en/console_work.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
