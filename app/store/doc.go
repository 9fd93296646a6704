// Package store keeps the council's objects in SQLite or PostgreSQL. It is the only place that knows GORM.
//
// Contract: .docs/contracts.md, section Store. Every reading method with a Viewer filters inside SQL and answers
// council.NotFound for what may not be seen, as for what does not exist. Save inserts when Revision is 0 and otherwise updates
// the row of that revision, or answers council.Stale. A transaction travels in ctx (InTx). Database errors come back as
// *council.Error with a kind; the database's own words are only in the cause.
//
// How to add an object: one file with the object's name (paper.go): a private row type with TableName, two conversions, the
// methods. Inside a method:
//   - s.read(ctx) is a fresh GORM handle for reading (the transaction in ctx, or the read-only pool),
//     s.write(ctx) one for writing (the transaction, or the one writing connection). Take a new one for each statement.
//   - on PostgreSQL row-level security is the second net (rls_*.go, migration 0015, decision 0015): s.read sees facts, never what has
//     readers. visible marks the query with its viewer; for a table that hangs on one with readers take s.readFor(ctx, viewer), for what
//     belongs to one person s.readOwn(ctx, person), for work that no viewer asks for s.unfiltered(ctx, reason), which a test lists.
//     A new table gets a row policy in its migration or a reason in rls_tables_test.go.
//   - several statements that belong together run in s.together(ctx, func(ctx) error).
//   - visible(query, viewer) filters rows that have a column "audience"; keepAudience stores label sets and gives the key.
//   - save, byID, list, of, equal, among cover the usual statements; failed(err) gives errors their kind.
//   - times are instant (never NULL) or openTime (zero is NULL), optional ids are ref, lists that nobody searches are packed.
//
// Forbidden, and checked by a test: Or, Preload, Joins, AutoMigrate, hooks, soft delete, conditions made of user text,
// a query while rows of another one are open.
//
// What does not belong here: permission rules (auth/policy decides, here they are only carried out), use-cases, job handlers.
// Start reading at store.go, tx.go, save.go and audience.go, then paper.go as an example.
package store
