package papers

import (
	"context"
	"errors"
	"strconv"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/documents"
	"ris/documents/pagetext"
)

// RecogniseStore is what text recognition needs of the database besides.
type RecogniseStore interface {
	SavePageText(ctx context.Context, version council.ID, page council.PageText) error
	// RecogniseWaiting lists the versions whose recognition was left out because its program was missing.
	RecogniseWaiting(ctx context.Context) ([]council.ID, error)
}

// recogniseSlice is how long the job works before it makes room and comes back: each page is stored as soon as it is read, so a killed
// worker loses one page of work, and no job runs longer than a queue waits for it.
const recogniseSlice = 90 * time.Second

// What people are told of text recognition.
const (
	recogniseOff   = "file.step.recognise.off"
	recognisePages = "file.step.recognise.pages" // {count}: pages that could not be read
)

// RecogniseJob is the function of recognise_text: reads the pages that are pictures, one after the other, behind everything else. Then
// their words go into the index, and as an invisible layer into a new base (the personal copies' bytes change, receipts and dates do
// not); a file that cannot have a layer is searched all the same. A page that cannot be read is counted and not tried again by itself.
func (s *Service) RecogniseJob(ctx context.Context, j jobs.RecogniseText) error {
	v, err := s.Store.FileVersion(ctx, system, j.Version)
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if !v.Processing.Ready() || v.OCR == "" {
		return nil
	}
	t := s.track(ctx, v.ID)
	if s.Recognition == nil {
		t.begin(documents.StepRecognise)
		t.end(council.StepSkipped, recogniseOff)
		return nil
	}
	text, err := s.Store.Text(ctx, system, v.ID, 0)
	if err != nil {
		return err
	}
	afresh := v.OCR != council.OCRRunning // asked for by a person or for the first time: failed pages are tried again
	var todo []council.PageText
	total := 0
	for _, p := range text {
		if p.OCR == council.OCRNeeded || p.OCR == council.OCRFailed && afresh {
			todo = append(todo, p)
		}
		if p.OCR != "" {
			total++
		}
	}
	if afresh && len(todo) == 0 && v.OCR == council.OCRDone {
		return nil
	}
	if afresh {
		if err := s.change(ctx, v.ID, func(v *council.FileVersion) { v.OCR = council.OCRRunning }); err != nil {
			return err
		}
	}
	in := documents.Input{SHA256: v.SHA256, Converted: v.Converted, Mode: v.Prepared.Parts.Mode}
	end := s.Clock().Add(recogniseSlice)
	for i, p := range todo {
		t.progress(documents.StepRecognise, total-len(todo)+i, total)
		if s.Clock().After(end) {
			return jobs.Later(0)
		}
		read, err := s.Recognition.Page(ctx, in, p)
		if err == nil {
			err = s.Store.SavePageText(ctx, v.ID, read)
		}
		if err != nil {
			t.end(council.StepWaiting, "")
			return err
		}
	}
	t.progress(documents.StepRecognise, total, total)
	failed, err := s.recognised(ctx, v, in)
	switch {
	case errors.Is(err, errMoved):
		return jobs.Later(time.Second)
	case err != nil:
		t.end(council.StepWaiting, "")
		return err
	case failed > 0:
		t.end(council.StepFailed, Problem(recognisePages, "count", strconv.Itoa(failed)))
	default:
		t.end(council.StepDone, "")
	}
	return nil
}

// errMoved says that the version was prepared or published anew while its layer was made: once more.
var errMoved = errors.New("the version has changed meanwhile")

