// Texts of the trial of a sign-in.
import de from "../../locales/de/trial.json";
import en from "../../locales/en/trial.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
