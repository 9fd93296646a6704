import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { formatDate, formatTime } from "../i18n/index.ts";
import { announce, Button, Icon, LinkButton, toast } from "../ui/index.ts";
import type { Room } from "./desk_open.ts";
import { filesOf, inWork, needsHand } from "./file_state.ts";
import { PublishPreview } from "./PublishPreview.tsx";
import { previewWanted } from "./restore.ts";
import type { Meeting } from "./wire.ts";
import { Withdrawn } from "./Withdrawn.tsx";

/** How far the publication is, what is not published yet, and the way to the preview. */
export function PublishCard({ room, meeting }: { room: Room; meeting: Meeting }) {
  const [open, setOpen] = useState(false);
  const was = useWas(meeting);
  useEffect(() => {
    if (!previewWanted.value) return;
    previewWanted.value = false;
    setOpen(true);
  }, [previewWanted.value]);
  useEffect(() => {
    if (!was || meeting.publishRequested || meeting.state !== "published") return;
    toast(t("console.publish.done"));
    announce(t("console.publish.done"));
  }, [meeting.publishRequested]);

  const files = filesOf(meeting);
  const busy = files.filter(inWork).length;
  const hands = files.filter(needsHand).length;
  const pending = meeting.pendingChanges ?? 0;
  const unsaved = room.desk.waiting.value.length > 0;
  const at = meeting.publishedAt;
  return (
    <div class="publish card">
      <h2>{t("console.publish.title")}</h2>
      {meeting.publishRequested ? (
        <div role="status">
          <p class="publish-state">
            <span class="spin" aria-hidden="true" />
            {t("console.publish.running")}
          </p>
          <progress
            class="publish-progress"
            max={Math.max(1, files.length)}
            value={files.length - busy}
            aria-label={t("console.publish.running")}
          />
          <p class="small muted">{busy > 0 ? t.n("console.publish.preparing", busy) : t("console.publish.finishing")}</p>
        </div>
      ) : (
        <p class="publish-state">
          {meeting.state === "published" && at
            ? t("console.publish.since", { date: formatDate(at), time: formatTime(at) })
            : t(meeting.state === "withdrawn" ? "console.publish.withdrawn" : "console.publish.draft")}
        </p>
      )}
      {meeting.state === "published" && !meeting.publishRequested && (
        <p class={pending > 0 ? "publish-pending" : "muted small"}>
          {pending > 0 ? t.n("console.publish.pending", pending) : t("console.publish.current")}
        </p>
      )}
      {hands > 0 && (
        <p class="publish-hands">
          <Icon name="warn" />
          {t.n("console.hands", hands)}
        </p>
      )}
      {meeting.state === "withdrawn" && (
        <Withdrawn
          room={room}
          what={{ kind: "meeting", id: meeting.id, name: meeting.name, revision: meeting.revision }}
          withdrawn={meeting.withdrawn}
        />
      )}
      <div class="publish-acts no-print" hidden={meeting.state === "withdrawn"}>
        <Button
          variant={meeting.state === "published" && pending === 0 ? "plain" : "primary"}
          label={t("console.publish.preview")}
          disabled={unsaved}
          onClick={() => {
            void room.flush().then(() => setOpen(true));
          }}
        />
        {unsaved && <p class="small muted">{t("console.publish.unsaved")}</p>}
      </div>
      <nav class="publish-links no-print" aria-label={t("console.links")}>
        <LinkButton variant="quiet" icon="file" label={t("console.openReader")} href={`/app/meetings/${meeting.id}`} />
        {meeting.state === "published" && meeting.public && (
          <LinkButton variant="quiet" icon="next" label={t("console.openPublic")} href={publicHref(meeting.id)} />
        )}
        <Button variant="quiet" icon="file" label={t("console.print")} onClick={() => window.print()} />
      </nav>
      {open && <PublishPreview room={room} meeting={meeting} close={() => setOpen(false)} />}
    </div>
  );
}

/** The meeting's page in the public portal. */
const publicHref = (id: string): string => `/sitzungen/${id}`;

/** True once this page has seen the publication under way. */
function useWas(meeting: Meeting): boolean {
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (meeting.publishRequested) setWas(true);
    else if (was) setWas(false);
  }, [meeting.publishRequested]);
  return was;
}
