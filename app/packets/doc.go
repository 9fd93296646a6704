// Package packets is reading: meetings with their agenda, papers, files, as far as the viewer may see them, what is new since
// the last visit, and the personal copy of a file. Clerks read here as well; the Audience decides, not the role.
//
// Every object is loaded with the viewer, so that the store's filter has the last word; counts are made of what was loaded.
// A visit ends after 30 minutes of silence (visit.go). Reading a non-public paper is written to the audit log (file_open.go).
// What does not belong here: changing anything of the council's, search (app/finding), marks (app/annotations).
// Start reading at packets.go, then meeting_show.go and file_open.go.
package packets
