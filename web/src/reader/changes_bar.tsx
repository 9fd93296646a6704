import { useEffect, useState } from "preact/hooks";
import type { Paper, PaperFile } from "../api/model.ts";
import { Button, LinkButton } from "../ui/index.ts";
import type { Reading } from "./reading.ts";
import { go, href } from "./router.ts";
import { type Difference, once } from "./synopsis_load.ts";
import { t } from "./synopsis_texts.ts";

interface Props {
  paper: Paper;
  file: PaperFile;
  version: string;
  /** The other version. */
  other: string;
  /** Number of the change to begin with; 0 = none. */
  change: number;
  reading: Reading;
}

/** ChangesBar highlights on the pages what changed between the open version and another one. */
export function ChangesBar({ paper, file, version, other, change, reading }: Props) {
  const [difference, set] = useState<Difference | null>(null);
  const number = (id: string) => file.versions.find((v) => v.id === id)?.number ?? 0;
  const newer = number(version) > number(other);
  const [from, to] = newer ? [other, version] : [version, other];
  useEffect(() => {
    const stop = new AbortController();
    once(file.id, from, to, stop.signal).then(set, () => undefined); // without it the paper is read all the same
    return () => stop.abort();
  }, [file.id, from, to]);
  const state = reading.state.value;
  useEffect(() => {
    if (!difference || state !== "there") return;
    const places = difference.changes
      .flatMap((c) => c[newer ? "new" : "old"].flatMap((m) => m.quads.map((quad) => ({ page: m.page, quad, change: c.number }))))
      .sort((a, b) => a.page - b.page);
    const now = Math.max(0, places.findIndex((p) => p.change === change));
    reading.found.value = { q: "", state: "there", places, now };
    const place = change > 0 ? places[now] : undefined;
    if (place?.change === change) void reading.goToPlace(place.page, place.quad);
    return () => {
      reading.found.value = null;
    };
  }, [difference, state]);
  if (!difference) return null;
  return (
    <p class="notice changes-bar" role="status">
      {t.n("synopsis.markedText", difference.counts.all, { version: number(other) })}
      <LinkButton href={href.compare(paper.id, file.id, { from, to })} label={t("synopsis.back")} />
      <Button label={t("synopsis.markedOff")} onClick={() => go(href.paper(paper.id, file.id, { version, page: reading.page.value }), { replace: true })} />
    </p>
  );
}
