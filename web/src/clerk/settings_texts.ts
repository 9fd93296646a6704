// Texts of the settings of a Body.
import de from "../../locales/de/settings.json";
import en from "../../locales/en/settings.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
