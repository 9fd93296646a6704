import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/clerk.ts";
import { Empty, LinkButton, Loading } from "../ui/index.ts";
import { Agenda } from "./Agenda.tsx";
import type { Clerk } from "./clerk_state.ts";
import { openRoom, type Room } from "./desk_open.ts";
import { MeetingHead } from "./MeetingHead.tsx";
import { PublishCard } from "./PublishCard.tsx";
import { hrefMeetings } from "./route.ts";
import { isOpen } from "./uploads.ts";
import { WaitingPanel } from "./WaitingPanel.tsx";

/** How many files are on their way from this page; the sign-in dialog must know. */
export const uploading = signal(0);

/** One meeting: its data, its agenda with papers and files, its publication. */
export function MeetingPage({ id, clerk }: { id: string; clerk: Clerk }) {
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const opened = openRoom(id, clerk.drafts, clerk.me.uploadLimit ?? Infinity);
    const stop = opened.queue.uploads.subscribe((all) => {
      uploading.value = all.filter(isOpen).length;
    });
    setRoom(opened);
    void opened.desk.open();
    return () => {
      stop();
      uploading.value = 0;
      opened.close();
    };
  }, [id]);
  return room ? <Opened room={room} clerk={clerk} /> : <Loading />;
}

function Opened({ room, clerk }: { room: Room; clerk: Clerk }) {
  const meeting = room.desk.meeting.value;
  const failed = room.desk.failed.value;
  const name = meeting?.name;
  useEffect(() => {
    document.title = name ? `${name} – ${t("console.app")}` : t("console.app");
  }, [name]);
  if (!meeting && failed) {
    return (
      <Empty icon="warn" title={failed.status === 404 ? t("console.meeting.missing") : t("console.meeting.failed")}>
        <p>{failed.status === 404 ? t("console.meeting.missing.text") : failed.problem}</p>
        <LinkButton href={hrefMeetings} label={t("console.meetings")} />
      </Empty>
    );
  }
  if (!meeting) return <Loading />;
  if (!meeting.mayManage) {
    return (
      <Empty icon="lock" title={t("console.meeting.notYours")}>
        <LinkButton href={`/app/meetings/${meeting.id}`} label={t("console.openReader")} />
      </Empty>
    );
  }
  return (
    <div class="meeting">
      <MeetingHead room={room} meeting={meeting} clerk={clerk} />
      <WaitingPanel desk={room.desk} />
      <div class="meeting-cols">
        <Agenda room={room} meeting={meeting} />
        <aside class="meeting-side" aria-label={t("console.publish.title")}>
          <PublishCard room={room} meeting={meeting} />
        </aside>
      </div>
    </div>
  );
}
