import type { AgendaItem, ItemPaper, PaperFile } from "../api/model.ts";
import { Badge, Icon } from "../ui/index.ts";
import { PagePicture } from "./page_picture.tsx";
import { href } from "./router.ts";
import { t as synopsis } from "./synopsis_texts.ts";
import { t } from "./texts.ts";

/** mainFile is the file that opens by itself: the main one, else the first. */
export const mainFile = (files: readonly PaperFile[]): PaperFile | undefined => files.find((f) => f.role === "main") ?? files[0];

/** inOrder puts the main file first, the annexes behind it in their order. */
export function inOrder(files: readonly PaperFile[]): PaperFile[] {
  const main = mainFile(files);
  return [...files].sort((a, b) => Number(b === main) - Number(a === main) || a.order - b.order);
}

/** closed tells whether a paper is non-public for everybody to see. */
export const closed = (paper: ItemPaper, item: AgendaItem): boolean => !item.public || paper.files.some((f) => f.nonPublic);

/** PaperRows are the papers of an agenda item: one row per file, the whole row opens it. */
export function PaperRows({ item, meeting, onlyNew, current, pictures }: { item: AgendaItem; meeting: string; onlyNew?: boolean; current?: string; pictures?: boolean }) {
  const papers = item.papers.filter((p) => !onlyNew || p.isNew || p.files.some((f) => f.isNew));
  return (
    <ul class={pictures ? "paper-rows with-pictures" : "paper-rows"}>
      {papers.map((paper) => {
        const files = inOrder(paper.files);
        if (files.length === 0) {
          return (
            <li key={paper.id}>
              <a class="row" href={href.paper(paper.id, undefined, { meeting })}>
                <Icon name="file" />
                <PaperName paper={paper} item={item} />
              </a>
            </li>
          );
        }
        return files.map((file, i) => (
          <li key={file.id} class={i > 0 ? "annex" : undefined}>
            <a class="row" href={href.paper(paper.id, file.id, { meeting })} aria-current={file.id === current ? "true" : undefined}>
              {pictures ? <PagePicture file={file} /> : <Icon name={i > 0 ? "clip" : "file"} />}
              {i > 0 ? <AnnexName file={file} /> : <PaperName paper={paper} item={item} file={file} />}
            </a>
            {file.isNew && file.versions.length > 1 && <NewVersion paper={paper} file={file} />}
          </li>
        ));
      })}
    </ul>
  );
}

const Dot = () => (
  <span class="muted" aria-hidden="true">
    ·
  </span>
);

function PaperName({ paper, item, file }: { paper: ItemPaper; item: AgendaItem; file?: PaperFile }) {
  return (
    <span class="grow">
      <span class="paper-name">{paper.name}</span>
      <span class="badges">
        {paper.reference && <span class="small muted">{paper.reference}</span>}
        {paper.reference && file && <Dot />}
        {file && <FileState file={file} />}
        {closed(paper, item) && (
          <Badge kind="closed" icon="lock">
            {t("reader.badge.nonPublic")}
          </Badge>
        )}
        {(paper.isNew || file?.isNew) && <Badge kind="new">{t("reader.badge.new")}</Badge>}
      </span>
    </span>
  );
}

/** NewVersion leads to what changed, and says why. */
function NewVersion({ paper, file }: { paper: ItemPaper; file: PaperFile }) {
  const reason = file.versions.find((v) => v.id === file.version?.id)?.reason;
  return (
    <p class="new-version">
      <Icon name="history" />
      <a href={href.compare(paper.id, file.id)} aria-label={synopsis("synopsis.openOf", { name: file.name || paper.name })}>
        {synopsis("synopsis.open")}
      </a>
      {reason && <span class="muted">{reason}</span>}
    </p>
  );
}

function AnnexName({ file }: { file: PaperFile }) {
  return (
    <span class="grow">
      <span class="paper-name">{file.name || file.fileName}</span>
      <span class="badges">
        <span class="small muted">{t("reader.badge.annex")}</span>
        <Dot />
        <FileState file={file} />
        {file.isNew && <Badge kind="new">{t("reader.badge.new")}</Badge>}
      </span>
    </span>
  );
}

function FileState({ file }: { file: PaperFile }) {
  if (file.state === "withdrawn") return <Badge kind="warn">{t("reader.meeting.withdrawn")}</Badge>;
  if (!file.version || file.pages === 0) return <span class="small muted">{t("reader.meeting.preparing")}</span>;
  return <span class="small muted">{t.n("reader.meeting.pages", file.pages)}</span>;
}
