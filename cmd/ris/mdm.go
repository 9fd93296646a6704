package main

import (
	"os"

	"ris/app/mdm"
)

type mdmCommand struct {
	Profile mdmProfile `cmd:"" help:"Print an Apple configuration profile with a managed web clip, for Relution, Jamf or Intune to push."`
}

type mdmProfile struct {
	URL      string `name:"url" required:"" env:"RIS_PUBLIC_URL" help:"Address of this installation, https://ris.stadt.example."`
	Body     string `help:"Id of the Body that the reader opens. Without it: all of the person's."`
	BodyName string `help:"Its name, shown in the settings of the device."`
	Name     string `default:"Ratsinfo" help:"Name below the icon."`
}

// Run prints the profile: `ris mdm profile --url https://ris.stadt.example > ris.mobileconfig`.
func (c *mdmProfile) Run() error {
	data, err := mdm.Profile{PublicURL: c.URL, Body: c.Body, BodyName: c.BodyName, Name: c.Name}.Make()
	if err == nil {
		_, err = os.Stdout.Write(data)
	}
	return err
}
