import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { read } from "./api.ts";
import type { PaperFile } from "./wire.ts";

interface Summary {
  state: "preparing" | "ready" | "failed";
  pictures: string;
  counts: { all: number; pages: number };
}

/** Where two versions stand beside each other: the reader's screen, in a window of its own. */
export const hrefDifference = (file: PaperFile, from: string, to: string): string =>
  `/app/compare/${file.paperId ?? file.paper.split("/").at(-1)}/${file.id}?from=${from}&to=${to}`;

/** DifferenceLink says how many changes there are between two versions and leads to them. */
export function DifferenceLink({ file, from, to }: { file: PaperFile; from: string; to: string }) {
  const [summary, set] = useState<Summary | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (round: number): void => {
      read<Summary>(`/api/v1/files/${file.id}/difference?summary=true&from=${from}&to=${to}`, stop.signal).then(
        (answer) => {
          set(answer);
          const waits = answer.state === "preparing" || (answer.state === "ready" && answer.counts.all === 0 && answer.pictures === "pending");
          if (waits && round < 40) timer = setTimeout(() => ask(round + 1), 1500);
        },
        () => undefined, // the link stays: its screen says what is wrong
      );
    };
    ask(0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [file.id, from, to]);
  if (summary?.state === "preparing") return <span class="small muted">{t("console.versions.comparing")}</span>;
  const { all = 0, pages = 0 } = summary?.counts ?? {};
  const label =
    summary?.state !== "ready" ? t("console.versions.show") : all > 0 ? t.n("console.versions.changes", all) : pages > 0 ? t.n("console.versions.pictures", pages) : t("console.versions.same");
  return (
    <a class="small difference-link" href={hrefDifference(file, from, to)} target="_blank" rel="noopener">
      {label}
    </a>
  );
}
