// Package inventory lists what there is to protect and by which ways bytes leave, so that nothing joins the product unnoticed: every
// table has an Audience, hangs on one that has, or stands here with the reason why it has none (tables.go); every way out stands here
// with the test that holds it (channels.go, channel_routes.go).
//
// The tests of this package hold the lists against the migrated database, the types of app/council, server.Routes() and the sources.
// What does not belong here: the proofs themselves (app/apptest/crawl, oracle, proof; the tests next to each room). Start reading at
// channels.go.
package inventory
