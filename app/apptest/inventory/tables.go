package inventory

// Hangs names, for tables without an Audience of their own, the objects whose Audience decides: each row points at one (a required
// foreign key, which the test asks of the schema), and the store shows the row when that object may be read.
var Hangs = map[string]string{
	"meeting_organizations": "meetings",
	"substitutions":         "meetings",
	"packets":               "meetings",
	"conflicts_of_interest": "agenda_items",
	"guests":                "agenda_items",
	"consultations":         "papers",
	"uploads":               "papers",
	"annotations":           "papers",
	"page_texts":            "file_versions",
	"document_outlines":     "file_versions",
	"processing_steps":      "file_versions",
	"renditions":            "file_versions",
	"differences":           "file_versions",
	"packet_versions":       "file_versions",
	"receipts":              "file_versions",
}

// Reasons of tables without an Audience.
const (
	public   = "public master data: who sits where (Hauptsatzung, the council's own pages); no paper stands in it"
	facts    = "facts from which rights are computed; shown to the clerk of the Body alone (policy.MayManage, policy.MayProvision)"
	own      = "the data of one person, looked up by that person's id alone"
	account  = "accounts and sessions, looked up before it is known who asks; shown to their person and to clerk and IT of the Body"
	log      = "the log: ids and hashes without content; who may read a line is policy.SeesLinesOf and SeesLinesAbout"
	second   = "two-person releases and what they found: policy.SeesReleases, SeesReleased"
	hashes   = "hashes of blobs or tokens, keys of the installation: read by the system alone"
	settings = "settings of a Body, for its clerk"
	model    = "the publication read model: holds what is public and nothing else (TestOnlyThePublicPartIsProjected)"
)

// WithoutAudience says of each other table why it needs none.
var WithoutAudience = map[string]string{
	"audience_labels": "the audiences themselves",

	"bodies": public, "legislative_terms": public, "organizations": public, "persons": public, "memberships": public, "locations": public,

	"grants": facts, "deputies": facts,
	"access_settings": settings, "preparation_modes": settings,

	"visits": own, "annotation_feeds": own, "sync_results": own, "answered_writes": own + "; what a kept answer holds is asked for anew (TestAKeptAnswerNeedsItsRight)",
	"packet_receipts": own + "; also found by a trace",

	"identities": account, "sessions": account, "devices": account, "passkeys": account,
	"imports": account, "scim_clients": account, "scim_users": account, "scim_groups": account, "scim_group_members": account,

	"audit_entries": log, "audit_tree": log, "audit_tiles": log, "audit_checkpoints": log, "audit_person_keys": log,
	"releases": second, "traces": second,
	"installation_keys": hashes, "blob_suspects": hashes, "blob_damages": hashes, "spent_tokens": hashes, "publication_renditions": hashes,

	"public_objects": model, "public_links": model, "public_files": model, "public_pages": model,
}

// Types names the table of each type of app/council that has an id. A type whose table has an Audience must carry it.
var Types = map[string]string{
	"AccessSettings": "access_settings", "Deputy": "deputies", "Guest": "guests", "Annotation": "annotations", "AuditEntry": "audit_entries",
	"Body": "bodies", "LegislativeTerm": "legislative_terms", "Organization": "organizations", "Person": "persons", "Membership": "memberships",
	"Grant": "grants", "Location": "locations", "Device": "devices", "Meeting": "meetings", "AgendaItem": "agenda_items",
	"Substitution": "substitutions", "ConflictOfInterest": "conflicts_of_interest", "Packet": "packets", "Paper": "papers",
	"Consultation": "consultations", "File": "files", "FileVersion": "file_versions", "Passkey": "passkeys", "Import": "imports",
	"ScimClient": "scim_clients", "ScimGroup": "scim_groups", "Release": "releases", "Trace": "traces", "Upload": "uploads",
}

// NotKept are types of app/council that have an id and are rows of no table.
var NotKept = map[string]string{
	"Stamp":     "what all objects begin with",
	"AuditPage": "a question: its id is the cursor",
}
