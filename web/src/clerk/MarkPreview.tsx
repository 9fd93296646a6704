import { t } from "./settings_texts.ts";
import type { MarkSample } from "./settings.ts";

const W = 595;
const H = 842;
const angle = (Math.atan2(H, W) * 180) / Math.PI;
const scale = (Math.hypot(W, H) * 0.82) / 1000;

/** A page of paper with the mark as it is drawn: the same outlines, in the same place. */
export function MarkPreview({ sample, title }: { sample: MarkSample | undefined; title: string }) {
  return (
    <figure class="mark-preview">
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={sample ? t("settings.preview.of", { name: sample.name }) : title}>
        <rect width={W} height={H} fill="#fff" />
        {Array.from({ length: 22 }, (_, i) => (
          <rect key={i} x="60" y={70 + i * 32} width={i % 7 === 6 ? 260 : 475} height={i === 0 ? 16 : 9} fill="#c3cad1" rx="2" />
        ))}
        <rect x="60" y="610" width="475" height="120" fill="#2a3440" />
        {sample?.picture && (
          <g transform={`translate(${W / 2} ${H / 2}) rotate(${-angle}) scale(${scale}) translate(-500 -500)`} opacity="0.55">
            <path d={sample.picture} fill="#fff" stroke="#fff" stroke-width="2.4" stroke-linejoin="round" />
            <path d={sample.picture} fill="#59636d" />
          </g>
        )}
      </svg>
      <figcaption>
        <strong>{title}</strong>
        <span class="small muted">{sample?.name ?? " "}</span>
        {sample?.problem && <span class="field-error">{sample.problem}</span>}
      </figcaption>
    </figure>
  );
}
