// The shapes of /api/v1 as the two apps use them. Times are RFC 3339 in UTC, ids are UUIDs, `url` fields are paths on this host.

export interface Ref {
  id: string;
  name: string;
  shortName?: string;
}

/** GET /api/v1/me */
export interface Me {
  id: string;
  name: string;
  account: string;
  roles: string[];
  bodies: { id: string; name: string; shortName: string; roles: string[] }[];
  memberships: { organization: { id: string; name: string; shortName: string; type: string }; role: string; start: string; end: string | null }[];
  lastVisit: string | null;
}

export interface Place {
  id: string;
  description: string;
  room?: string;
  streetAddress?: string;
  locality?: string;
}

export interface Meeting {
  id: string;
  url: string;
  body: Ref;
  name: string;
  organizations: Ref[];
  location: Place | null;
  start: string;
  end: string | null;
  meetingState: string;
  cancelled: boolean;
  state: string;
  public: boolean;
  itemCount: number;
  paperCount: number;
  newCount: number;
  mayManage: boolean;
  /** The viewer sits or substitutes in it. */
  mine: boolean;
  publishRequested: string | null;
  publishedAt: string | null;
  revision: number;
}

export interface MeetingDetail extends Meeting {
  agendaItems: AgendaItem[];
  /** Changes not yet published; clerks only. */
  pendingChanges?: number;
}

export interface AgendaItem {
  id: string;
  url: string;
  order: number;
  number: string;
  name: string;
  public: boolean;
  state: string;
  result: string | null;
  revision: number;
  isNew: boolean;
  papers: ItemPaper[];
}

export interface ItemPaper {
  id: string;
  url: string;
  reference: string;
  name: string;
  paperType: string;
  state: string;
  isNew: boolean;
  role: string;
  authoritative: boolean;
  files: PaperFile[];
}

export interface FileVersionRef {
  id: string;
  number: number;
  publishedAt: string | null;
  reason: string;
  url: string;
  /** Clerk, in the answer for one file: who uploaded it. */
  by?: string;
}

/** One file of a paper as its viewer may see it. `url` gives the viewer's own copy (PDF). */
export interface PaperFile {
  id: string;
  url: string;
  /** Path of the paper. */
  paper: string;
  paperId?: string;
  role: string;
  order: number;
  name: string;
  fileName: string;
  state: string;
  processing: string;
  problem: { key: string; text: string } | null;
  /** What the clerk should know of the newest version before publishing it; clerks only. */
  findings?: { key: string; text: string }[];
  size: number;
  pages: number;
  /** So many of the first pages have a small picture. */
  thumbnails?: number;
  /** Bytes of the reduced reading copy; 0 = there is none. */
  readingSize?: number;
  version: { id: string; number: number; publishedAt: string | null; state: string } | null;
  /** The newest upload where it differs from `version`; clerks only. */
  latest?: { id: string; number: number; processing: string; problem: { key: string; text: string } | null; state: string; reason: string } | null;
  versions: FileVersionRef[];
  isNew: boolean;
  nonPublic: boolean;
  revision: number;
}

export interface Paper {
  id: string;
  url: string;
  reference: string;
  name: string;
  paperType: string;
  state: string;
  isNew: boolean;
  files: PaperFile[];
  consultations: { id: string; meeting: { id: string; name: string; start: string } | null; agendaItem: { id: string; number: string; name: string } | null; role: string; authoritative: boolean }[];
  /** Who may read it; clerks only. */
  audience?: { public: boolean; readers: string[] };
  revision: number;
}

/** One hit of GET /api/v1/search. In `snippet` only <mark> and </mark> are markup, the rest is escaped. */
export interface Hit {
  paper: string;
  file: string;
  paperId: string;
  fileId: string;
  version: string;
  page: number;
  title: string;
  reference: string;
  snippet: string;
  /** The page is a picture whose text was recognised. */
  recognised?: boolean;
  meeting: { id: string; name: string; start: string } | null;
}

/** GET /api/v1/files/{id}/pages: size in PDF points and rotation of each page. */
export interface PageSizes {
  version: string;
  pages: { w: number; h: number; r: number }[];
}

/** GET /api/v1/files/{id}/marks: where the sought words stand, PDF user space. */
export interface FoundMarks {
  data: { page: number; quads: [number, number, number, number][] }[];
  next: string;
}
