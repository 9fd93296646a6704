import { Sheet } from "../ui/index.ts";
import type { OutlineEntry, Reading } from "./reading.ts";
import { t } from "./texts.ts";

/** OutlineList shows the document's own contents; the entry that is being read is marked. */
export function OutlineList({ reading, onClose, onGone }: { reading: Reading; onClose: () => void; onGone: () => void }) {
  const entries = reading.outline.value;
  const now = current(entries, reading.page.value);
  return (
    <Sheet title={t("reader.outline.title")} side="start" onClose={onClose}>
      <ul class="outline">
        {entries.map((entry, i) => (
          <li key={i} data-level={Math.min(entry.level, 6)}>
            <button
              type="button"
              class="row"
              disabled={entry.page === 0}
              aria-current={i === now ? "true" : undefined}
              aria-label={entry.page > 0 ? t("reader.outline.entry", { title: entry.title, page: entry.page }) : undefined}
              onClick={() => {
                void reading.goToEntry(entry);
                onGone();
              }}
            >
              <span class="grow">{entry.title}</span>
              {entry.page > 0 && <span class="small muted outline-page">{entry.page}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** current is the last entry at or before a page; -1 when the page comes before all of them. */
export function current(entries: readonly OutlineEntry[], page: number): number {
  let found = -1;
  entries.forEach((entry, i) => {
    if (entry.page > 0 && entry.page <= page && (found < 0 || entry.page > entries[found]!.page)) found = i;
  });
  return found;
}
