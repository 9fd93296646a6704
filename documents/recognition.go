package documents

import (
	"context"

	"ris/app/council"
)

// Recognition reads the words of pages that are pictures. It is optional: without its program that part is off.
type Recognition interface {
	// Page reads one page of the upload. own is the text that the page has itself (its number, and few letters or none); the answer
	// holds it too, its OCR says done or failed. An error is ours or the context's; a page that cannot be read is none.
	Page(ctx context.Context, in Input, own council.PageText) (council.PageText, error)
	// Layer makes a PDF of the upload with the recognised words of the pages as invisible text over pictures that are not touched, and
	// returns its blob key (area Converted). An empty key: this file cannot have a layer, its words are in the index only.
	Layer(ctx context.Context, in Input, pages []council.PageText) (key string, err error)
}
