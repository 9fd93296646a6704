package pdf

import "strings"

// balance says what a content stream (ISO 32000-1, 7.8.2) leaves open, so that it can be closed before the mark is drawn.
type balance struct {
	depth, lowest int    // of q and Q; lowest is 0 or negative: so many Q had no q
	inText        bool   // a BT without ET
	marked        int    // BMC and BDC without EMC
	closers       string // ends a string, array, dictionary or inline image that is open at the end
}

// scanContent reads operators only; strings, names, comments and inline pictures are skipped.
func scanContent(b []byte) balance {
	s := contentScanner{b: b}
	for s.at < len(b) {
		s.token()
	}
	if s.dicts > 0 {
		s.out.closers += strings.Repeat(">>", min(s.dicts, 100))
	}
	if s.arrays > 0 {
		s.out.closers += strings.Repeat("]", min(s.arrays, 100))
	}
	return s.out
}

type contentScanner struct {
	b             []byte
	at            int
	arrays, dicts int
	out           balance
	each          func(word []byte) // if set: called behind each operator and number
}

func (s *contentScanner) token() {
	switch c := s.b[s.at]; {
	case isSpace(c):
		s.at++
	case c == '%':
		for s.at < len(s.b) && s.b[s.at] != '\n' && s.b[s.at] != '\r' {
			s.at++
		} // a comment at the very end is closed by the line break that follows each stream
	case c == '(':
		s.text()
	case c == '<' && s.next() == '<':
		s.dicts++
		s.at += 2
	case c == '<':
		for s.at < len(s.b) && s.b[s.at] != '>' {
			s.at++
		}
		if s.at == len(s.b) {
			s.out.closers += ">"
		}
		s.at++
	case c == '>' && s.next() == '>':
		s.dicts = max(0, s.dicts-1)
		s.at += 2
	case c == '[':
		s.arrays++
		s.at++
	case c == ']':
		s.arrays = max(0, s.arrays-1)
		s.at++
	case c == '/':
		s.at++
		s.word()
	case isDelimiter(c):
		s.at++
	default:
		s.operator(s.word())
	}
}

func (s *contentScanner) next() byte {
	if s.at+1 < len(s.b) {
		return s.b[s.at+1]
	}
	return 0
}

func (s *contentScanner) word() []byte {
	start := s.at
	for s.at < len(s.b) && !isSpace(s.b[s.at]) && !isDelimiter(s.b[s.at]) {
		s.at++
	}
	return s.b[start:s.at]
}

// text skips a literal string with nested and escaped brackets.
func (s *contentScanner) text() {
	depth := 0
	for ; s.at < len(s.b); s.at++ {
		switch s.b[s.at] {
		case '\\':
			s.at++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				s.at++
				return
			}
		}
	}
	s.out.closers += " " + strings.Repeat(")", min(depth, 1000)) // the blank keeps a last backslash from eating the bracket
}

func (s *contentScanner) operator(word []byte) {
	switch string(word) {
	case "q":
		s.out.depth++
	case "Q":
		s.out.depth--
		s.out.lowest = min(s.out.lowest, s.out.depth)
	case "BT":
		s.out.inText = true
	case "ET":
		s.out.inText = false
	case "BMC", "BDC":
		s.out.marked++
	case "EMC":
		s.out.marked = max(0, s.out.marked-1)
	case "ID":
		s.inlineImage()
	}
	if s.each != nil && len(word) > 0 {
		s.each(word)
	}
}

// inlineImage looks for the EI that ends the picture: between blanks, and followed by something that looks like content.
func (s *contentScanner) inlineImage() {
	for i := s.at + 1; i+2 <= len(s.b); i++ {
		if s.b[i] != 'E' || s.b[i+1] != 'I' || !isSpace(s.b[i-1]) {
			continue
		}
		if i+2 < len(s.b) && !isSpace(s.b[i+2]) && !isDelimiter(s.b[i+2]) {
			continue
		}
		if plainText(s.b[i+2 : min(len(s.b), i+14)]) {
			s.at = i + 2
			return
		}
	}
	s.at = len(s.b)
	s.out.closers += "\nEI"
}

func plainText(b []byte) bool {
	for _, c := range b {
		if c > 126 || c < 32 && !isSpace(c) {
			return false
		}
	}
	return true
}

func isSpace(c byte) bool {
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '
}

func isDelimiter(c byte) bool { return strings.IndexByte("()<>[]{}/%", c) >= 0 }
