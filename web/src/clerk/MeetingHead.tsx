import { useState } from "preact/hooks";
import { uuidv7 } from "../core/id.ts";
import { hrefPapersZip, t as zip } from "../core/papers_zip.ts";
import { t } from "../i18n/clerk.ts";
import { formatDay, formatTime } from "../i18n/index.ts";
import { Button, Dialog, Icon, toast } from "../ui/index.ts";
import { AccessDialog } from "./AccessDialog.tsx";
import { t as access } from "./access_texts.ts";
import { ask } from "./api.ts";
import { comparable, type MeetingFields as Fields } from "./change.ts";
import type { Clerk } from "./clerk_state.ts";
import type { Room } from "./desk_open.ts";
import { type FormErrors, formBody, formErrors, formOf } from "./meeting_form.ts";
import { MeetingFields } from "./MeetingFields.tsx";
import { MeetingBadge } from "./MeetingRow.tsx";
import { Menu } from "./Menu.tsx";
import { ParticipationDialog } from "./ParticipationDialog.tsx";
import { go, hrefMeetings } from "./route.ts";
import { WithdrawDialog } from "./WithdrawDialog.tsx";
import type { Meeting } from "./wire.ts";

/** Name, day, place and state of the meeting, and the acts on the whole of it. */
export function MeetingHead({ room, meeting, clerk }: { room: Room; meeting: Meeting; clerk: Clerk }) {
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const [naming, setNaming] = useState(false);
  const [asking, setAsking] = useState(false);
  const cancel = (): void => {
    const patch = { cancelled: !meeting.cancelled };
    void room.desk.do({ kind: "meeting.patch", patch, base: { cancelled: meeting.cancelled } });
  };
  const draft = meeting.state === "draft";
  const place = meeting.location;
  return (
    <header class="meeting-head">
      <a class="back no-print" href={hrefMeetings}>
        <Icon name="back" />
        {t("console.meetings")}
      </a>
      <div class="meeting-title">
        <h1 tabIndex={-1}>{meeting.name}</h1>
        <MeetingBadge meeting={meeting} />
        <span class="no-print meeting-acts">
          <Button icon="edit" label={t("console.meeting.edit")} onClick={() => setEditing(true)} />
          <Menu
            label={t("console.more")}
            acts={[
              { label: t("console.part.title"), icon: "person", run: () => setNaming(true) },
              { label: access("access.title"), icon: "search", run: () => setAsking(true) },
              meeting.paperCount > 0 && { label: zip("papers_zip.all"), icon: "download", run: () => window.location.assign(hrefPapersZip(meeting.id)) },
              { label: t("console.print"), icon: "file", run: () => window.print() },
              { label: meeting.cancelled ? t("console.meeting.uncancel") : t("console.meeting.cancel"), icon: "close", run: cancel },
              (meeting.state === "published" || (draft && meeting.publishedAt !== null)) && {
                label: t("console.meeting.withdraw"),
                icon: "undo",
                danger: true,
                run: () => setWithdrawing(true),
              },
              draft && meeting.publishedAt === null && { label: t("console.meeting.delete"), icon: "trash", danger: true, run: () => setDeleting(true) },
            ]}
          />
        </span>
      </div>
      <p class="meeting-facts">
        <span>
          <strong>{formatDay(meeting.start)}</strong>
          {", "}
          {meeting.end
            ? t("console.fromTo", { from: formatTime(meeting.start), to: formatTime(meeting.end) })
            : t("console.clock", { time: formatTime(meeting.start) })}
        </span>
        <span>{place ? [place.room, place.description, place.streetAddress].filter(Boolean).join(", ") : t("console.noPlace")}</span>
        <span>{meeting.organizations.map((o) => o.name).join(", ")}</span>
        {clerk.me.bodies.length > 1 && <span>{meeting.body.name}</span>}
      </p>
      {editing && <MeetingEdit room={room} meeting={meeting} close={() => setEditing(false)} />}
      {deleting && <MeetingDelete room={room} meeting={meeting} close={() => setDeleting(false)} />}
      {asking && <AccessDialog path={`/api/v1/meetings/${meeting.id}`} close={() => setAsking(false)} />}
      {naming && <ParticipationDialog room={room} meeting={meeting} close={() => setNaming(false)} />}
      {withdrawing && (
        <WithdrawDialog
          room={room}
          what={{
            kind: "meeting",
            id: meeting.id,
            name: meeting.name,
            revision: meeting.revision,
            published: meeting.state === "published",
          }}
          close={() => setWithdrawing(false)}
        />
      )}
    </header>
  );
}

