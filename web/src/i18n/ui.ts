// The texts of the shared parts in src/ui and src/api.
import de from "../../locales/de/ui.json";
import en from "../../locales/en/ui.json";
import { translator } from "./index.ts";

export const t = translator(de, en);
