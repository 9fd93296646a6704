package pipeline

import (
	"encoding/json"
	"errors"
	"time"

	"ris/app/council"
	"ris/documents/pdf"
	"ris/documents/sandbox"
)

// Pieces of data behind the text; all JSON.
const (
	pieceTextDone = 'T' // nothing: every page's text has been sent; what follows is a help
	pieceLinks    = 'L' // []council.PageLink of one page
	pieceOutline  = 'O' // council.DocumentOutline with bookmarks and the declared language
	pieceHidden   = 'H' // pdf.HiddenText of one page
)

// coverTime bounds the search for hidden letters in the whole document; pages beyond it are not looked at.
const coverTime = time.Minute

// mostLinks bounds the links of a document.
const mostLinks = 20_000

// stand gives the places on a page as they are on the picture that goes out instead of it.
func stand(p *council.PageText, f *pdf.PageFacts) {
	for i, b := range p.Boxes {
		p.Boxes[i] = f.Upright(b)
	}
	for i := range f.Links {
		f.Links[i].Box = f.Upright(f.Links[i].Box)
	}
}

// afterText collects what reading the pages leaves to do.
type afterText struct {
	suspects []int
	upright  map[int]pdf.PageFacts // of pages that go out as pictures
	links    [][]council.PageLink
	count    int
}

func (a *afterText) page(number int, f pdf.PageFacts, upright bool) {
	if f.Suspect {
		a.suspects = append(a.suspects, number)
	}
	if upright {
		if a.upright == nil {
			a.upright = map[int]pdf.PageFacts{}
		}
		a.upright[number] = f
	}
	if n := len(f.Links); n > 0 && a.count+n <= mostLinks {
		a.count += n
		a.links = append(a.links, f.Links)
	}
}

var errCoverTime = errors.New("looking for hidden letters takes too long")

// send does the rest: nothing of it can cost the paper, so its errors are left to the log of the child's end.
func (a *afterText) send(c *sandbox.Child, e *pdf.Engine, o order, file int) error {
	put := func(kind byte, v any) error {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		return c.Send(append([]byte{kind}, b...))
	}
	if err := put(pieceTextDone, nil); err != nil {
		return err
	}
	for _, l := range a.links {
		if err := put(pieceLinks, l); err != nil {
			return err
		}
	}
	if o.First <= 1 {
		c.Step("outline")
		entries, language, err := e.Outline(c.Files[file], o.Size)
		for i, entry := range entries {
			if f, ok := a.upright[entry.Page]; ok && entry.Top != 0 {
				entries[i].Top = float64(f.Upright(council.Box{Y0: float32(entry.Top), Y1: float32(entry.Top)}).Y1)
			}
		}
		if err == nil {
			err = put(pieceOutline, council.DocumentOutline{Entries: entries, Language: language})
		}
		if err != nil {
			return err
		}
	}
	end := time.Now().Add(coverTime)
	err := e.Hidden(c.Files[file], o.Size, a.suspects, c.Step, func(h pdf.HiddenText) error {
		if time.Now().After(end) {
			return errCoverTime
		}
		return put(pieceHidden, h)
	})
	if errors.Is(err, errCoverTime) {
		return nil
	}
	return err
}
