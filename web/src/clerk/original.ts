// Loading what was uploaded: an act of its own that the server writes down, and therefore a POST and no link.
import { Offline, Problem } from "../api/problem.ts";
import { lang } from "../i18n/index.ts";
import { errorText, toast } from "../ui/index.ts";
import { signedOut } from "./sign_in.ts";

/** Loads the original of the newest version and hands it to the browser's downloads. Says itself when that fails. */
export async function loadOriginal(file: string): Promise<void> {
  try {
    const answer = await fetch(`/api/v1/files/${file}/original`, { method: "POST", headers: { "Accept-Language": lang }, cache: "no-store" });
    if (answer.status === 401) return signedOut();
    if (!answer.ok) throw new Problem(answer.status, (await answer.json().catch(() => ({}))) as { detail?: string });
    const name = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
    const plain = /filename="?([^";]+)"?/i.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name ? decodeURIComponent(name) : (plain ?? "original");
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (error) {
    toast(errorText(error instanceof TypeError ? new Offline(error) : error), { kind: "error" });
  }
}
