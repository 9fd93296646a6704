//go:build depspin

// Keeps the planned dependencies in go.mod until their rooms are built; removed then.
package main

import (
	_ "github.com/alecthomas/kong"
	_ "github.com/blevesearch/bleve/v2"
	_ "github.com/coreos/go-oidc/v3/oidc"
	_ "github.com/coreos/go-oidc/v3/oidc/oidctest"
	_ "github.com/danielgtaylor/huma/v2"
	_ "github.com/danielgtaylor/huma/v2/adapters/humafiber"
	_ "github.com/glebarez/sqlite"
	_ "github.com/gofiber/fiber/v2"
	_ "github.com/gofiber/fiber/v2/middleware/adaptor"
	_ "github.com/klippa-app/go-pdfium"
	_ "github.com/klippa-app/go-pdfium/webassembly"
	_ "github.com/meilisearch/meilisearch-go"
	_ "github.com/pdfcpu/pdfcpu/pkg/api"
	_ "github.com/pressly/goose/v3"
	_ "github.com/riverqueue/river"
	_ "github.com/riverqueue/river/riverdriver/riverdatabasesql"
	_ "github.com/riverqueue/river/riverdriver/riversqlite"
	_ "github.com/riverqueue/river/rivermigrate"
	_ "github.com/santhosh-tekuri/jsonschema/v6"
	_ "github.com/tetratelabs/wazero"
	_ "github.com/valyala/fasthttp"
	_ "golang.org/x/image/font/sfnt"
	_ "golang.org/x/image/font/gofont/gobold"
	_ "golang.org/x/oauth2"
	_ "golang.org/x/text/unicode/norm"
	_ "golang.org/x/net/html"
	_ "github.com/blevesearch/snowballstem/german"
	_ "codeberg.org/go-pdf/fpdf"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "gorm.io/driver/postgres"
	_ "gorm.io/gorm"
	_ "pgregory.net/rapid"
)

func main() {}
