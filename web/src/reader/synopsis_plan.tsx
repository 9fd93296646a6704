// One page of both versions as pictures. Both are drawn here, from the viewer's own copies: no picture without the personal mark leaves
// the server, which sends only the frames around what changed.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Quad } from "../core/annotation.ts";
import { type PageBox, rectOf, sizeOf } from "../core/geometry.ts";
import { PdfDocument } from "../pdf/engine.ts";
import { Button, Loading } from "../ui/index.ts";
import { me } from "./own.ts";
import type { Difference, PlanPage, Version } from "./synopsis_load.ts";
import { t } from "./synopsis_texts.ts";

type Layer = "old" | "new" | "both";

/** A page as it was drawn. */
interface Drawn {
  canvas: HTMLCanvasElement;
  box: PageBox;
}

const budget = 8e6; // pixels of one picture
const red = "#d4322c";
const blue = "#1f5fd0";

async function draw(version: Version, number: number, width: number, signal: AbortSignal): Promise<Drawn> {
  const doc = await PdfDocument.open(version.url, me.value?.account ?? "", signal);
  try {
    const page = await doc.page(number);
    const size = sizeOf(page.box);
    const scale = Math.min(width / size.width, Math.sqrt(budget / (size.width * size.height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(size.width * scale);
    canvas.height = Math.floor(size.height * scale);
    await page.draw(canvas, scale, signal);
    return { canvas, box: page.box };
  } finally {
    void doc.close();
  }
}

/** tinted is a picture in which what was dark has a colour. */
function tinted(source: HTMLCanvasElement, width: number, height: number, colour: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const c = canvas.getContext("2d")!;
  c.fillStyle = "#fff";
  c.fillRect(0, 0, width, height);
  c.drawImage(source, 0, 0, width, height);
  // Grey first: a coloured area that stayed would look as if it had gone or come. (Canvas filters are missing in WebKit.)
  c.globalCompositeOperation = "saturation";
  c.fillStyle = "#000";
  c.fillRect(0, 0, width, height);
  c.globalCompositeOperation = "screen"; // pale areas take on a little of the colour too
  c.fillStyle = colour;
  c.fillRect(0, 0, width, height);
  return canvas;
}

/** compose lays both over each other: what both have stays dark, what went is red, what came is blue. */
function compose(onto: HTMLCanvasElement, layer: Layer, old: Drawn | null, now: Drawn | null): void {
  const main = layer === "old" ? (old ?? now)! : (now ?? old)!;
  const { width, height } = main.canvas;
  onto.width = width;
  onto.height = height;
  const c = onto.getContext("2d")!;
  if (layer !== "both" || !old || !now) {
    c.drawImage(main.canvas, 0, 0);
    return;
  }
  c.drawImage(tinted(old.canvas, width, height, red), 0, 0);
  c.globalCompositeOperation = "multiply";
  c.drawImage(tinted(now.canvas, width, height, blue), 0, 0);
}

export function PlanCompare({ file, difference, page }: { file: string; difference: Difference; page: PlanPage }) {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState<{ old: Drawn | null; now: Drawn | null } | null>(null);
  const [failed, setFailed] = useState(false);
  const [layer, setLayer] = useState<Layer>(page.oldPage && page.newPage ? "both" : page.newPage ? "new" : "old");
  const [zoom, setZoom] = useState(1);
  const [region, setRegion] = useState(-1);
  useEffect(() => {
    const stop = new AbortController();
    const width = (host.current?.clientWidth ?? 800) * Math.min(2, window.devicePixelRatio || 1) * 2;
    const one = (version: Version, number: number) => (number > 0 ? draw(version, number, width, stop.signal) : Promise.resolve(null));
    Promise.all([one(difference.from, page.oldPage), one(difference.to, page.newPage)]).then(
      ([old, now]) => setDrawn({ old, now }),
      () => !stop.signal.aborted && setFailed(true),
    );
    return () => stop.abort();
  }, [file, page]);
  useEffect(() => {
    if (drawn && canvas.current) compose(canvas.current, layer, drawn.old, drawn.now);
  }, [drawn, layer]);
  const shown = drawn && (layer === "old" ? (drawn.old ?? drawn.now) : (drawn.now ?? drawn.old));
  const size = shown && sizeOf(shown.box);
  const frames = shown && size ? page.regions.map((r) => ({ kind: r.kind, ...rectOf(shown.box, (layer === "old" ? r.old : r.new) as Quad, 1) })) : [];
  const jump = (n: number) => {
    setRegion(n);
    requestAnimationFrame(() => host.current?.querySelector(`[data-region="${n}"]`)?.scrollIntoView({ block: "center", inline: "center" }));
  };
  return (
    <div class="plan">
      <div class="syn-tools no-print">
        {page.oldPage > 0 && page.newPage > 0 && (
          <span class="syn-views" role="group" aria-label={t("synopsis.layer")}>
            {(["old", "new", "both"] as const).map((l) => (
              <Button key={l} label={t(`synopsis.layer.${l}`)} aria-pressed={layer === l} onClick={() => setLayer(l)} />
            ))}
          </span>
        )}
        <span class="syn-steps">
          <Button variant="quiet" icon="minus" iconOnly label={t("synopsis.smaller")} disabled={zoom <= 1} onClick={() => setZoom(Math.max(1, zoom / 1.5))} />
          <Button variant="quiet" icon="plus" iconOnly label={t("synopsis.larger")} disabled={zoom >= 5} onClick={() => setZoom(Math.min(5, zoom * 1.5))} />
        </span>
      </div>
      {/* A page that is larger than its window scrolls by keyboard: it must take the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={host} class="plan-window" tabIndex={0} role="region" aria-label={t("synopsis.plan", { n: page.newPage || page.oldPage })}>
        {failed && <p class="notice">{t("synopsis.broken")}</p>}
        {!drawn && !failed && <Loading />}
        <div class="plan-sheet" style={{ width: `${100 * zoom}%` }} hidden={!drawn}>
          <canvas ref={canvas} class="plan-canvas" aria-hidden="true" />
          {size &&
            frames.map((f, n) => (
              <span
                key={n}
                class="plan-frame"
                data-region={n}
                data-kind={f.kind}
                data-current={n === region || undefined}
                style={{ left: `${(100 * f.left) / size.width}%`, top: `${(100 * f.top) / size.height}%`, width: `${(100 * f.width) / size.width}%`, height: `${(100 * f.height) / size.height}%` }}
              >
                <span class="plan-number">{n + 1}</span>
              </span>
            ))}
        </div>
      </div>
      {page.regions.length > 0 && (
        <ol class="plan-regions no-print">
          {page.regions.map((r, n) => (
            <li key={n}>
              <Button variant="quiet" label={t("synopsis.region", { n: n + 1, kind: t(`synopsis.kind.${r.kind}`) })} aria-pressed={n === region} onClick={() => jump(n)} />
            </li>
          ))}
        </ol>
      )}
      {page.oldPage > 0 && page.newPage > 0 && <p class="small muted">{t("synopsis.legend")}</p>}
    </div>
  );
}
