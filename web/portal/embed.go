package portal

import "embed"

// Files are the templates (*.gohtml; layout.gohtml is the frame of every page) and portal.css.
//
//go:embed *.gohtml portal.css
var Files embed.FS
