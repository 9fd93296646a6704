// Package sandbox runs work on foreign bytes in a child process: the same binary started again, with nothing of the host.
//
// The child gets its files as inherited descriptors, never a path; an empty environment; its own network namespace without
// any interface where the system allows it; limits on address space, processor time, file size and open files; and, once its
// own tools are loaded, a system-call filter under which no file can be opened, no socket made and no program started.
// The parent reads its resident memory every 50 ms and kills it above the limit, or when a step or the whole takes too long.
// One child works on one document and ends: nothing of one paper can reach another.
//
// Messages (both ways, over pipes): one byte kind, four bytes length (big endian), payload. Parent to child: 'T' task {name,
// arguments} as JSON. Child to parent: 'S' a step begins (its name), 'D' data of the task's own form, 'R' result as JSON,
// 'E' error text. A length over the limit, an unknown kind or an early end is a crash of the child.
//
// What does not belong here: what the work is (documents/pdf), what its end means for a file (documents/pipeline).
// Start reading at pool.go (parent) and child.go (child). MaybeChild must be the first call of main and of every TestMain that
// uses a pool.
package sandbox
