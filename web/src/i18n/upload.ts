// The texts of uploads that can be resumed (area "upload").
import de from "../../locales/de/upload.json";
import en from "../../locales/en/upload.json";
import { translator } from "./index.ts";

export const t = translator(de, en);
