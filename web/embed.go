package web

import (
	"embed"
	"io/fs"
)

// all: takes in .gitkeep, so that the package builds before the web app was ever built.
//
//go:embed all:dist
var files embed.FS

// Dist is the built web app: reader.html (the shell of /app/), clerk.html (the shell of /console/) and assets/ (named by their content or
// by a version, so they may be cached for ever). Without a build it holds no reader.html; the server then shows how to build it.
func Dist() fs.FS {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		panic(err) // the folder is part of the package: it cannot be missing
	}
	return dist
}
