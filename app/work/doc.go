// Package work answers what needs a hand: everything that will not go on by itself, for the clerk of a Body, by meeting, the
// soonest first, each with the one thing to do. It reads and changes nothing: the acts stand in app/papers and app/meetings.
//
// What does not belong here: what is only advice (the accessibility report), what a worker is still at. Start reading at work_list.go.
package work
