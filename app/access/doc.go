// Package access answers who may see something and why, for the clerk of the Body, and keeps what the Body decides about its readers:
// settings and standing deputies.
//
// Every answer is asked of auth/policy with the same facts that a person's own request would have; nothing is decided here. Who may not
// see something gets one general answer that looks at no object at all (unseen_show.go).
// What does not belong here: rules (auth/policy), guests, substitutions and conflicts of interest (app/meetings). Start reading at
// readers_show.go.
package access
