package store_test

import (
	"reflect"
	"testing"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// Outline and text of a version: written anew in place, one page at a time, seen by those who may read the version.
func TestOutlineAndTextOfAVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		f, v := w.version(t, s, w.paper(t, s, readers("org:a")))
		o, err := s.Outline(ctx, system, v.ID)
		if err != nil || len(o.Entries)+len(o.Links) != 0 {
			t.Fatalf("before anything is stored: %+v, %v", o, err)
		}
		want := council.DocumentOutline{Entries: []council.OutlineEntry{{Level: 1, Title: "Anlaß & „Ziel“", Page: 2, Top: 700.5}},
			Links: []council.PageLink{{Page: 1, Box: council.Box{X0: 1, Y0: 2, X1: 3, Y1: 4.5}, URL: "https://stadt.example/"}}, Language: "de"}
		for _, stored := range []council.DocumentOutline{{Language: "en"}, want} {
			must(t, s.SaveOutline(ctx, v.ID, stored))
		}
		if got, err := s.Outline(ctx, system, v.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, %v", got, err)
		}
		must(t, s.SaveText(ctx, v.ID, []council.PageText{{Page: 1, OCR: council.OCRNeeded, Boxes: []council.Box{}}, {Page: 2, Text: "zwei", Boxes: make([]council.Box, 4)}}))
		read := council.PageText{Page: 1, Text: "eins", Boxes: make([]council.Box, 4), OCR: council.OCRDone, Confidence: 91,
			Furniture: []council.Furniture{{LetterRange: council.LetterRange{Start: 0, End: 2}, Kind: council.RunningFirst}}}
		must(t, s.SavePageText(ctx, v.ID, read))
		pages, err := s.Text(ctx, system, v.ID, 0)
		if err != nil || len(pages) != 2 || !reflect.DeepEqual(pages[0], read) || pages[1].Text != "zwei" {
			t.Fatalf("%+v, %v", pages, err)
		}
		for _, nobody := range []policy.Viewer{policy.Anonymous(), {}} {
			_, err = s.Outline(ctx, nobody, v.ID)
			wantKind(t, "an outline for one who may not read", err, council.NotFound)
		}
		v.OCR = council.OCRNeeded
		must(t, s.SaveFileVersion(ctx, &v))
		must(t, s.SaveStep(ctx, council.ProcessingStep{Version: v.ID, Name: "recognise", State: council.StepSkipped, Started: epoch}))
		if ids, err := s.RecogniseWaiting(ctx); err != nil || len(ids) != 1 || ids[0] != v.ID {
			t.Fatalf("%v %v", ids, err)
		}
		f.State = council.Draft
		must(t, s.SaveFile(ctx, &f))
		must(t, s.DeleteFile(ctx, f.ID)) // takes outline and text with it
	})
}
