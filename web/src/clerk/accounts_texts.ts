// Texts of accounts: what the directory wants, locks, offices of groups, a new link to the sign-in provider.
import de from "../../locales/de/console_accounts.json";
import en from "../../locales/en/console_accounts.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);
