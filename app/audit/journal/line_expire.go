package journal

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Keep is how many days lines are kept, by class. 0 = for ever.
type Keep struct {
	Readings int
	SignIns  int
	Acts     int
}

// least is the shortest time that a class can be kept: what is set below it is raised to it. A shorter time would let somebody hide
// fresh lines behind a setting.
const least = 30

func (k Keep) days(c audit.Class) int {
	n := map[audit.Class]int{audit.Reading: k.Readings, audit.SignIn: k.SignIns, audit.Act: k.Acts}[c]
	if n > 0 && n < least {
		n = least
	}
	return n
}

// most lines expire in one transaction and are named by one line of the log.
const most = 2000

// Expire takes lines away whose time is over and writes down which places they had. Their hashes stay in the tree. It gives how many
// lines went.
func (j *Journal) Expire(ctx context.Context) (int, error) {
	now, gone := j.Clock(), 0
	for _, class := range []audit.Class{audit.Reading, audit.SignIn, audit.Act} {
		days := j.Keep.days(class)
		if days == 0 {
			continue
		}
		for {
			n, err := j.expireSome(ctx, class, now, now.AddDate(0, 0, -days))
			if gone += n; err != nil {
				return gone, err
			}
			if n < most {
				break
			}
		}
	}
	return gone, nil
}

func (j *Journal) expireSome(ctx context.Context, class audit.Class, now, before time.Time) (n int, err error) {
	r := council.AuditRange{Before: before, Limit: most}
	if class == audit.Act {
		r.Except = audit.ActsOf(class)
	} else {
		r.Acts = audit.ActsOf(class)
	}
	err = j.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := j.Store.LockAuditTree(ctx); err != nil {
			return err
		}
		lines, err := j.Store.AuditLinesIn(ctx, r)
		if n = len(lines); err != nil || n == 0 {
			return err
		}
		places := make([]int64, n)
		for i, l := range lines {
			places[i] = l.Sequence
		}
		if err := j.Store.DeleteAuditLines(ctx, places); err != nil {
			return err
		}
		return j.Store.Audit(ctx, audit.Entry(policy.System("retention"), now, audit.Expire, "log", "", "", "class", string(class),
			"before", before.UTC().Format(time.RFC3339), "lines", strconv.Itoa(n), "places", pack(places)))
	})
	return n, err
}

// pack writes places in rising order as "3,7-9": a run as its first and last.
func pack(places []int64) string {
	var b strings.Builder
	for i := 0; i < len(places); {
		k := i
		for k+1 < len(places) && places[k+1] == places[k]+1 {
			k++
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		if b.WriteString(strconv.FormatInt(places[i], 10)); k > i {
			b.WriteString("-" + strconv.FormatInt(places[k], 10))
		}
		i = k + 1
	}
	return b.String()
}

// unpack reads what pack has written, calling each for every place below size; nothing larger is gone through.
func unpack(text string, size int64, each func(int64)) error {
	for _, part := range strings.Split(text, ",") {
		first, last, run := strings.Cut(part, "-")
		a, err := strconv.ParseInt(first, 10, 64)
		b := a
		if err == nil && run {
			b, err = strconv.ParseInt(last, 10, 64)
		}
		if err != nil || a < 0 || b < a {
			return fmt.Errorf("journal: %q is no list of places", part)
		}
		for n := a; n <= b && n < size; n++ {
			each(n)
		}
	}
	return nil
}

// expiry is one line about lines that have expired.
type expiry struct {
	class   audit.Class
	written time.Time
	before  time.Time
	place   int64
}

// sound: lines of that class may have expired at that moment.
func (e expiry) sound() bool {
	return e.class != audit.Own && !e.before.IsZero() && !e.before.After(e.written.AddDate(0, 0, -least))
}
