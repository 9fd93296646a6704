import { useEffect, useState } from "preact/hooks";
import { read } from "./api.ts";
import { moving, type Step, stepPause } from "./work_state.ts";

/** The steps of a file, asked for again and again while one is under way and the page is looked at; null = not known yet.
 * `settled` is called once when the last one has come to its end. `round` begins anew. */
export function useSteps(file: string, settled: () => void, round = 0): Step[] | null {
  const [steps, setSteps] = useState<Step[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    let asked = 0;
    let moved = false;
    const ask = async (): Promise<void> => {
      window.clearTimeout(timer);
      if (document.visibilityState !== "visible") return; // `seen` goes on
      asked++;
      try {
        const answer = await read<{ steps: Step[] }>(`/api/v1/files/${file}/steps`, stop.signal);
        setSteps(answer.steps);
        if (!moving(answer.steps)) {
          if (moved) settled();
          moved = false;
          return;
        }
        moved = true;
      } catch {
        if (stop.signal.aborted) return;
      }
      timer = window.setTimeout(() => void ask(), stepPause(asked));
    };
    const seen = (): void => {
      if (document.visibilityState === "visible") void ask();
    };
    document.addEventListener("visibilitychange", seen);
    void ask();
    return () => {
      stop.abort();
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [file, round]);
  return steps;
}
