import { useEffect, useState } from "preact/hooks";
import { get } from "../api/client.ts";
import type { MeetingDetail, Paper, PaperFile } from "../api/model.ts";
import { Button, Empty, Failed, LinkButton, Loading } from "../ui/index.ts";
import { mainFile } from "./agenda.tsx";
import { useLoad } from "./load.ts";
import { PaperRead } from "./paper_read.tsx";
import { back, go, href } from "./router.ts";
import { t } from "./texts.ts";

export { warm } from "../pdf/engine.ts";

interface Data {
  paper: Paper;
  meeting: MeetingDetail | null;
}

async function load(id: string, meetingId: string | null, signal: AbortSignal): Promise<Data> {
  const [paper, known] = await Promise.all([
    get<Paper>(`/api/v1/papers/${id}`, { signal }),
    // The agenda is a help beside the paper: without it one can still read.
    meetingId ? get<MeetingDetail>(`/api/v1/meetings/${meetingId}`, { signal }).catch(() => null) : null,
  ]);
  const other = paper.consultations.find((c) => c.meeting)?.meeting?.id;
  const meeting = known ?? (other ? await get<MeetingDetail>(`/api/v1/meetings/${other}`, { signal }).catch(() => null) : null);
  return { paper, meeting };
}

/** PaperShow loads a paper with its agenda and opens one of its files. */
export function PaperShow({ paper: id, file, query }: { paper: string; file: string; query: URLSearchParams }) {
  const meetingId = query.get("meeting");
  const { loaded, again } = useLoad(`${id} ${meetingId ?? ""}`, (signal) => load(id, meetingId, signal));
  const [last, keep] = useState<Data | null>(null);
  useEffect(() => {
    if (loaded.state === "there") keep(loaded.data);
  }, [loaded]);
  const home = meetingId ? href.meeting(meetingId) : href.home();
  if (loaded.state === "failed") {
    return (
      <main class="screen">
        <Failed error={loaded.error} again={again}>
          <LinkButton href={home} label={meetingId ? t("reader.paper.toMeeting") : t("reader.toHome")} />
        </Failed>
      </main>
    );
  }
  const data = loaded.state === "there" ? loaded.data : last;
  if (!data) {
    return (
      <main class="screen">
        <Loading text={t("reader.paper.opening")} />
      </main>
    );
  }
  const shown = data.paper.files.find((f) => f.id === file) ?? mainFile(data.paper.files);
  const version = shown && versionOf(shown, query.get("version"));
  if (!shown || !version) {
    return (
      <main class="screen">
        <div class="way">
          <Button variant="quiet" icon="back" label={t("reader.back")} onClick={() => back(home)} />
        </div>
        <h1>{data.paper.name}</h1>
        <Empty icon="file" title={t("reader.paper.noFile")}>
          <p>{t("reader.paper.noFileText")}</p>
        </Empty>
      </main>
    );
  }
  return (
    <PaperRead
      key={`${shown.id} ${version}`}
      paper={data.paper}
      file={shown}
      version={version}
      meeting={data.meeting}
      page={Number(query.get("page")) || 1}
      q={query.get("q") ?? ""}
      mark={query.get("mark") ?? ""}
      changes={query.get("changes") ?? ""}
      change={Number(query.get("change")) || 0}
      onVersion={(v) => go(href.paper(data.paper.id, shown.id, { meeting: data.meeting?.id, version: v }))}
    />
  );
}

/** versionOf is the version to show: the wanted one if the viewer may see it, else the current one; "" while there is none. */
function versionOf(file: PaperFile, wanted: string | null): string {
  if (wanted && (file.version?.id === wanted || file.versions.some((v) => v.id === wanted))) return wanted;
  return file.version?.id || file.versions[0]?.id || "";
}
