// Texts of the lists of devices, in the reader and in the console.
import de from "../../locales/de/device_list.json";
import en from "../../locales/en/device_list.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
