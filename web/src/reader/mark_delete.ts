import type { Mark } from "../core/sync/marks.ts";
import { toast } from "../ui/index.ts";
import { own } from "./own.ts";
import { t } from "./texts.ts";

/** markDelete deletes a mark at once and offers to take that back: under the same id, so it is the same mark on every device. */
export async function markDelete(mark: Mark): Promise<void> {
  await own().remove(mark.id);
  toast(t("reader.mark.deleted"), { action: { label: t("reader.mark.undo"), run: () => void own().save(mark.annotation, mark.id) } });
}
