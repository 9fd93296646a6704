// The texts of the reader, with those of the shared parts.
import de from "../../locales/de/reader.json";
import text from "../../locales/de/text.json";
import ui from "../../locales/de/ui.json";
import en from "../../locales/en/reader.json";
import textEn from "../../locales/en/text.json";
import uiEn from "../../locales/en/ui.json";
import { translator } from "../i18n/index.ts";

export const t = translator({ ...ui, ...text, ...de }, { ...uiEn, ...textEn, ...en });
