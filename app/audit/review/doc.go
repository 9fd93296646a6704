// Package review shows people the log of what was done: each person what happened in their own name (own_list.go), the clerk the acts
// of a Body (body_list.go), and the signed head of the log to print (head_give.go). Who sees which lines stands in auth/policy/audit.go;
// an object is named only when the viewer may read it at this moment.
//
// What does not belong here: writing lines (app/audit), proving them (app/audit/journal). Start reading at own_list.go.
package review
