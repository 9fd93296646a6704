// Package journal proves that the log of what was done is whole: a Merkle tree (RFC 6962, section 2.1) over the lines of the log,
// with golang.org/x/mod/sumdb/tlog, kept as tiles of 256 hashes.
//
// A line is inserted plainly, in the transaction of its act. One writer (sequence.go) gives committed lines their places in the tree;
// whoever holds the lock on the head is the one, on however many nodes. A line whose transaction commits late gets a late place:
// none is lost, none is moved.
//
// The form of a line in the tree (leaf.go) is JSON. A person stands in it as HMAC-SHA-256 of the person's own key; when that key is
// dropped (veil.go), the line proves what was done and no longer by whom. When a line expires (line_expire.go) its hash stays in the
// tree, and a line of its own says which places have expired.
//
// A checkpoint (checkpoint.go) is a signed head of the tree: origin, number of lines, hash (C2SP tlog-checkpoint). Whoever keeps one
// on paper can tell at any later day whether the lines of that day are still what they were (verify.go). Without one a person who may
// write to the database and reads the keys in it can make a new, consistent log: print it, hand it to the auditor.
//
// What does not belong here: which acts are logged (app/audit), who may read lines (auth/policy). Start reading at leaf.go.
package journal