// recognised makes the new base and brings index and public up to it; it answers how many pages could not be read.
func (s *Service) recognised(ctx context.Context, v council.FileVersion, in documents.Input) (failed int, err error) {
	text, err := s.Store.Text(ctx, system, v.ID, 0)
	if err != nil {
		return 0, err
	}
	var done []council.PageText
	letters := 0
	for _, p := range text {
		letters += len(p.Boxes)
		switch p.OCR {
		case council.OCRDone:
			done = append(done, p)
		case council.OCRFailed:
			failed++
		}
	}
	pagetext.MarkFurniture(text, func(page int) int {
		if page < 1 || page > len(v.PageSizes) {
			return 0
		}
		return v.PageSizes[page-1].Rotate
	})
	layered, err := s.layer(ctx, v, in, done)
	if err != nil {
		return 0, err
	}
	var public string
	var publicSize int64
	if layered.Prepared.Blob != v.Prepared.Blob && v.Prepared.Public != "" {
		if public, publicSize, err = s.Public.PrepareFile(ctx, layered); err != nil {
			return 0, err
		}
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		now, err := s.Store.FileVersion(ctx, system, v.ID)
		if err != nil {
			return err
		}
		if now.Prepared.Blob != v.Prepared.Blob || now.Prepared.Public != v.Prepared.Public {
			return errMoved
		}
		now.Prepared, now.Converted = layered.Prepared, layered.Converted
		now.Prepared.Public, now.Prepared.PublicSize = v.Prepared.Public, v.Prepared.PublicSize
		if public != "" {
			now.Prepared.Public, now.Prepared.PublicSize = public, publicSize
		}
		now.Letters, now.OCR = letters, council.OCRDone
		if len(done) == 0 {
			now.OCR = council.OCRFailed
		}
		if now.Language == "" {
			now.Language = pagetext.Language(text)
		}
		if err := s.Store.SaveFileVersion(ctx, &now); err != nil {
			return err
		}
		if err := s.Store.SaveText(ctx, v.ID, text); err != nil {
			return err
		}
		for _, job := range followUps(now) {
			if _, again := job.(jobs.RecogniseText); again {
				continue
			}
			if err := s.Store.Enqueue(ctx, job); err != nil {
				return err
			}
		}
		if now.Audience.Public() {
			return s.Settler.Public.ProjectPaper(ctx, now.Paper)
		}
		return nil
	})
	if err == nil && public != "" && public != v.Prepared.Public {
		err = s.Public.DropRendition(ctx, v.Prepared.Public)
	}
	return failed, err
}

// layer is the version with a base that has the words of the pages as invisible text; unchanged where that cannot be. Pages of strictly
// confidential papers are pictures with the mark burnt in: they get none.
func (s *Service) layer(ctx context.Context, v council.FileVersion, in documents.Input, pages []council.PageText) (council.FileVersion, error) {
	if len(pages) == 0 || in.Mode == council.Raster {
		return v, nil
	}
	key, err := s.Recognition.Layer(ctx, in, pages)
	if err != nil || key == "" {
		return v, err
	}
	r, err := s.Pipeline.Process(ctx, documents.Input{SHA256: v.SHA256, Converted: key, Mode: in.Mode})
	if err != nil {
		return v, err
	}
	if r.Refused == "" && len(r.PageSizes) == len(v.PageSizes) {
		v.Prepared, v.Converted = r.Prepared, key
	}
	return v, nil
}

// RecogniseFailed is called when the job was tried for the last time: the file stays readable, its pictures' words are missing, and the
// clerk can start it again.
func (s *Service) RecogniseFailed(ctx context.Context, j jobs.RecogniseText, _ error) error {
	err := s.change(ctx, j.Version, func(v *council.FileVersion) {
		if v.OCR != "" {
			v.OCR = council.OCRFailed
		}
	})
	if gone(err) {
		return nil
	}
	if err == nil {
		t := s.track(ctx, j.Version)
		t.orBegin(documents.StepRecognise)
		t.end(council.StepFailed, "file.step.failed."+string(documents.StepRecognise))
	}
	return err
}

// RecogniseAll takes up what was left out while the program was missing; the assembly calls it at the start when it is there.
func (s *Service) RecogniseAll(ctx context.Context) error {
	versions, err := s.Store.RecogniseWaiting(ctx)
	if err != nil {
		return err
	}
	for _, id := range versions {
		err := s.Store.InTx(ctx, func(ctx context.Context) error {
			s.track(ctx, id).plan(documents.StepRecognise)
			return s.Store.Enqueue(ctx, jobs.RecogniseText{Version: id})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
