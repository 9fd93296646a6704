package jobs

import "ris/app/council"

// Job is the arguments of one piece of work. Kind names it in the database: never change a name that has been released.
// The fields are stored as JSON: ids only, never content or names of people.
type Job interface{ Kind() string }

// ProcessFile checks an uploaded version in the sandbox, prepares it for personal copies, stores its text and its
// state, and asks for IndexFile.
type ProcessFile struct {
	Version council.ID `json:"version"`
}

// Kind is "process_file".
func (ProcessFile) Kind() string { return "process_file" }

// IndexFile puts the present state of a file into the internal search index and, when it is public, into the public one;
// it takes it out where it no longer belongs.
type IndexFile struct {
	File council.ID `json:"file"`
}

// Kind is "index_file".
func (IndexFile) Kind() string { return "index_file" }

// PublishMeeting waits until the files of a meeting are prepared, writes the public renditions, and then flips state,
// Audience and public read model in one transaction.
type PublishMeeting struct {
	Meeting council.ID `json:"meeting"`
}

// Kind is "publish_meeting".
func (PublishMeeting) Kind() string { return "publish_meeting" }

// Depublish deletes the public renditions of the file's versions that are no longer public. The flip of state, Audience and
// read model came before.
type Depublish struct {
	File council.ID `json:"file"`
}

// Kind is "depublish".
func (Depublish) Kind() string { return "depublish" }

// MakePacket makes the merged packet of a meeting for all who may read the same.
type MakePacket struct {
	Packet council.ID `json:"packet"`
}

// Kind is "make_packet".
func (MakePacket) Kind() string { return "make_packet" }

// RecogniseText reads the pages of a version that are pictures (OCR), behind everything else.
type RecogniseText struct {
	Version council.ID `json:"version"`
}

// Kind is "recognise_text".
func (RecogniseText) Kind() string { return "recognise_text" }

// Background is true: it can wait for everything else.
func (RecogniseText) Background() bool { return true }

// MakeRenditions makes pictures of a version's pages, a reduced reading copy of a heavy scan, and the accessibility report.
type MakeRenditions struct {
	Version council.ID `json:"version"`
}

// Kind is "make_renditions".
func (MakeRenditions) Kind() string { return "make_renditions" }

// Later is true: what people wait for comes first.
func (MakeRenditions) Later() bool { return true }

// CompareVersions compares two versions of a file. Old empty: New with the version before it and the one that readers have.
type CompareVersions struct {
	Old council.ID `json:"old,omitempty"`
	New council.ID `json:"new"`
}

// Kind is "compare_versions".
func (CompareVersions) Kind() string { return "compare_versions" }

// Kinds is one empty value of each kind, in the order of this page.
func Kinds() []Job {
	return []Job{CompareVersions{}, ProcessFile{}, IndexFile{}, PublishMeeting{}, Depublish{}, MakePacket{}, MakeRenditions{}, RecogniseText{}}
}
