import { useLayoutEffect, useRef } from "preact/hooks";
import type { MeetingDetail, Paper, PaperFile } from "../api/model.ts";
import { Button, Icon, Sheet } from "../ui/index.ts";
import { inOrder, PaperRows } from "./agenda.tsx";
import { go, href } from "./router.ts";
import { steps } from "./sequence.ts";
import { t } from "./texts.ts";

/** PaperList stands beside the pages: this paper's files, and the agenda with all papers one tap away. */
export function PaperList({ paper, file, meeting, takesFocus, onClose }: { paper: Paper; file: PaperFile; meeting: MeetingDetail | null; takesFocus: boolean; onClose: () => void }) {
  const listed = meeting ? steps(meeting).some((s) => s.paper.id === paper.id) : false;
  const agenda = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    // A long agenda opens where the reader is, not at its top.
    agenda.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "center" });
  }, [file.id]);
  return (
    <Sheet title={t("reader.paper.list")} side="start" takesFocus={takesFocus} onClose={onClose}>
      {meeting && <Button class="btn to-meeting" icon="calendar" label={t("reader.paper.toMeeting")} onClick={() => go(href.meeting(meeting.id))} />}
      {!listed && (
        <ul class="paper-rows">
          {inOrder(paper.files).map((f, i) => (
            <li key={f.id} class={i > 0 ? "annex" : undefined}>
              <a class="row" href={href.paper(paper.id, f.id)} aria-current={f.id === file.id ? "true" : undefined}>
                <Icon name={i > 0 ? "clip" : "file"} />
                <span class="grow">{i > 0 ? f.name || f.fileName : paper.name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {meeting && (
        <ol ref={agenda} class="side-agenda">
          {[...meeting.agendaItems]
            .sort((a, b) => a.order - b.order)
            .filter((item) => item.papers.length > 0)
            .map((item) => (
              <li key={item.id}>
                <p class="side-item">
                  <span class="item-number">{item.number}</span> {item.name}
                </p>
                <PaperRows item={item} meeting={meeting.id} current={file.id} />
              </li>
            ))}
        </ol>
      )}
    </Sheet>
  );
}
