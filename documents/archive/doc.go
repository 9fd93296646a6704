// Package archive makes a ZIP of contents that are not there as files: the sizes and checksums of its entries are known before, so
// that its length is known, nothing is compressed, nothing is kept, and any range of it can be read.
//
// The format is PKWARE's APPNOTE.TXT 6.3: stored entries, names in UTF-8, ZIP64 where sizes or numbers need it. An entry whose
// checksum is costly to know beforehand (Entry.Late) carries it behind its bytes, in a data descriptor.
// What does not belong here: what goes into an archive, and for whom. Start reading at archive.go; name.go makes names that
// every system can unpack.
package archive
