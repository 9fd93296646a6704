// Package oracle asks the whole product, seeded with the demo's town, as everybody in it: for every object and every channel
// (api, files, marks, search, portal, OParl) what each person gets is compared with rules written down from the town's data
// alone, and words that stand in non-public papers only must be in no byte that a wrong viewer gets, nor in the log.
//
// What does not belong here: random worlds (app/apptest/halltest, auth/policy). Tests only. Start reading at oracle_test.go.
package oracle
