package recognise

import (
	"context"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"ris/app/council"
	"ris/documents/pagetext"
)

const (
	// surely is the mean confidence (percent) of a page that stands upright and is well read; below it the page may lie on its side.
	surely = 70
	// well is the mean confidence below which the page is read once more as one block of even lines: ruled tables and coarse faxes give more
	// letters that way.
	well       = 88
	fewWords   = 8
	shareOfOSD = 3 // looking for the orientation may take a third of the page's time
)

// Page reads one picture and answers its words as page text (OCR is council.OCRDone; Confidence the mean): lines end with \n, a hyphen
// at the end of a line that goes on is U+0002, each letter has its share of its word's box, in PDF user space. A picture without
// words gives an empty text. Errors: *sandbox.Failure (the page took too long or ended the program), the context's.
func (r *Recogniser) Page(ctx context.Context, number int, p *Picture) (council.PageText, error) {
	end := time.Now().Add(r.config.PerPage)
	words, err := r.words(ctx, p, end, pageLayout)
	if err != nil {
		return council.PageText{}, err
	}
	degrees := 0
	best, mean := quality(words)
	if mean < surely || len(words) < fewWords {
		turn, err := r.orientation(ctx, p, max(time.Second, time.Until(end)/shareOfOSD))
		if err != nil {
			return council.PageText{}, err
		}
		if turn != 0 {
			again, err := r.words(ctx, p.turned(turn), end, pageLayout)
			if ctx.Err() != nil {
				return council.PageText{}, ctx.Err()
			}
			if sum, m := quality(again); err == nil && sum > best {
				words, degrees, best, mean = again, turn, sum, m
			}
		}
	}
	if mean < well && len(words) >= fewWords && time.Until(end) > r.config.PerPage/3 {
		upright := p
		if degrees != 0 {
			upright = p.turned(degrees)
		}
		again, err := r.words(ctx, upright, end, OneBlock)
		if ctx.Err() != nil {
			return council.PageText{}, ctx.Err()
		}
		if sum, m := quality(again); err == nil && sum > best {
			words, mean = again, m
		}
	}
	out := compose(words, func(b pixelBox) council.Box { return p.user(p.back(b, degrees)) })
	out.Page, out.OCR, out.Confidence = number, council.OCRDone, int(mean+0.5)
	return out, nil
}

// pageLayout finds columns and blocks by itself.
const pageLayout Layout = 3

func (r *Recogniser) words(ctx context.Context, p *Picture, end time.Time, layout Layout) ([]word, error) {
	b, err := r.run(ctx, p, max(time.Second, time.Until(end)), "tsv", "-l", r.config.Language, "--psm", strconv.Itoa(int(layout)), "tsv")
	if err != nil {
		return nil, err
	}
	return readWords(string(b)), nil
}

// compose writes the words one after the other; place gives a pixel box in user space.
func compose(words []word, place func(pixelBox) council.Box) council.PageText {
	var out council.PageText
	var text []rune
	put := func(r rune, b council.Box) {
		text = append(text, r)
		out.Boxes = append(out.Boxes, b)
	}
	ways := directions(words)
	for i, w := range words {
		letters := []rune(w.text)
		goesOn := i+1 < len(words) && words[i+1].line != w.line
		if n := len(letters); goesOn && n > 2 && isHyphen(letters[n-1]) && unicode.IsLetter(letters[n-2]) {
			letters[n-1] = pagetext.LineHyphen
		}
		sum, at := 0.0, 0.0
		for _, r := range letters {
			sum += breadth(r)
		}
		for _, r := range letters {
			from := at / sum
			at += breadth(r)
			put(r, place(w.box.part(ways[w.line], from, at/sum)))
		}
		switch {
		case i+1 == len(words) || letters[len(letters)-1] == pagetext.LineHyphen:
		case goesOn:
			put('\n', council.Box{})
		default:
			put(' ', council.Box{})
		}
	}
	out.Text = string(text)
	return out
}

