package portal

import "embed"

// Files are the templates (*.gohtml; layout.gohtml is the frame of every page), portal.css, and portal.svg, the icon.
//
//go:embed *.gohtml portal.css portal.svg
var Files embed.FS
