// The texts of the clerk console (area "console"; the server has "clerk" for its own).
import de from "../../locales/de/console.json";
import text from "../../locales/de/text.json";
import textEn from "../../locales/en/text.json";
import en from "../../locales/en/console.json";
import { translator } from "./index.ts";

export const t = translator({ ...text, ...de }, { ...textEn, ...en });
