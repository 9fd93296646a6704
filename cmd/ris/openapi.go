package main

import (
	"os"

	"ris/app/server/api"
)

type openapiCommand struct{}

// Run prints the description that the running service gives at /api/openapi.json.
func (openapiCommand) Run() error {
	doc, err := api.OpenAPI()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(append(doc, '\n'))
	return err
}
