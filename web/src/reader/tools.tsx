import { useEffect, useState } from "preact/hooks";
import type { PaperFile } from "../api/model.ts";
import { styles } from "../core/annotation.ts";
import { Button, Icon, LinkButton, Toolbar } from "../ui/index.ts";
import { durable, syncState } from "./own.ts";
import type { Reading } from "./reading.ts";
import { href } from "./router.ts";
import { t as synopsis } from "./synopsis_texts.ts";
import { t } from "./texts.ts";
import { type Neighbours, ViewBar, ZoomButtons } from "./view_bar.tsx";

interface Props {
  reading: Reading;
  file: PaperFile;
  version: string;
  q: string;
  around: Neighbours;
  onVersion: (version: string) => void;
}

/** Tools are the controls around the pages: page, size, Textmarker, note, search, version. */
export function Tools({ reading, file, version, q, around, onVersion }: Props) {
  const ready = reading.state.value === "there";
  const tool = reading.tool.value;
  const [finding, setFinding] = useState(q !== "");
  const [viewing, setViewing] = useState(false);
  useEffect(() => {
    if (q) setFinding(true);
  }, [q]);
  return (
    <div class="tools-area">
      <Toolbar label={t("reader.paper.tools")} class="tools">
        <PageField reading={reading} />
        <span class="tools-group zoom">
          <ZoomButtons reading={reading} />
        </span>
        <span class="tools-group">
          <Button class="btn label-mid" icon="marker" label={t("reader.mark.tool")} aria-pressed={tool === "marker"} disabled={!ready} onClick={() => reading.setTool("marker")} />
          <Button class="btn label-mid" icon="note" label={t("reader.mark.noteTool")} aria-pressed={tool === "note"} disabled={!ready} onClick={() => reading.setTool("note")} />
        </span>
        <Button class="btn label-wide" icon="search" label={t("reader.find.open")} aria-expanded={finding} disabled={!ready} onClick={() => setFinding(!finding)} />
        <Button class="btn view-open" icon="more" iconOnly label={t("reader.paper.view")} aria-expanded={viewing} onClick={() => setViewing(!viewing)} />
        {file.versions.length > 1 && (
          <span class="compare-open" title={synopsis("synopsis.open")}>
            <LinkButton icon="history" label={synopsis("synopsis.open")} href={href.compare(file.paperId ?? "", file.id)} />
          </span>
        )}
        {file.versions.length > 1 && <VersionField file={file} version={version} onVersion={onVersion} />}
      </Toolbar>
      {viewing && <ViewBar reading={reading} around={around} />}
      {tool !== "none" && <ToolHint reading={reading} />}
      {reading.selection.value && <SelectionBar reading={reading} />}
      {finding && (
        <FindBar
          reading={reading}
          q={q}
          onClose={() => {
            reading.found.value = null;
            setFinding(false);
          }}
        />
      )}
    </div>
  );
}

function PageField({ reading }: { reading: Reading }) {
  const page = reading.page.value;
  const count = reading.count.value;
  const [typed, type] = useState<string | null>(null);
  return (
    <span class="tools-group">
      <Button variant="quiet" icon="back" iconOnly class="btn page-step" label={t("reader.paper.previousPage")} disabled={page <= 1} onClick={() => reading.goToPage(page - 1)} />
      <form
        class="page-field"
        onSubmit={(e) => {
          e.preventDefault();
          if (typed) reading.goToPage(Number(typed) || page);
          type(null);
        }}
      >
        <input
          class="input"
          inputMode="numeric"
          aria-label={t("reader.paper.pageField")}
          value={typed ?? String(page)}
          disabled={count === 0}
          onFocus={(e) => e.currentTarget.select()}
          onInput={(e) => type(e.currentTarget.value)}
          onBlur={() => type(null)}
        />
        <span class="muted">{count > 0 ? t("reader.paper.of", { count }) : ""}</span>
      </form>
      <Button variant="quiet" icon="next" iconOnly class="btn page-step" label={t("reader.paper.nextPage")} disabled={page >= count} onClick={() => reading.goToPage(page + 1)} />
    </span>
  );
}

