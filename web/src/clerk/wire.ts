// The shapes that /api/v1 sends to the clerk console. Times are RFC 3339 in UTC, `url` fields are paths, `revision` is the
// number that goes back as If-Match. Only the fields the console uses are named here.

export interface OrgRef {
  id: string
  name: string
  shortName: string
}

export interface BodyRef extends OrgRef {
  roles?: string[]
}

export interface Organization extends OrgRef {
  body: string
  type: string
}

export interface Place {
  id?: string
  description: string
  room: string
  streetAddress: string
  locality?: string
}

export interface Me {
  id: string
  name: string
  account: string
  roles: string[]
  bodies: BodyRef[]
}

/** draft: only clerks see it; published: its readers; withdrawn: history for clerks, a dated trace for the others. */
export type State = 'draft' | 'published' | 'withdrawn'

/** How far the worker has come with an uploaded version. */
export type Processing = 'received' | 'checking' | 'readable' | 'searchable' | 'refused'

export interface Problem {
  key: string
  text: string
}

export interface FileVersionRef {
  id: string
  number: number
  publishedAt?: string | null
  reason?: string
  url?: string
}

export interface PaperFile {
  id: string
  url: string
  paper: string
  role: 'main' | 'auxiliary'
  order: number
  name: string
  fileName: string
  state: State
  processing: Processing
  problem: Problem | null
  size: number
  pages: number
  version: (FileVersionRef & { state?: State }) | null
  latest: { id: string; number: number; processing: Processing; problem: Problem | null; state: State; reason?: string } | null
  versions: FileVersionRef[] | null
  nonPublic: boolean
  revision: number
}

export interface PaperRef {
  id: string
  url: string
  reference: string
  name: string
  paperType: string
  state: State
  revision: number
  role?: string
  authoritative?: boolean
  files: PaperFile[] | null
}

export interface AgendaItem {
  id: string
  url: string
  order: number
  number: string
  name: string
  public: boolean
  state: State
  result?: string
  revision: number
  papers: PaperRef[] | null
}

export interface MeetingLine {
  id: string
  url: string
  body: OrgRef
  name: string
  organizations: OrgRef[]
  location: Place | null
  start: string
  end: string | null
  meetingState: string
  cancelled: boolean
  state: State
  public: boolean
  itemCount: number
  paperCount: number
  mayManage: boolean
  publishRequested: string | null
  publishedAt: string | null
  revision: number
  /** Files that a worker refused; sent to clerks. */
  problemCount?: number
  pendingChanges?: number
}

export interface Meeting extends MeetingLine {
  agendaItems: AgendaItem[]
}

export interface PreviewLine {
  kind: string
  id: string
  number: string
  name: string
  change: 'new' | 'changed' | 'same' | 'removed'
}

export interface Preview {
  public: PreviewLine[] | null
  internal: PreviewLine[] | null
  readers: { label: string; name: string; persons: number }[] | null
  blockers: { object: string; url: string; text: string }[] | null
  changes: number
}

export interface SearchHit {
  paper: string
  file: string
  paperId: string
  fileId: string
  version: string
  page: number
  title: string
  reference: string
  /** HTML-escaped text in which only <mark> and </mark> are markup. */
  snippet: string
  meeting: { id: string; name: string; start: string } | null
}
