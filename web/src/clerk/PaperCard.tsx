import { useRef, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { Icon, toast } from "../ui/index.ts";
import { AccessDialog } from "./AccessDialog.tsx";
import { t as access } from "./access_texts.ts";
import type { Room } from "./desk_open.ts";
import { hasFiles, pickFiles, takeFiles } from "./drop.ts";
import { FileRow } from "./FileRow.tsx";
import { InPlace } from "./InPlace.tsx";
import { Menu } from "./Menu.tsx";
import { UploadRows } from "./UploadRows.tsx";
import { WithdrawDialog } from "./WithdrawDialog.tsx";
import type { AgendaItem, PaperRef } from "./wire.ts";
import { Withdrawn } from "./Withdrawn.tsx";

/** OParl leaves paperType free; these are the ones that towns use most. */
const TYPES = ["Beschlussvorlage", "Antrag", "Anfrage", "Mitteilung", "Bericht", "Niederschrift"];

/** A paper on an item: its name, number and kind, and its files. PDFs dropped on it become annexes. */
export function PaperCard({ room, item, paper }: { room: Room; item: AgendaItem; paper: PaperRef }) {
  const [over, setOver] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const [asking, setAsking] = useState(false);
  const depth = useRef(0);
  const role = paper.files.some((f) => f.role === "main" && f.state !== "withdrawn") ? "auxiliary" : "main";
  const add = (files: File[]): void => {
    let first = role;
    room.queue.add(files, () => {
      const now = first;
      first = "auxiliary";
      return { kind: "paper", paper: paper.id, role: now as "main" | "auxiliary" };
    });
  };
  const patch = (field: "name" | "reference" | "paperType") => (text: string, base: string) =>
    room.desk.do({ kind: "paper.patch", paper: paper.id, patch: { [field]: text }, base: { [field]: base } });
  const detach = (): void => {
    void room.desk.do({ kind: "item.detach", item: item.id, paper: paper.id, name: paper.name }).then((outcome) => {
      if (outcome !== "saved") return;
      const back = (): void => {
        void room.desk.do({ kind: "item.attach", item: item.id, paper: paper.id, name: paper.name });
      };
      toast(t("console.paper.detached", { name: paper.name }), { action: { label: t("console.undo"), run: back } });
    });
  };
  const eager = paper.state === "draft";
  const unseen = eager && !paper.publishedAt;
  const common = { object: paper.id, drafts: room.drafts, eager };
  const files = [...paper.files].sort((a, b) => (a.role === b.role ? a.order - b.order : a.role === "main" ? -1 : 1));
  return (
    // The card is no control: a drop on it is the quick way to what its menu does.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      class="paper"
      data-over={over || undefined}
      data-state={paper.state}
      onDragEnter={(e) => {
        if (!hasFiles(e)) return;
        depth.current++;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDrop={(e) => {
        depth.current = 0;
        setOver(false);
        add(takeFiles(e));
      }}
    >
      <div class="paper-line">
        <Icon name="file" />
        <div class="paper-name">
          <InPlace
            {...common}
            field="name"
            label={t("console.paper.name")}
            value={paper.name}
            maxLength={500}
            required
            multiline
            save={patch("name")}
          />
        </div>
        {paper.state === "withdrawn" && (
          <span class="badge" data-kind="closed">
            {t("console.state.withdrawn")}
          </span>
        )}
        <Menu
          label={t("console.paper.more", { name: paper.name })}
          acts={[
            { label: t("console.paper.addFiles"), icon: "clip", run: () => void pickFiles(true).then(add) },
            { label: access("access.title"), icon: "search", run: () => setAsking(true) },
            { label: t("console.paper.detach"), icon: "close", run: detach },
            paper.state !== "withdrawn" && {
              label: t(unseen ? "console.paper.remove" : "console.paper.withdraw"),
              icon: unseen ? "trash" : "undo",
              danger: true,
              run: () => setWithdrawing(true),
            },
          ]}
        />
      </div>
      {asking && <AccessDialog path={`/api/v1/papers/${paper.id}`} close={() => setAsking(false)} />}
      {paper.state === "withdrawn" && (
        <Withdrawn
          room={room}
          what={{ kind: "paper", id: paper.id, name: paper.name, revision: paper.revision }}
          withdrawn={paper.withdrawn}
        />
      )}
      <div class="paper-meta">
        <InPlace
          {...common}
          class="paper-reference"
          field="reference"
          label={t("console.paper.reference", { name: paper.name })}
          placeholder={t("console.paper.referenceNone")}
          value={paper.reference}
          maxLength={100}
          save={patch("reference")}
        />
        <select
          class="paper-type"
          aria-label={t("console.paper.type", { name: paper.name })}
          value={paper.paperType}
          onChange={(e) => void patch("paperType")(e.currentTarget.value, paper.paperType)}
        >
          <option value="">{t("console.paper.typeNone")}</option>
          {[...new Set([...TYPES, paper.paperType])].filter(Boolean).map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
      </div>
      {files.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-redundant-roles
        <ul class="files" role="list" aria-label={t("console.paper.files", { name: paper.name })}>
          {files.map((file) => (
            <FileRow key={file.id} room={room} paper={paper} file={file} />
          ))}
        </ul>
      )}
      <UploadRows room={room} at={{ paper: paper.id }} />
      {files.length === 0 && <p class="small paper-none no-print">{t("console.paper.noFile")}</p>}
      {withdrawing && (
        <WithdrawDialog
          room={room}
          what={{
            kind: "paper",
            id: paper.id,
            name: paper.name,
            revision: paper.revision,
            draft: unseen,
            published: paper.state === "published",
          }}
          close={() => setWithdrawing(false)}
        />
      )}
    </li>
  );
}
