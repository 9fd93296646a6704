package devices

import "strings"

// Kind is what a browser says of itself in User-Agent: words that people know, the same in every language. Either may be empty.
type Kind struct {
	Machine string // "iPad", "iPhone", "Mac", "Windows", "Android", "Linux"
	Browser string // "Safari", "Chrome", "Edge", "Firefox"
}

var machines = []struct{ has, name string }{
	{"iPad", "iPad"}, {"iPhone", "iPhone"}, {"Android", "Android"}, {"Windows", "Windows"}, {"CrOS", "Chromebook"},
	{"Macintosh", "Mac"}, {"Linux", "Linux"},
}

// Others name Chrome and Safari as well, so the order counts.
var browsers = []struct{ has, name string }{
	{"Edg/", "Edge"}, {"EdgiOS/", "Edge"}, {"EdgA/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"},
	{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"HeadlessChrome/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	{"AppleWebKit/", "Safari"}, // an app on the home screen leaves the name out
}

// KindOf reads a User-Agent. An iPad calls itself a Mac unless it is told otherwise; touch, which the app reports, tells them apart.
func KindOf(agent string, touch bool) Kind {
	var k Kind
	for _, m := range machines {
		if strings.Contains(agent, m.has) {
			k.Machine = m.name
			break
		}
	}
	if k.Machine == "Mac" && touch {
		k.Machine = "iPad"
	}
	for _, b := range browsers {
		if strings.Contains(agent, b.has) {
			k.Browser = b.name
			break
		}
	}
	return k
}

// String is the name for people, "iPad, Safari"; empty when nothing is known.
func (k Kind) String() string {
	if k.Machine == "" || k.Browser == "" {
		return k.Machine + k.Browser
	}
	return k.Machine + ", " + k.Browser
}
