import { useEffect, useRef } from "preact/hooks";
import type { PaperFile } from "../api/model.ts";
import { Sheet } from "../ui/index.ts";
import { PagePicture } from "./page_picture.tsx";
import { t } from "./packet_texts.ts";
import type { Reading } from "./reading.ts";

/** PageOverview shows all pages small; a tap goes there. */
export function PageOverview({ reading, file, version, onClose }: { reading: Reading; file: PaperFile; version: string; onClose: () => void }) {
  const list = useRef<HTMLOListElement>(null);
  const page = reading.page.value;
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <Sheet title={t("rendition.overviewTitle")} side="start" onClose={onClose}>
      <ol ref={list} class="page-grid">
        {Array.from({ length: reading.count.value }, (_, i) => (
          <li key={i}>
            <button type="button" class="page-tile" aria-label={t("rendition.page", { n: i + 1 })} aria-current={i + 1 === page ? "true" : undefined} onClick={() => reading.goToPage(i + 1)}>
              <PagePicture file={file} version={version} page={i + 1} />
              <span class="small">{i + 1}</span>
            </button>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
