-- +goose Up
-- The council's tables. One row type per object in app/store; the two databases have the same tables and columns (a test compares).
-- Keys are UUIDv7 (RFC 9562). Times are UTC with microseconds. A missing reference or open time is NULL.
-- audience names a row set in audience_labels: who may read the object. The empty audience has no labels: nobody.

CREATE TABLE audience_labels (
  audience text NOT NULL,
  withheld boolean NOT NULL,
  label    text NOT NULL,
  PRIMARY KEY (audience, withheld, label)
);
CREATE INDEX audience_labels_by_label ON audience_labels (label, withheld, audience);

CREATE TABLE bodies (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  name text NOT NULL,
  short_name text NOT NULL,
  ags text NOT NULL,
  classification text NOT NULL,
  website text NOT NULL,
  license text NOT NULL,
  contact_email text NOT NULL,
  contact_name text NOT NULL,
  watermark_text text NOT NULL
);

CREATE TABLE legislative_terms (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  name text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz
);
CREATE INDEX legislative_terms_by_body ON legislative_terms (body);

CREATE TABLE organizations (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  name text NOT NULL,
  short_name text NOT NULL,
  type text NOT NULL,
  classification text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz
);
CREATE INDEX organizations_by_body ON organizations (body);

CREATE TABLE persons (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  name text NOT NULL,
  family_name text NOT NULL,
  given_name text NOT NULL,
  title text NOT NULL,
  gender text NOT NULL,
  account text NOT NULL
);
CREATE INDEX persons_by_body ON persons (body);
-- One account is one person: the first sign-in finds it by the verified address.
CREATE UNIQUE INDEX persons_by_account ON persons (lower(account)) WHERE account <> '';

