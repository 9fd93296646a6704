import { useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { Button, Dialog } from "../ui/index.ts";
import type { Room } from "./desk_open.ts";
import { Labelled } from "./MeetingFields.tsx";
import type { PaperFile } from "./wire.ts";

/** Another name for a file, as people see it; the file name of the upload stays. */
export function RenameDialog({ room, file, close }: { room: Room; file: PaperFile; close: () => void }) {
  const [name, setName] = useState(() => room.drafts.get(file.id, "name")?.text ?? file.name);
  const [error, setError] = useState("");
  const save = (): void => {
    const wanted = name.trim();
    if (!wanted) return setError(t("console.required"));
    room.drafts.drop(file.id, "name");
    close();
    if (wanted !== file.name) void room.desk.do({ kind: "file.patch", file: file.id, patch: { name: wanted }, base: { name: file.name } });
  };
  return (
    <Dialog
      open
      title={t("console.file.rename")}
      onClose={close}
      actions={
        <>
          <Button label={t("console.cancel")} onClick={close} />
          <Button variant="primary" label={t("console.save")} onClick={save} />
        </>
      }
    >
      <form
        onSubmit={(e) => {
          e.preventDefault();
          save();
        }}
      >
        <Labelled label={t("console.file.name")} error={error} hint={file.state === "published" ? t("console.file.nameHint") : undefined}>
          {(id) => (
            <input
              id={id}
              class="input"
              maxLength={200}
              value={name}
              aria-invalid={error !== ""}
              onInput={(e) => {
                setName(e.currentTarget.value);
                setError("");
                room.drafts.keep(file.id, "name", e.currentTarget.value, file.name);
              }}
            />
          )}
        </Labelled>
      </form>
    </Dialog>
  );
}