function MeetingEdit({ room, meeting, close }: { room: Room; meeting: Meeting; close: () => void }) {
  // What stood there when the dialog opened: a change of somebody else in between is noticed, not overwritten.
  const [opened] = useState(meeting);
  const [form, setForm] = useState(() => ({ ...formOf(meeting), ...kept(room) }));
  const [errors, setErrors] = useState<FormErrors>({});
  const save = async (): Promise<void> => {
    const wrong = formErrors(form);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const change = changed(opened, form);
    close();
    room.drafts.drop(room.id, "form");
    if (change) await room.desk.do({ kind: "meeting.patch", ...change });
  };
  return (
    <Dialog
      open
      wide
      title={t("console.meeting.edit")}
      onClose={close}
      actions={
        <>
          <Button label={t("console.cancel")} onClick={close} />
          <Button variant="primary" label={t("console.save")} onClick={() => void save()} />
        </>
      }
    >
      <form
        class="form"
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <MeetingFields
          form={form}
          errors={errors}
          bodies={[]}
          change={(part) => {
            setForm({ ...form, ...part });
            room.drafts.keep(room.id, "form", JSON.stringify({ ...form, ...part }), "");
          }}
        />
        <input type="submit" hidden value={t("console.save")} />
      </form>
    </Dialog>
  );
}

function kept(room: Room): object {
  try {
    return JSON.parse(room.drafts.get(room.id, "form")?.text ?? "{}") as object;
  } catch {
    return {};
  }
}

/** The fields that differ, with what they said before; null when none does. */
function changed(before: Meeting, form: Parameters<typeof formBody>[0]): { patch: Fields; base: Fields } | null {
  const was = comparable(before) as Record<string, unknown>;
  const now = formBody(form) as Record<string, unknown>;
  const keys = Object.keys(now).filter((k) => {
    if (k === "start" || k === "end") return Date.parse(String(was[k])) !== Date.parse(String(now[k])) && was[k] !== now[k];
    return JSON.stringify(was[k]) !== JSON.stringify(now[k]);
  });
  if (keys.length === 0) return null;
  const pick = (of: Record<string, unknown>): Fields => Object.fromEntries(keys.map((k) => [k, of[k]])) as Fields;
  return { patch: pick(now), base: pick(was) };
}

function MeetingDelete({ room, meeting, close }: { room: Room; meeting: Meeting; close: () => void }) {
  const [problem, setProblem] = useState("");
  const remove = async (): Promise<void> => {
    const request = { method: "DELETE", path: `/api/v1/meetings/${room.id}`, revision: meeting.revision } as const;
    const answer = await ask(request, uuidv7());
    if (answer.status >= 300 || answer.status === 0) return setProblem(answer.status === 412 ? t("console.stale.short") : answer.problem);
    toast(t("console.meeting.deleted"));
    go(hrefMeetings);
  };
  return (
    <Dialog
      open
      title={t("console.meeting.delete")}
      onClose={close}
      actions={
        <>
          <Button label={t("console.cancel")} onClick={close} />
          <Button variant="danger" label={t("console.meeting.deleteYes")} onClick={() => void remove()} />
        </>
      }
    >
      <p>{t("console.meeting.deleteText", { name: meeting.name })}</p>
      {problem && (
        <p class="notice" data-kind="error" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
