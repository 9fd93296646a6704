// All papers of a meeting as one archive: where it is, and what its button says, in reader and console alike.
import de from "../../locales/de/papers_zip.json";
import en from "../../locales/en/papers_zip.json";
import { translator } from "../i18n/index.ts";

export const t = translator(de, en);

/** The viewer's own copies of all papers of the meeting, stored, with known length. */
export const hrefPapersZip = (meeting: string): string => `/api/v1/meetings/${meeting}/papers.zip`;
