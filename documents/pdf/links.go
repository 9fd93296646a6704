package pdf

import (
	"net/url"
	"strings"
	"unicode"

	"ris/app/council"
)

const (
	mostLinks  = 500 // on one page
	longestURL = 2000
)

// links reads the plain links of an open page: to a page of the same document, or to an address of the web. Everything else that a
// link can do is left out.
func (d *document) links(page uint64, number int) ([]council.PageLink, error) {
	var out []council.PageLink
	start := uint32(0)
	for range mostLinks {
		at, err := d.i.scratch(32)
		if err != nil {
			return nil, err
		}
		m := d.i.module.Memory()
		m.WriteUint32Le(at, start)
		ok, err := d.i.call("FPDFLink_Enumerate", page, uint64(at), uint64(at+4))
		if err != nil {
			return nil, err
		}
		if uint32(ok) == 0 {
			break
		}
		before := start
		start, _ = m.ReadUint32Le(at)
		link, _ := m.ReadUint32Le(at + 4)
		if start <= before {
			break
		}
		l, err := d.link(uint64(link), number)
		if err != nil {
			return nil, err
		}
		if l.Target != 0 || l.URL != "" {
			out = append(out, l)
		}
	}
	return out, nil
}

func (d *document) link(link uint64, number int) (council.PageLink, error) {
	out := council.PageLink{Page: number}
	at, err := d.i.scratch(32)
	if err != nil {
		return out, err
	}
	ok, err := d.i.call("FPDFLink_GetAnnotRect", link, uint64(at)) // FS_RECTF: left, top, right, bottom
	if err != nil || uint32(ok) == 0 {
		return out, err
	}
	m := d.i.module.Memory()
	out.Box.X0, _ = m.ReadFloat32Le(at)
	out.Box.Y1, _ = m.ReadFloat32Le(at + 4)
	out.Box.X1, _ = m.ReadFloat32Le(at + 8)
	out.Box.Y0, _ = m.ReadFloat32Le(at + 12)
	if out.Box = ordered(out.Box); !sensible(out.Box) {
		return out, nil
	}
	dest, err := d.i.call("FPDFLink_GetDest", d.handle, link)
	if err != nil {
		return out, err
	}
	if uint32(dest) == 0 {
		action, err := d.i.call("FPDFLink_GetAction", link)
		if err != nil || uint32(action) == 0 {
			return out, err
		}
		kind, err := d.i.call("FPDFAction_GetType", action)
		if err != nil {
			return out, err
		}
		if uint32(kind) == actionURI {
			b, err := d.bytes("FPDFAction_GetURIPath", d.handle, action)
			out.URL = plainURL(strings.TrimRight(string(b), "\x00"))
			return out, err
		}
		if dest, err = d.actionDest(action); err != nil {
			return out, err
		}
	}
	out.Target, _, err = d.place(dest)
	return out, err
}

// sensible: a place on a page that a finger could touch.
func sensible(b council.Box) bool {
	return b.X1-b.X0 > 0.5 && b.Y1-b.Y0 > 0.5 && b.X0 > -20000 && b.Y0 > -20000 && b.X1 < 20000 && b.Y1 < 20000
}

// plainURL answers an address of the web or of mail in its normal form, or nothing.
func plainURL(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > longestURL || strings.IndexFunc(s, unicode.IsControl) >= 0 {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" || u.User != nil { // a name before the host serves to deceive
			return ""
		}
	case "mailto":
		if !strings.Contains(u.Opaque, "@") {
			return ""
		}
	default:
		return ""
	}
	return u.String()
}
