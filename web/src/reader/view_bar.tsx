import type { MeetingDetail } from "../api/model.ts";
import { nextZoom } from "../pdf/layout.ts";
import { Button, LinkButton } from "../ui/index.ts";
import type { Reading } from "./reading.ts";
import { href } from "./router.ts";
import type { Step } from "./sequence.ts";
import { t } from "./texts.ts";

/** What comes before and after the open paper in its meeting. */
export interface Neighbours {
  meeting: MeetingDetail | null;
  before?: Step;
  after?: Step;
  /** Opens the document's contents; missing where it has none. */
  onContents?: () => void;
}

/** StepLinks go to the paper before and after; nothing where a paper stands alone. */
export function StepLinks({ meeting, before, after }: Neighbours) {
  if (!before && !after) return null;
  return (
    <>
      <StepLink label={t("reader.paper.previous")} icon="up" to={before} meeting={meeting} />
      <StepLink label={t("reader.paper.next")} icon="down" to={after} meeting={meeting} />
    </>
  );
}

function StepLink({ label, icon, to, meeting }: { label: string; icon: "up" | "down"; to?: Step; meeting: MeetingDetail | null }) {
  if (!to) return <Button variant="quiet" icon={icon} iconOnly label={label} disabled />;
  return <LinkButton variant="quiet" icon={icon} iconOnly label={label} href={href.paper(to.paper.id, undefined, { meeting: meeting?.id })} />;
}

/** ZoomButtons change the size without two fingers. */
export function ZoomButtons({ reading }: { reading: Reading }) {
  const ready = reading.state.value === "there";
  return (
    <>
      <Button variant="quiet" icon="minus" iconOnly label={t("reader.paper.zoomOut")} disabled={!ready} onClick={() => reading.setZoom(nextZoom(reading.zoom.value, -1))} />
      <Button variant="quiet" icon="fit" iconOnly label={t("reader.paper.fit")} disabled={!ready} onClick={() => reading.setZoom(1)} />
      <Button variant="quiet" icon="plus" iconOnly label={t("reader.paper.zoomIn")} disabled={!ready} onClick={() => reading.setZoom(nextZoom(reading.zoom.value, 1))} />
    </>
  );
}

/** ViewBar holds on a phone what has no room in its one row of tools. */
export function ViewBar({ reading, around }: { reading: Reading; around: Neighbours }) {
  return (
    <div class="bar view-bar" role="group" aria-label={t("reader.paper.view")}>
      <span class="tools-group">
        <ZoomButtons reading={reading} />
      </span>
      <span class="tools-group">
        <StepLinks {...around} />
      </span>
      {around.onContents && <Button class="btn" icon="outline" label={t("reader.outline.open")} onClick={around.onContents} />}
    </div>
  );
}
