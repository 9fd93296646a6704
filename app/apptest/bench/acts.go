package main

import "context"

// act measures one thing and gives a row for each competitor.
type act struct {
	name string
	run  func(context.Context, Options) ([]Row, error)
}

// acts are all that is measured, in the order of the table.
var acts = []act{
	{"documents", documentRows},
	{"corpus", corpusRows},
	{"meeting", meetingRows},
	{"search", searchRows},
}