// direction is where a line of words runs on the picture.
type direction int

const (
	rightwards direction = iota
	downwards
	upwards
)

// directions tells for each line where it runs: tesseract reads a page that lies on its side as it is, and its words are then taller
// than wide.
func directions(words []word) map[int]direction {
	tall, wide, fall := map[int]float64{}, map[int]float64{}, map[int]float64{}
	falls := 0.0
	for i, w := range words {
		width, height := w.box.x1-w.box.x0, w.box.y1-w.box.y0
		if n := float64(utf8.RuneCountInString(w.text)); n >= 3 && height > 1.3*width {
			tall[w.line] += n
		} else {
			wide[w.line] += n
		}
		if i > 0 && words[i-1].line == w.line {
			fall[w.line] += w.box.y0 - words[i-1].box.y0
		}
	}
	for line := range tall {
		if tall[line] > wide[line] {
			falls += fall[line]
		}
	}
	out := map[int]direction{}
	for line := range tall {
		switch f := fall[line]; {
		case tall[line] <= wide[line]:
		case f > 0 || f == 0 && falls > 0:
			out[line] = downwards
		default:
			out[line] = upwards
		}
	}
	return out
}

// part is the share [from, to) of a word's box along its line.
func (b pixelBox) part(d direction, from, to float64) pixelBox {
	w, h := b.x1-b.x0, b.y1-b.y0
	switch d {
	case downwards:
		return pixelBox{b.x0, b.y0 + from*h, b.x1, b.y0 + to*h}
	case upwards:
		return pixelBox{b.x0, b.y1 - to*h, b.x1, b.y1 - from*h}
	}
	return pixelBox{b.x0 + from*w, b.y0, b.x0 + to*w, b.y1}
}

func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '¬' }

// breadth is a letter's usual share of a word's width: close enough for a mark on a part of a word.
func breadth(r rune) float64 {
	switch {
	case r == 'i' || r == 'l' || r == 'j' || r == 'I' || r == '.' || r == ',' || r == ':' || r == ';' || r == '\'' || r == '!' || r == '|':
		return 0.5
	case r == 't' || r == 'f' || r == 'r' || r == '-' || r == '(' || r == ')' || r == pagetext.LineHyphen:
		return 0.65
	case r == 'm' || r == 'w' || r == 'M' || r == 'W':
		return 1.5
	case unicode.IsUpper(r):
		return 1.25
	}
	return 1
}

// Merge joins what was read off a picture with the letters that the page has itself: words that lie on such letters are left out.
func Merge(own, read council.PageText) council.PageText {
	if len(own.Boxes) == 0 {
		return read
	}
	out := read
	letters := []rune(own.Text)
	boxes := append([]council.Box{}, own.Boxes...)
	for start, l := 0, []rune(read.Text); start < len(l); {
		end := start
		for end < len(l) && !unicode.IsSpace(l[end]) && l[end] != pagetext.LineHyphen {
			end++
		}
		end = min(len(l), end+1) // with what ends the word
		if !onOwn(read.Boxes[start:end], own.Boxes) {
			if n := len(letters); n > 0 && start == 0 || n > 0 && len(boxes) == len(own.Boxes) {
				letters, boxes = append(letters, '\n'), append(boxes, council.Box{})
			}
			letters, boxes = append(letters, l[start:end]...), append(boxes, read.Boxes[start:end]...)
		}
		start = end
	}
	out.Text, out.Boxes = string(letters), boxes
	return out
}

func onOwn(word, own []council.Box) bool {
	for _, w := range word {
		x, y := (w.X0+w.X1)/2, (w.Y0+w.Y1)/2
		for _, o := range own {
			if o != (council.Box{}) && x >= o.X0 && x <= o.X1 && y >= o.Y0 && y <= o.Y1 {
				return true
			}
		}
	}
	return false
}
