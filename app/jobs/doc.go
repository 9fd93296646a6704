// Package jobs is the queue: work that is written in the same database transaction as the act that asks for it, and done
// afterwards by a worker, in this process or another one (transactional outbox; River on both databases).
//
// kinds.go is the one page with every kind of job. An act calls store.Enqueue inside its transaction. The assembly (package
// app) registers one function per kind with Handle and runs a Worker. Each job runs at least once: a function must be
// repeat-safe. It is tried at most MaxAttempts times with growing pauses; then the kind's Failed function shows the problem
// at the object. A job that cannot succeed ever returns Never(err); one that waits for something returns Later(pause).
//
// What does not belong here: what a job does (the use-cases), anything of River outside of this package.
// Start reading at kinds.go, then handlers.go, then worker.go.
package jobs
