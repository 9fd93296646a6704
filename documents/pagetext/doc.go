// Package pagetext keeps the text of pages with one box per letter small, and prepares it for search and for marks.
//
// Format of Encode (version 2): the bytes 'P' 'T' 2, then one deflate stream of: count of pages; per page its number, the
// count of bytes of the text, the text (UTF-8), then per letter one box. All numbers are variable-length (encoding/binary).
// A box is 0 when the letter has none, else 1 + zigzag(x0 - x1 of the letter before), then zigzag(y0 - y0 before), zigzag(width),
// zigzag(height), in tenths of a PDF point. Rounding is done on absolute values, so errors (at most 0.05 pt) never add up. Behind the
// boxes of a page: recognition state, confidence, letters without Unicode, then furniture (count; kind and range each) and
// hidden letters (count; range each); a range is zigzag(start - end of the range before) and its length. Version 1 ends with the boxes.
//
// order.go puts columns in reading order, furniture.go finds headers, footers and page numbers, language.go tells the language,
// join.go makes the text for the index and for quotes, quads.go the rectangles of a mark.
//
// What does not belong here: reading PDFs (documents/pdf), the analysis of words (search/german).
// Start reading at codec.go and join.go.
package pagetext