CREATE TABLE identities (
  issuer text NOT NULL,
  subject text NOT NULL,
  person uuid NOT NULL REFERENCES persons (id),
  created timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_by_person ON identities (person);

CREATE TABLE memberships (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  person uuid NOT NULL REFERENCES persons (id),
  organization uuid NOT NULL REFERENCES organizations (id),
  role text NOT NULL,
  voting_right boolean NOT NULL,
  on_behalf_of uuid REFERENCES organizations (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz
);
CREATE INDEX memberships_by_person ON memberships (person);
CREATE INDEX memberships_by_organization ON memberships (organization);

CREATE TABLE grants (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  person uuid NOT NULL REFERENCES persons (id),
  role text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz
);
CREATE INDEX grants_by_person ON grants (person);

CREATE TABLE locations (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  description text NOT NULL,
  room text NOT NULL,
  street_address text NOT NULL,
  postal_code text NOT NULL,
  locality text NOT NULL
);
CREATE INDEX locations_by_body ON locations (body);

CREATE TABLE meetings (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  name text NOT NULL,
  location uuid REFERENCES locations (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  cancelled boolean NOT NULL,
  state text NOT NULL,
  publish_requested timestamptz,
  publish_requested_by uuid,
  published_at timestamptz,
  audience text NOT NULL
);
CREATE INDEX meetings_by_start ON meetings (starts_at DESC, id);
CREATE INDEX meetings_by_body ON meetings (body, starts_at DESC, id);

CREATE TABLE meeting_organizations (
  meeting uuid NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  position bigint NOT NULL,
  organization uuid NOT NULL REFERENCES organizations (id),
  PRIMARY KEY (meeting, position)
);
CREATE INDEX meeting_organizations_by_organization ON meeting_organizations (organization);

CREATE TABLE agenda_items (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  meeting uuid NOT NULL REFERENCES meetings (id),
  position bigint NOT NULL,
  number text NOT NULL,
  name text NOT NULL,
  public boolean NOT NULL,
  state text NOT NULL,
  result text NOT NULL,
  audience text NOT NULL
);
CREATE INDEX agenda_items_by_meeting ON agenda_items (meeting, position, id);

CREATE TABLE substitutions (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  meeting uuid NOT NULL REFERENCES meetings (id),
  organization uuid NOT NULL REFERENCES organizations (id),
  absent uuid NOT NULL REFERENCES persons (id),
  substitute uuid NOT NULL REFERENCES persons (id)
);
CREATE INDEX substitutions_by_meeting ON substitutions (meeting);
CREATE INDEX substitutions_by_substitute ON substitutions (substitute);

CREATE TABLE conflicts_of_interest (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  agenda_item uuid NOT NULL REFERENCES agenda_items (id),
  person uuid NOT NULL REFERENCES persons (id),
  reason text NOT NULL,
  decider text NOT NULL,
  revoked timestamptz
);
CREATE INDEX conflicts_of_interest_by_agenda_item ON conflicts_of_interest (agenda_item);

CREATE TABLE papers (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  name text NOT NULL,
  reference text NOT NULL,
  paper_type text NOT NULL,
  date timestamptz,
  state text NOT NULL,
  published_at timestamptz,
  audience text NOT NULL
);
CREATE INDEX papers_by_body ON papers (body, id);
CREATE INDEX papers_by_audience ON papers (audience, id);

CREATE TABLE consultations (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  paper uuid NOT NULL REFERENCES papers (id),
  organization uuid REFERENCES organizations (id),
  meeting uuid REFERENCES meetings (id),
  agenda_item uuid REFERENCES agenda_items (id),
  role text NOT NULL,
  authoritative boolean NOT NULL
);
CREATE INDEX consultations_by_paper ON consultations (paper);
CREATE INDEX consultations_by_meeting ON consultations (meeting);
CREATE INDEX consultations_by_agenda_item ON consultations (agenda_item);

-- current has no foreign key: file and version point at each other, and the file is written first.
CREATE TABLE files (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  paper uuid NOT NULL REFERENCES papers (id),
  role text NOT NULL,
  position bigint NOT NULL,
  name text NOT NULL,
  file_name text NOT NULL,
  state text NOT NULL,
  current uuid,
  audience text NOT NULL
);
CREATE INDEX files_by_paper ON files (paper);

-- No unique hash: "this content exists already" would tell an uploader of what somebody else holds.
CREATE TABLE file_versions (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  file uuid NOT NULL REFERENCES files (id),
  paper uuid NOT NULL REFERENCES papers (id),
  number bigint NOT NULL,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  uploaded_by uuid REFERENCES persons (id),
  reason text NOT NULL,
  state text NOT NULL,
  published_at timestamptz,
  audience text NOT NULL,
  processing text NOT NULL,
  problem text NOT NULL,
  prepared_blob text NOT NULL,
  prepared_size bigint NOT NULL,
  prepared_slot_offset bigint NOT NULL,
  prepared_slot_length bigint NOT NULL,
  prepared_slot_object bigint NOT NULL,
  prepared_public text NOT NULL,
  prepared_public_size bigint NOT NULL,
  prepared_repaired boolean NOT NULL,
  page_sizes text NOT NULL,
  letters bigint NOT NULL,
  ocr_pages bigint NOT NULL,
  indexed boolean NOT NULL
);
CREATE UNIQUE INDEX file_versions_by_file ON file_versions (file, number);
CREATE INDEX file_versions_by_paper ON file_versions (paper);

-- data is the compact form of documents/pagetext.
CREATE TABLE page_texts (
  version uuid NOT NULL REFERENCES file_versions (id),
  page bigint NOT NULL,
  data bytea NOT NULL,
  PRIMARY KEY (version, page)
);

-- first_given is the day that a personal copy carries.
CREATE TABLE receipts (
  person uuid NOT NULL REFERENCES persons (id),
  version uuid NOT NULL REFERENCES file_versions (id),
  first_given timestamptz NOT NULL,
  PRIMARY KEY (person, version)
);
CREATE INDEX receipts_by_version ON receipts (version);

CREATE TABLE visits (
  person uuid NOT NULL PRIMARY KEY REFERENCES persons (id),
  previous timestamptz,
  last_seen timestamptz
);

CREATE TABLE annotations (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  owner uuid NOT NULL REFERENCES persons (id),
  paper uuid NOT NULL REFERENCES papers (id),
  file uuid NOT NULL REFERENCES files (id),
  version uuid NOT NULL REFERENCES file_versions (id),
  kind text NOT NULL,
  page bigint NOT NULL,
  quads text NOT NULL,
  quote text NOT NULL,
  prefix text NOT NULL,
  suffix text NOT NULL,
  start_offset bigint NOT NULL,
  end_offset bigint NOT NULL,
  note text NOT NULL,
  style text NOT NULL,
  sequence bigint NOT NULL,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX annotations_by_owner ON annotations (owner, sequence);
CREATE INDEX annotations_by_version ON annotations (version);

-- The owner's row is locked while a mark is written: the feed's numbers become visible in their order.
CREATE TABLE annotation_feeds (
  owner uuid NOT NULL PRIMARY KEY REFERENCES persons (id),
  sequence bigint NOT NULL
);

CREATE TABLE sync_results (
  person uuid NOT NULL REFERENCES persons (id),
  op_id text NOT NULL,
  mark uuid,
  status text NOT NULL,
  rev bigint NOT NULL,
  copy uuid,
  problem text NOT NULL,
  created timestamptz NOT NULL,
  PRIMARY KEY (person, op_id)
);

CREATE TABLE answered_writes (
  person uuid NOT NULL REFERENCES persons (id),
  idempotency_key text NOT NULL,
  route text NOT NULL,
  request_hash text NOT NULL,
  status bigint NOT NULL,
  headers text NOT NULL,
  body bytea NOT NULL,
  created timestamptz NOT NULL,
  PRIMARY KEY (person, idempotency_key)
);

-- No foreign keys: the log outlives what it tells of.
CREATE TABLE audit_entries (
  id uuid NOT NULL PRIMARY KEY,
  at timestamptz NOT NULL,
  body uuid,
  actor uuid,
  system text NOT NULL,
  act text NOT NULL,
  object uuid,
  kind text NOT NULL,
  details text NOT NULL
);
CREATE INDEX audit_entries_by_body ON audit_entries (body, at DESC, id DESC);
CREATE INDEX audit_entries_by_object ON audit_entries (object, at DESC, id DESC);
CREATE INDEX audit_entries_by_time ON audit_entries (at DESC, id DESC);

CREATE TABLE sessions (
  token_hash text NOT NULL PRIMARY KEY,
  person uuid NOT NULL REFERENCES persons (id),
  issuer text NOT NULL,
  subject text NOT NULL,
  sid text NOT NULL,
  user_agent text NOT NULL,
  auth_time timestamptz,
  created timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  expires timestamptz NOT NULL
);
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
