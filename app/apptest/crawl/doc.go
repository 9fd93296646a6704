// Package crawl asks every route of the product's own list, as everybody in a random town, for every object of it: a word that stands in
// one object only must be in no byte that somebody gets who may not see that object, and what may not be known of must answer, by
// every method, exactly as an id that never was. No line of the process's log, at any level, may hold a marked word, a cookie or a token.
//
// The routes come from server.Routes() and the answers from package proof: a new route joins by itself, and one whose ids this package
// does not know fails the test until params_test.go says what they are.
// What does not belong here: documents and search (app/apptest/oracle has them). Tests only. Start reading at crawl_test.go.
package crawl
