import { useEffect } from "preact/hooks";
import { t } from "./texts.ts";

/** useTitle names the browser's tab after what is shown; "" while that is not known, and on the first screen. */
export function useTitle(what: string): void {
  useEffect(() => {
    document.title = what ? `${what} – ${t("reader.title")}` : t("reader.title");
  }, [what]);
}
