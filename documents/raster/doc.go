// Package raster keeps a paper as a stack of grey pictures and makes of it PDFs in which a person's mark is burnt into the pixels:
// nothing can be taken off again, there is no text, and no program can read it aloud ("streng vertraulich").
//
// The stack (format version 1, big-endian):
//
//	pages     one after the other, each a zlib stream (RFC 1950) of the rows from the top, 4 bits grey per pixel, the left pixel
//	          in the upper half, 15 = white, each row filled up to a whole byte
//	index     48 bytes per page: width and height in points (IEEE 754, 64 bits each), width and height in pixels, offset,
//	          length and room (unsigned: 32, 32, 64, 32, 32 bits)
//	trailer   32 bytes: offset of the index (64), number of pages (32), CRC-32 of the index (32), 8 zero bytes, "RISRAST1"
//
// room is how many bytes the page's picture gets in a personal PDF, whatever mark is on it. Therefore all offsets and the size
// are known without making one page, equal for everybody, and a browser that asks for a range costs only the pages in it.
//
// What does not belong here: drawing pages of a PDF (the child, documents/pdf), letters and wording of the mark (documents/copies).
// Start reading at stack.go (format), writer.go (making), copy.go (a person's PDF).
package raster