/** Colours is the choice of the marker's colour: by name, not by colour alone. */
export function Colours({ value, onChoose }: { value: string; onChoose: (style: (typeof styles)[number]) => void }) {
  return (
    <div class="colours" role="group" aria-label={t("reader.mark.colour")}>
      {styles.map((style) => (
        <button key={style} type="button" class="colour" data-style={style} aria-pressed={value === style} onClick={() => onChoose(style)}>
          <span class="swatch" aria-hidden="true">
            {value === style && <Icon name="check" />}
          </span>
          <span>{t(`reader.mark.${style}`)}</span>
        </button>
      ))}
    </div>
  );
}

function ToolHint({ reading }: { reading: Reading }) {
  const marker = reading.tool.value === "marker";
  return (
    <div class="bar">
      <Colours
        value={reading.colour.value}
        onChoose={(style) => {
          reading.colour.value = style;
        }}
      />
      <p class="small muted grow">
        {t(marker ? "reader.mark.toolHint" : "reader.mark.noteHint")} {marker && <span class="keys-hint">{t("reader.mark.toolKeys")}</span>}
      </p>
      <Button icon="check" label={t("reader.mark.done")} onClick={() => reading.setTool(reading.tool.value)} />
    </div>
  );
}

function SelectionBar({ reading }: { reading: Reading }) {
  // The press must not take the selection away before the click uses it.
  return (
    <div class="bar selection-bar" role="group" aria-label={t("reader.mark.selection")} onPointerDown={(e) => e.preventDefault()}>
      <Colours
        value={reading.colour.value}
        onChoose={(style) => {
          reading.colour.value = style;
        }}
      />
      <span class="grow" />
      <Button variant="primary" icon="marker" label={t("reader.mark.selection")} onClick={() => reading.markSelection()} />
    </div>
  );
}

function FindBar({ reading, q, onClose }: { reading: Reading; q: string; onClose: () => void }) {
  const [word, set] = useState(q);
  const found = reading.found.value;
  const hits = found?.state === "there" ? found.places.length : 0;
  const text =
    found === null ? "" : found.state === "busy" ? t("reader.find.busy") : found.state === "failed" ? t("reader.find.failed") : hits === 0 ? t("reader.find.none") : t("reader.find.at", { n: found.now + 1, count: hits });
  return (
    // Escape is caught on the form so that it works from the field and from every button of it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      class="bar find"
      role="search"
      onSubmit={(e) => {
        e.preventDefault();
        if (!word.trim()) return;
        if (found?.q === word.trim()) void reading.toFound(found.now + 1);
        else void reading.find(word.trim());
      }}
      onKeyDown={(e) => {
        if (e.key === "Escape") onClose();
      }}
    >
      {/* The field opens on the person's own wish to search, so it takes the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <input class="input" type="search" enterkeyhint="search" autoFocus={q === ""} aria-label={t("reader.find.label")} placeholder={t("reader.find.open")} value={word} onInput={(e) => set(e.currentTarget.value)} />
      <span class="find-state" role="status">
        {text}
      </span>
      <Button variant="quiet" icon="up" iconOnly label={t("reader.find.previous")} disabled={hits === 0} onClick={() => void reading.toFound((found?.now ?? 0) - 1)} />
      <Button variant="quiet" icon="down" iconOnly label={t("reader.find.next")} disabled={hits === 0} onClick={() => void reading.toFound((found?.now ?? 0) + 1)} />
      <Button variant="quiet" icon="close" iconOnly label={t("reader.find.close")} onClick={onClose} />
    </form>
  );
}

function VersionField({ file, version, onVersion }: { file: PaperFile; version: string; onVersion: (v: string) => void }) {
  return (
    <select class="input version" aria-label={t("reader.version.label")} value={version} onChange={(e) => onVersion(e.currentTarget.value)}>
      {[...file.versions]
        .sort((a, b) => b.number - a.number)
        .map((v) => (
          <option key={v.id} value={v.id}>
            {t(v.id === file.version?.id ? "reader.version.only" : "reader.version.replaced", { n: v.number })}
          </option>
        ))}
    </select>
  );
}

/** SyncSign says whether the marks are safe. */
export function SyncSign() {
  const state = syncState.value;
  const text = { saved: t("reader.sync.saved"), saving: t("reader.sync.saving"), waiting: t("reader.sync.waiting"), "signed-out": t("reader.sync.signedOut") }[state];
  const memory = !durable.value && state !== "saved";
  return (
    <span class="sync" data-state={state} role="status">
      <Icon name={state === "saved" ? "check" : "cloud"} />
      <span>{memory ? t("reader.sync.memory") : text}</span>
    </span>
  );
}
