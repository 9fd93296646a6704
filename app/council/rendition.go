package council

import "time"

// Rendition is what was made of a version besides its base, for showing it: as secret as the version itself.
type Rendition struct {
	Version    ID
	Thumbnails string      // blob (area Rendition) of all pictures, one behind the other; empty = none
	Pictures   []Thumbnail // page 1 first
	// Reading is the base of the reduced copy (area Bases); a zero Blob = there is none, because it would save too little.
	Reading       Prepared
	Accessibility *AccessibilityReport // nil = not looked at
	Made          time.Time
}

// Thumbnail is a JPEG inside the blob of thumbnails. Length 0: the page could not be drawn.
type Thumbnail struct {
	Offset int64 `json:"o"`
	Length int64 `json:"l"`
	Width  int   `json:"w"` // pixels
	Height int   `json:"h"`
}
