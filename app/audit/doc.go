// Package audit names the acts of the log of what was done and makes its lines. Use-cases write the line in the transaction
// of the act. A line holds no content and no tokens: ids, states, a reason that a clerk typed.
//
// It stands below the use-cases, as app/audience does. What does not belong here: deciding what is logged (the use-cases do,
// security.md section 4.7), storing (app/store). Start reading at entry.go.
package audit
