// The Body for which a clerk of several works: chosen on one page it is chosen on all, and still tomorrow in this browser.
import { useState } from "preact/hooks";

const KEY = "ris-console-body";

function kept(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // the browser keeps nothing
  }
}

/** The id of the chosen Body and how to choose another; at first, and when the kept one is no longer among them, the first of `bodies`. */
export function useBody(bodies: readonly { id: string }[]): [string, (id: string) => void] {
  const [body, setBody] = useState(() => bodies.find((b) => b.id === kept())?.id ?? bodies[0]?.id ?? "");
  const choose = (id: string): void => {
    try {
      localStorage.setItem(KEY, id);
    } catch {
      // then it holds for this page alone
    }
    setBody(id);
  };
  return [body, choose];
}
