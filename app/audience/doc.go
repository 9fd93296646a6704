// Package audience computes anew who may read what when something has changed: the meeting, its agenda items, their papers,
// files and versions. The rules themselves are auth/policy's; this package feeds them with facts from the store and saves the
// answers in the transaction of the act.
//
// It stands below the use-cases, which share it because they may not import each other (.docs/decisions/0002-audience.md).
// One invariant is held here for all of them: no act other than publishing opens a published object wider (Opening).
// What does not belong here: rules, states, jobs. Start reading at keeper.go.
package audience
