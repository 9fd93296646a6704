// Texts of persons, access and devices.
import de from "../../locales/de/console_persons.json";
import en from "../../locales/en/console_persons.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
