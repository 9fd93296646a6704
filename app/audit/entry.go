package audit

import (
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// The acts. A name is "<kind>.<verb>" and never changes: the log is kept for years.
const (
	MeetingAdd         = "meeting.add"
	MeetingChange      = "meeting.change"
	MeetingDelete      = "meeting.delete"
	MeetingRequest     = "meeting.publish_request"
	MeetingPublish     = "meeting.publish"
	MeetingRefuse      = "meeting.publish_refused"
	MeetingWithdraw    = "meeting.withdraw"
	MeetingRestore     = "meeting.restore"
	AgendaItemAdd      = "agenda_item.add"
	AgendaItemChange   = "agenda_item.change"
	AgendaItemDelete   = "agenda_item.delete"
	AgendaItemRemove   = "agenda_item.remove"
	AgendaOrderChange  = "agenda.order"
	ConflictRecord     = "conflict_of_interest.record"
	ConflictRevoke     = "conflict_of_interest.revoke"
	ConflictDeclare    = "conflict_of_interest.declare"
	GuestInvite        = "guest.invite"
	GuestDismiss       = "guest.dismiss"
	DeputyAppoint      = "deputy.appoint"
	DeputyEnd          = "deputy.end"
	AccessChange       = "body.access"
	SubstitutionRecord = "substitution.record"
	SubstitutionEnd    = "substitution.end"
	PaperAdd           = "paper.add"
	PaperChange        = "paper.change"
	PaperAttach        = "paper.attach"
	PaperDetach        = "paper.detach"
	PaperWithdraw      = "paper.withdraw"
	PaperRestore       = "paper.restore"
	FileAdd            = "file.add"
	FileChange         = "file.change"
	FileReplace        = "file.replace"
	FileDelete         = "file.delete"
	FileWithdraw       = "file.withdraw"
	FileRestore        = "file.restore"
	FileAgain          = "file.again"
	FileRead           = "file.read"
	FileCompare        = "file.compare"
	FileInfected       = "file.infected"
	FileErase          = "file.erase"
	FileOriginal       = "file.original"
	BlobCollect        = "blob.collect"
	BlobDamaged        = "blob.damaged"
	BlobHealed         = "blob.healed"
	PreparationChange  = "body.preparation"
	ReleaseRequest     = "release.request"
	ReleaseGive        = "release.give"
	ReleaseRefuse      = "release.refuse"
	ReleaseUse         = "release.use"
	ReleaseExpire      = "release.expire"
	TraceRead          = "trace.read" // the marks of a found file were read; nobody was looked up
	TraceUse           = "trace.use"  // the person behind a copy was looked up
	TraceShow          = "trace.show" // the result was looked at
	TraceErase         = "trace.erase"
	SessionStart       = "session.start"
	SessionEnd         = "session.end"
	SessionRefuse      = "session.refuse" // somebody whom the provider knows and nobody here
	IdentityLink       = "identity.link"
	SessionRevoke      = "session.revoke" // ended from elsewhere: by the person, the office, the provider
	SessionMisuse      = "session.misuse" // ended because somebody else used its token
	DeviceAdd          = "device.add"     // a browser that was not known
	DeviceSignOut      = "device.sign_out"
	DeviceWipe         = "device.wipe" // ordered to delete
	DeviceKeep         = "device.wipe_taken_back"
	DeviceWipeTold     = "device.wipe_delivered"
	DeviceWipeDone     = "device.wipe_confirmed"
	DeviceExpire       = "device.expire" // devices that nobody used for long left the list
	MandateEnd         = "person.mandate_end"
	Export             = "audit.export"     // lines of the log were given out as a file
	Checkpoint         = "audit.checkpoint" // a signed head was given out
	Expire             = "audit.expire"     // lines were taken away because their time was over
	PrivacyExport      = "privacy.export"   // a person's data was given out
	PrivacyErase       = "privacy.erase"    // a person's data was erased
)

// Entry is one line: who did what to which object. details are pairs of name and value.
func Entry(v policy.Viewer, now time.Time, act, kind string, body, object council.ID, details ...string) council.AuditEntry {
	e := council.AuditEntry{
		ID: council.NewID(now), At: now, Body: body, Actor: v.Person(), System: v.SystemReason(),
		Act: act, Object: object, Kind: kind,
	}
	for i := 0; i+1 < len(details); i += 2 {
		if details[i+1] == "" {
			continue
		}
		if e.Details == nil {
			e.Details = map[string]string{}
		}
		e.Details[details[i]] = details[i+1]
	}
	return e
}
