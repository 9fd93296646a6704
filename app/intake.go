package app

import (
	"fmt"

	"ris/documents/convert"
	"ris/documents/scan"
)

// openIntake gives the papers what looks at uploads before the pipeline does: the virus scanner when one is configured, and the
// converter of what is no PDF.
func (a *App) openIntake() error {
	a.Papers.Log = a.Log
	a.Papers.Converter = a.converter()
	if a.Config.Clamd == "" {
		return nil
	}
	c, err := scan.New(a.Config.Clamd)
	if err != nil {
		return fmt.Errorf("RIS_CLAMD=%w", err)
	}
	a.Papers.Scanner = c
	return nil
}

func (a *App) converter() *convert.Converter {
	return &convert.Converter{Pool: a.Pipeline.Pool(), Soffice: convert.FindSoffice(a.Config.Soffice), Bytes: a.Config.UploadLimitMB << 20, Log: a.Log}
}
