import { useRef, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { Button, Icon } from "../ui/index.ts";
import type { Room } from "./desk_open.ts";
import { hasFiles, pickFiles, takeFiles } from "./drop.ts";
import { InPlace } from "./InPlace.tsx";
import { PaperCard } from "./PaperCard.tsx";
import { PublicSwitch } from "./PublicSwitch.tsx";
import { namesFromFile } from "./uploads.ts";
import { UploadRows } from "./UploadRows.tsx";
import type { AgendaItem, Meeting } from "./wire.ts";

interface Props {
  room: Room;
  meeting: Meeting;
  item: AgendaItem;
  index: number;
  count: number;
  /** A heading above this row: here the public or the non-public part begins. */
  part: "public" | "closed" | null;
  dragged: boolean;
  handle: { [event: string]: (e: never) => void };
  move: (to: number) => void;
  setPublic: (isPublic: boolean) => void;
  remove: () => void;
}

/** One agenda item. The whole row takes dropped PDFs; Alt + arrows move it from anywhere inside. */
export function AgendaRow({ room, meeting, item, index, count, part, dragged, handle, move, setPublic, remove }: Props) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const add = (files: File[]): void => {
    room.queue.add(files, (file) => ({ kind: "item", item: item.id, ...namesFromFile(file.name) }));
  };
  const keys = (e: KeyboardEvent): void => {
    if (!e.altKey || (e.key !== "ArrowUp" && e.key !== "ArrowDown")) return;
    e.preventDefault();
    move(index + (e.key === "ArrowUp" ? -1 : 1));
  };
  const eager = item.state === "draft";
  const patch = (field: "name" | "number") => (text: string, base: string) =>
    room.desk.do({ kind: "item.patch", item: item.id, patch: { [field]: text }, base: { [field]: base } });
  const named = { number: item.number, name: item.name };
  return (
    // The row is no control: keys and drops on it are quick ways to what its buttons do.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      class="item"
      data-public={item.public}
      data-dragged={dragged || undefined}
      data-over={over || undefined}
      onKeyDown={keys}
      onDragEnter={(e) => {
        if (!hasFiles(e)) return;
        depth.current++;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDragOver={(e) => hasFiles(e) && e.preventDefault()}
      onDrop={(e) => {
        depth.current = 0;
        setOver(false);
        add(takeFiles(e));
      }}
    >
      {part && <h3 class="item-part">{t(part === "public" ? "console.part.public" : "console.part.closed")}</h3>}
      <div class="item-line">
        <button
          type="button"
          class="item-handle no-print"
          aria-label={t("console.item.drag", named)}
          title={t("console.item.dragHint")}
          {...(handle as object)}
        >
          <Icon name="move" />
        </button>
        <div class="item-number">
          <InPlace
            object={item.id}
            field="number"
            drafts={room.drafts}
            label={t("console.item.number", named)}
            value={item.number}
            maxLength={40}
            eager={eager}
            save={patch("number")}
          />
        </div>
        <div class="item-name">
          <InPlace
            object={item.id}
            field="name"
            drafts={room.drafts}
            label={t("console.item.name", { number: item.number || String(index + 1) })}
            value={item.name}
            maxLength={500}
            required
            multiline
            eager={eager}
            save={patch("name")}
          />
          {item.state === "draft" && meeting.publishedAt && <span class="badge">{t("console.item.unpublished")}</span>}
        </div>
        <div class="item-acts no-print">
          <Button
            variant="quiet"
            icon="up"
            iconOnly
            label={t("console.item.up", named)}
            aria-disabled={index === 0}
            onClick={() => move(index - 1)}
          />
          <Button
            variant="quiet"
            icon="down"
            iconOnly
            label={t("console.item.down", named)}
            aria-disabled={index === count - 1}
            onClick={() => move(index + 1)}
          />
          <Button variant="quiet" icon="trash" iconOnly label={t("console.item.delete", named)} onClick={remove} />
        </div>
      </div>
      <div class="item-body">
        <div class="item-tools">
          <PublicSwitch item={item} meeting={meeting} set={setPublic} />
          <span class="no-print">
            <Button
              variant="quiet"
              icon="upload"
              label={t("console.upload.choose")}
              aria-label={t("console.upload.chooseFor", named)}
              onClick={() => void pickFiles(true).then(add)}
            />
          </span>
        </div>
        {item.papers.length > 0 && (
          // oxlint-disable-next-line jsx-a11y/no-redundant-roles
          <ul class="papers" role="list" aria-label={t("console.papersOf", named)}>
            {item.papers.map((paper) => (
              <PaperCard key={paper.id} room={room} item={item} paper={paper} />
            ))}
          </ul>
        )}
        <UploadRows room={room} at={{ item: item.id }} />
      </div>
    </li>
  );
}
