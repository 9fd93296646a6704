// Package publication is the only gate between the council's tables and the public. Whenever the state of an object
// changes, its use-case calls Project... inside the same transaction; what is public then is written as finished OParl
// objects into a read model of its own, what is not public any more becomes a tombstone.
//
// The gate asks auth/policy, and nothing else, whether Anonymous may read an object; master data (bodies, terms,
// organizations, persons with their seats) follow the rules written above the code in body_project.go.
//
// What does not belong here: rendering (app/server/portal, app/server/oparl), deciding who may publish (the use-cases),
// the search index itself (a job feeds it with Document). Start reading at publication.go, then gate.go.
package publication
