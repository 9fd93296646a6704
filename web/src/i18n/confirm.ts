// The texts of confirming who is there, and of passkeys (area "confirm").
import de from "../../locales/de/confirm.json";
import en from "../../locales/en/confirm.json";
import { translator } from "./index.ts";

export const t = translator(de, en);
