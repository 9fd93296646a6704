// The texts of the clerk console (area "console"; the server has "clerk" for its own).
import de from "../../locales/de/console.json";
import en from "../../locales/en/console.json";
import { translator } from "./index.ts";

export const t = translator(de, en);
