// Package annotations synchronises a person's own marks between the server and the person's devices.
//
// The protocol: a device sends operations {opId, id, baseRev, deleted | mark} and its cursor; it gets one result for each and
// everything of its own that changed since the cursor.
//   - An opId that was answered before gets the same answer again and does nothing: a lost answer does no harm.
//   - baseRev is the revision on which the change was made (0 = new). When it is the server's, the change is taken ("ok").
//   - Edit against edit: the second becomes a copy beside the first ("copy", with the copy's id). Nothing is lost.
//   - Delete against edit: the edit wins; an edit of a deleted mark brings it back. Deleting twice is "ok".
//   - A deleted mark stays as a tombstone, so that the other devices hear of it.
//   - A new mark on a version that the person may not read is "refused" as not found; so is another person's id.
//
// What does not belong here: who may read a mark (auth/policy: the owner alone, and the store filters by it), moving marks to new versions
// (documents/anchor). Start reading at annotation_sync.go.
package annotations
