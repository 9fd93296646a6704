import { useCallback, useEffect, useState } from "preact/hooks";

export type Loaded<T> = { state: "loading" } | { state: "failed"; error: unknown } | { state: "there"; data: T };

/** useLoad fetches what a screen shows, anew when `key` changes. An answer that comes after the screen was left is dropped. */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>): { loaded: Loaded<T>; again: () => void } {
  const [loaded, set] = useState<Loaded<T>>({ state: "loading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    set({ state: "loading" });
    load(stop.signal).then(
      (data) => {
        if (!stop.signal.aborted) set({ state: "there", data });
      },
      (error: unknown) => {
        if (!stop.signal.aborted) set({ state: "failed", error });
      },
    );
    return () => stop.abort();
  }, [key, round]);
  return { loaded, again: useCallback(() => setRound((n) => n + 1), []) };
}
