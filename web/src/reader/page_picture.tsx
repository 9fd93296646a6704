import { useState } from "preact/hooks";
import type { PaperFile } from "../api/model.ts";
import { Icon } from "../ui/index.ts";

/** How often a picture is asked for again that could not be had, and after how many milliseconds. */
const tries = 2;
const pause = 4000;

/** PagePicture is the small picture of a page in a box of fixed size; an icon while there is none. It says nothing by itself. */
export function PagePicture({ file, version, page = 1, lazy = true }: { file: PaperFile; version?: string; page?: number; lazy?: boolean }) {
  const [failed, setFailed] = useState(0);
  const [round, setRound] = useState(0);
  const there = (file.thumbnails ?? 0) >= page && failed <= tries;
  const again = () => {
    setFailed(failed + 1);
    if (failed < tries) setTimeout(() => setRound(round + 1), pause);
  };
  const query = new URLSearchParams({ version: version ?? file.version?.id ?? "", page: String(page) });
  return (
    <span class="page-picture" data-empty={!there || undefined}>
      {there ? (
        <img key={round} src={`/api/v1/files/${file.id}/thumbnail?${query}`} alt="" loading={lazy ? "lazy" : "eager"} decoding="async" onError={again} />
      ) : (
        <Icon name={file.role === "main" ? "file" : "clip"} />
      )}
    </span>
  );
}
