package council

// DocumentOutline is how a document of one version is found one's way in: bookmarks, links, and the language of its text.
type DocumentOutline struct {
	Entries  []OutlineEntry `json:"entries,omitempty"`
	Links    []PageLink     `json:"links,omitempty"`
	Language string         `json:"language,omitempty"` // BCP 47; empty = not known
}

// OutlineEntry is a bookmark of a document. Entries are in reading order; Level starts at 1.
type OutlineEntry struct {
	Level int     `json:"level"`
	Title string  `json:"title"`
	Page  int     `json:"page"` // from 1; 0 = leads nowhere in this document
	Top   float64 `json:"top"`  // PDF points from the bottom of the page; 0 = its top edge
}

// PageLink is a plain link on a page: to a page of the same document, or to the web (http, https, mailto only).
type PageLink struct {
	Page   int    `json:"page"`
	Box    Box    `json:"box"`
	Target int    `json:"target,omitempty"` // page from 1
	URL    string `json:"url,omitempty"`
}

// AccessibilityReport says how well programs for people with a disability can read a PDF (a hint for the clerk by the points of
// PDF/UA-1, ISO 14289-1, that can be checked by a program; no certificate).
type AccessibilityReport struct {
	Tagged   bool   `json:"tagged"`   // has a structure tree and says so
	Language string `json:"language"` // as the document declares it, or empty
	Title    string `json:"title"`    // as the document declares it, or empty
	Text     bool   `json:"text"`     // every page that shows letters has them as text
	Fonts    bool   `json:"fonts"`    // every letter has a Unicode value
	Outline  bool   `json:"outline"`  // has bookmarks
	// Contrast is the least contrast between letters and ground that was seen (WCAG 2.2, 1 to 21); 0 = not measured.
	Contrast float64 `json:"contrast"`
	// Problems are message keys, the worst first.
	Problems []string `json:"problems,omitempty"`
}
