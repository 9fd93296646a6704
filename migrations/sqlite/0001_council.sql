-- +goose Up
-- The council's tables. One row type per object in app/store; the two databases have the same tables and columns (a test compares).
-- Keys are UUIDv7 (RFC 9562). Times are UTC, text of fixed width "2006-01-02T15:04:05.000000Z". A missing reference or open time is NULL.
-- audience names a row set in audience_labels: who may read the object. The empty audience has no labels: nobody.

CREATE TABLE audience_labels (
  audience TEXT NOT NULL,
  withheld INTEGER NOT NULL,
  label    TEXT NOT NULL,
  PRIMARY KEY (audience, withheld, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX audience_labels_by_label ON audience_labels (label, withheld, audience);

CREATE TABLE bodies (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  ags TEXT NOT NULL,
  classification TEXT NOT NULL,
  website TEXT NOT NULL,
  license TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  contact_name TEXT NOT NULL,
  watermark_text TEXT NOT NULL
) STRICT;

CREATE TABLE legislative_terms (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  name TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT
) STRICT;
CREATE INDEX legislative_terms_by_body ON legislative_terms (body);

CREATE TABLE organizations (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  type TEXT NOT NULL,
  classification TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT
) STRICT;
CREATE INDEX organizations_by_body ON organizations (body);

CREATE TABLE persons (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  title TEXT NOT NULL,
  gender TEXT NOT NULL,
  account TEXT NOT NULL
) STRICT;
CREATE INDEX persons_by_body ON persons (body);
-- One account is one person: the first sign-in finds it by the verified address.
CREATE UNIQUE INDEX persons_by_account ON persons (lower(account)) WHERE account <> '';

CREATE TABLE identities (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES persons (id),
  created TEXT NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX identities_by_person ON identities (person);

CREATE TABLE memberships (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  person TEXT NOT NULL REFERENCES persons (id),
  organization TEXT NOT NULL REFERENCES organizations (id),
  role TEXT NOT NULL,
  voting_right INTEGER NOT NULL,
  on_behalf_of TEXT REFERENCES organizations (id),
  starts_at TEXT NOT NULL,
  ends_at TEXT
) STRICT;
CREATE INDEX memberships_by_person ON memberships (person);
CREATE INDEX memberships_by_organization ON memberships (organization);

CREATE TABLE grants (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  person TEXT NOT NULL REFERENCES persons (id),
  role TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT
) STRICT;
CREATE INDEX grants_by_person ON grants (person);

CREATE TABLE locations (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  description TEXT NOT NULL,
  room TEXT NOT NULL,
  street_address TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  locality TEXT NOT NULL
) STRICT;
CREATE INDEX locations_by_body ON locations (body);

CREATE TABLE meetings (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  name TEXT NOT NULL,
  location TEXT REFERENCES locations (id),
  starts_at TEXT NOT NULL,
  ends_at TEXT,
  cancelled INTEGER NOT NULL,
  state TEXT NOT NULL,
  publish_requested TEXT,
  publish_requested_by TEXT,
  published_at TEXT,
  audience TEXT NOT NULL
) STRICT;
CREATE INDEX meetings_by_start ON meetings (starts_at DESC, id);
CREATE INDEX meetings_by_body ON meetings (body, starts_at DESC, id);

CREATE TABLE meeting_organizations (
  meeting TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  organization TEXT NOT NULL REFERENCES organizations (id),
  PRIMARY KEY (meeting, position)
) STRICT;
CREATE INDEX meeting_organizations_by_organization ON meeting_organizations (organization);

CREATE TABLE agenda_items (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  meeting TEXT NOT NULL REFERENCES meetings (id),
  position INTEGER NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  public INTEGER NOT NULL,
  state TEXT NOT NULL,
  result TEXT NOT NULL,
  audience TEXT NOT NULL
) STRICT;
CREATE INDEX agenda_items_by_meeting ON agenda_items (meeting, position, id);

CREATE TABLE substitutions (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  meeting TEXT NOT NULL REFERENCES meetings (id),
  organization TEXT NOT NULL REFERENCES organizations (id),
  absent TEXT NOT NULL REFERENCES persons (id),
  substitute TEXT NOT NULL REFERENCES persons (id)
) STRICT;
CREATE INDEX substitutions_by_meeting ON substitutions (meeting);
CREATE INDEX substitutions_by_substitute ON substitutions (substitute);

CREATE TABLE conflicts_of_interest (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  agenda_item TEXT NOT NULL REFERENCES agenda_items (id),
  person TEXT NOT NULL REFERENCES persons (id),
  reason TEXT NOT NULL,
  decider TEXT NOT NULL,
  revoked TEXT
) STRICT;
CREATE INDEX conflicts_of_interest_by_agenda_item ON conflicts_of_interest (agenda_item);

CREATE TABLE papers (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  name TEXT NOT NULL,
  reference TEXT NOT NULL,
  paper_type TEXT NOT NULL,
  date TEXT,
  state TEXT NOT NULL,
  published_at TEXT,
  audience TEXT NOT NULL
) STRICT;
CREATE INDEX papers_by_body ON papers (body, id);
CREATE INDEX papers_by_audience ON papers (audience, id);

CREATE TABLE consultations (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  paper TEXT NOT NULL REFERENCES papers (id),
  organization TEXT REFERENCES organizations (id),
  meeting TEXT REFERENCES meetings (id),
  agenda_item TEXT REFERENCES agenda_items (id),
  role TEXT NOT NULL,
  authoritative INTEGER NOT NULL
) STRICT;
CREATE INDEX consultations_by_paper ON consultations (paper);
CREATE INDEX consultations_by_meeting ON consultations (meeting);
CREATE INDEX consultations_by_agenda_item ON consultations (agenda_item);

-- current has no foreign key: file and version point at each other, and the file is written first.
CREATE TABLE files (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  paper TEXT NOT NULL REFERENCES papers (id),
  role TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL,
  current TEXT,
  audience TEXT NOT NULL
) STRICT;
CREATE INDEX files_by_paper ON files (paper);

-- No unique hash: "this content exists already" would tell an uploader of what somebody else holds.
CREATE TABLE file_versions (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  file TEXT NOT NULL REFERENCES files (id),
  paper TEXT NOT NULL REFERENCES papers (id),
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  uploaded_by TEXT REFERENCES persons (id),
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  published_at TEXT,
  audience TEXT NOT NULL,
  processing TEXT NOT NULL,
  problem TEXT NOT NULL,
  prepared_blob TEXT NOT NULL,
  prepared_size INTEGER NOT NULL,
  prepared_slot_offset INTEGER NOT NULL,
  prepared_slot_length INTEGER NOT NULL,
  prepared_slot_object INTEGER NOT NULL,
  prepared_public TEXT NOT NULL,
  prepared_public_size INTEGER NOT NULL,
  prepared_repaired INTEGER NOT NULL,
  page_sizes TEXT NOT NULL,
  letters INTEGER NOT NULL,
  ocr_pages INTEGER NOT NULL,
  indexed INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX file_versions_by_file ON file_versions (file, number);
CREATE INDEX file_versions_by_paper ON file_versions (paper);

-- data is the compact form of documents/pagetext.
CREATE TABLE page_texts (
  version TEXT NOT NULL REFERENCES file_versions (id),
  page INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (version, page)
) STRICT;

-- first_given is the day that a personal copy carries.
CREATE TABLE receipts (
  person TEXT NOT NULL REFERENCES persons (id),
  version TEXT NOT NULL REFERENCES file_versions (id),
  first_given TEXT NOT NULL,
  PRIMARY KEY (person, version)
) STRICT;
CREATE INDEX receipts_by_version ON receipts (version);

CREATE TABLE visits (
  person TEXT NOT NULL PRIMARY KEY REFERENCES persons (id),
  previous TEXT,
  last_seen TEXT
) STRICT;

CREATE TABLE annotations (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  owner TEXT NOT NULL REFERENCES persons (id),
  paper TEXT NOT NULL REFERENCES papers (id),
  file TEXT NOT NULL REFERENCES files (id),
  version TEXT NOT NULL REFERENCES file_versions (id),
  kind TEXT NOT NULL,
  page INTEGER NOT NULL,
  quads TEXT NOT NULL,
  quote TEXT NOT NULL,
  prefix TEXT NOT NULL,
  suffix TEXT NOT NULL,
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  note TEXT NOT NULL,
  style TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX annotations_by_owner ON annotations (owner, sequence);
CREATE INDEX annotations_by_version ON annotations (version);

-- The owner's row is locked while a mark is written: the feed's numbers become visible in their order.
CREATE TABLE annotation_feeds (
  owner TEXT NOT NULL PRIMARY KEY REFERENCES persons (id),
  sequence INTEGER NOT NULL
) STRICT;

CREATE TABLE sync_results (
  person TEXT NOT NULL REFERENCES persons (id),
  op_id TEXT NOT NULL,
  mark TEXT,
  status TEXT NOT NULL,
  rev INTEGER NOT NULL,
  copy TEXT,
  problem TEXT NOT NULL,
  created TEXT NOT NULL,
  PRIMARY KEY (person, op_id)
) STRICT;

CREATE TABLE answered_writes (
  person TEXT NOT NULL REFERENCES persons (id),
  idempotency_key TEXT NOT NULL,
  route TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL,
  created TEXT NOT NULL,
  PRIMARY KEY (person, idempotency_key)
) STRICT;

-- No foreign keys: the log outlives what it tells of.
CREATE TABLE audit_entries (
  id TEXT NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  body TEXT,
  actor TEXT,
  system TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT,
  kind TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entries_by_body ON audit_entries (body, at DESC, id DESC);
CREATE INDEX audit_entries_by_object ON audit_entries (object, at DESC, id DESC);
CREATE INDEX audit_entries_by_time ON audit_entries (at DESC, id DESC);

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL REFERENCES persons (id),
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  sid TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  auth_time TEXT,
  created TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  expires TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person);

-- +goose Down
DROP TABLE sessions;
DROP TABLE audit_entries;
DROP TABLE answered_writes;
DROP TABLE sync_results;
DROP TABLE annotation_feeds;
DROP TABLE annotations;
DROP TABLE visits;
DROP TABLE receipts;
DROP TABLE page_texts;
DROP TABLE file_versions;
DROP TABLE files;
DROP TABLE consultations;
DROP TABLE papers;
DROP TABLE conflicts_of_interest;
DROP TABLE substitutions;
DROP TABLE agenda_items;
DROP TABLE meeting_organizations;
DROP TABLE meetings;
DROP TABLE locations;
DROP TABLE grants;
DROP TABLE memberships;
DROP TABLE identities;
DROP TABLE persons;
DROP TABLE organizations;
DROP TABLE legislative_terms;
DROP TABLE bodies;
DROP TABLE audience_labels;
