// Package storetest gives tests an empty database that has had all migrations: SQLite in the test's folder, or PostgreSQL as a
// production installation has it, where the service connects by a role that owns nothing and row-level security holds it.
// Migrations run once in a test process; each test gets a copy.
//
// What does not belong here: rows. It must never be imported outside of tests. Start reading at storetest.go.
package storetest
