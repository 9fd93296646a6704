package convert

import (
	"bufio"
	"io"
	"strings"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// writeLetters prints messages on A4, each beginning with its head; the first is the one that was uploaded.
func writeLetters(out io.Writer, letters []*letter) error {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetLang("de")
	p.AddUTF8FontFromBytes("go", "", goregular.TTF)
	p.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	p.SetMargins(25, 20, 20)
	p.SetAutoPageBreak(true, 20)
	for i, l := range letters {
		if i == 0 {
			p.AddPage()
		} else {
			if p.GetY() > 220 {
				p.AddPage()
			} else {
				p.Ln(8)
			}
			p.SetFont("go", "B", 11)
			p.MultiCell(0, 6, "Angehängte Nachricht", "", "L", false)
		}
		for _, h := range l.head {
			p.SetFont("go", "B", 10)
			p.CellFormat(22, 5.4, h[0]+":", "", 0, "L", false, 0, "")
			p.SetFont("go", "", 10)
			p.MultiCell(0, 5.4, printable(h[1]), "", "L", false)
		}
		p.Ln(2)
		x, y := p.GetXY()
		p.Line(x, y, 190, y)
		p.Ln(4)
		p.SetFont("go", "", 10.5)
		text := printable(l.text)
		if strings.TrimSpace(text) == "" {
			text = "(Die Nachricht hat keinen Text.)"
		}
		p.MultiCell(0, 5.4, text, "", "L", false)
		if l.cut {
			p.MultiCell(0, 5.4, "(Der Text ist hier gekürzt; vollständig steht er im Original.)", "", "L", false)
		}
	}
	w := bufio.NewWriter(out)
	if err := p.Output(w); err != nil {
		return &refusal{key: RefusedMail, cause: err}
	}
	return w.Flush()
}

// printable keeps to what the font can show: composed letters of Latin, Greek and Cyrillic; others become a box, so that it is seen
// that something stood there.
func printable(s string) string {
	s = norm.NFC.String(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ", "\u00a0", " ").Replace(s))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case r < 0x500, r >= 0x1e00 && r < 0x2000, strings.ContainsRune("–—‘’‚“”„†‡•…‰‹›€™−□", r):
			return r
		}
		return '□'
	}, s)
}

// htmlText is the text of HTML as one would read it aloud: blocks on lines of their own, links with their address where it differs.
func htmlText(source string) string {
	z := html.NewTokenizer(strings.NewReader(source))
	z.SetMaxBuf(1 << 20)
	var b strings.Builder
	silent, href, from := 0, "", 0
	breakLine := func() {
		if s := b.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
			b.WriteByte('\n')
		}
	}
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			if silent > 0 {
				continue
			}
			text := strings.Join(strings.Fields(string(z.Text())), " ")
			if text == "" {
				continue
			}
			if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") && !strings.HasSuffix(s, " ") {
				b.WriteByte(' ')
			}
			b.WriteString(text)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch string(name) {
			case "style", "script", "head", "title":
				silent++
			case "body":
				silent = 0
			case "br", "p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "pre":
				breakLine()
			case "li":
				breakLine()
				b.WriteString("• ")
			case "a":
				href, from = "", b.Len()
				for more {
					var k, v []byte
					if k, v, more = z.TagAttr(); string(k) == "href" {
						href = string(v)
					}
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "style", "script", "head", "title":
				silent = max(0, silent-1)
			case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table":
				breakLine()
			case "a":
				shown := strings.TrimSpace(b.String()[min(from, b.Len()):])
				if strings.HasPrefix(href, "http") && !strings.Contains(shown, href) && shown != "" && len(href) < 200 {
					b.WriteString(" <" + href + ">")
				}
				href = ""
			}
		}
	}
}
