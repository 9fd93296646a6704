import { useState } from "preact/hooks";
import { Icon } from "../ui/index.ts";
import type { PaperFile } from "./wire.ts";

/** FilePicture is the first page of what readers get, small; an icon while there is none. */
export function FilePicture({ file }: { file: PaperFile }) {
  const [failed, setFailed] = useState("");
  const version = file.version?.id ?? "";
  return (
    <span class="file-picture">
      {(file.thumbnails ?? 0) > 0 && failed !== version ? (
        <img src={`/api/v1/files/${file.id}/thumbnail?version=${version}`} alt="" loading="lazy" decoding="async" onError={() => setFailed(version)} />
      ) : (
        <Icon name={file.role === "main" ? "file" : "clip"} />
      )}
    </span>
  );
}
