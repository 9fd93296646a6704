package httpkit

import (
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

// Limiter lets each asker ask so many times in a minute, evenly refilled; it forgets askers who have been quiet. A whole town
// hall may sit behind one address, so limits on addresses must be generous.
type Limiter struct {
	perMinute float64
	clock     council.Clock

	mu      sync.Mutex
	buckets map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// maxBuckets bounds the memory (about 10 MB); beyond it the full ones, which say nothing, are dropped.
const maxBuckets = 100_000

// NewLimiter allows perMinute requests a minute and asker, at once or spread.
func NewLimiter(perMinute int, clock council.Clock) *Limiter {
	return &Limiter{perMinute: float64(perMinute), clock: clock, buckets: map[string]bucket{}}
}

// Limit answers 429 with Retry-After when the asker is too fast.
func (l *Limiter) Limit(c *fiber.Ctx) error {
	if wait := l.take(Asker(c)); wait > 0 {
		seconds := strconv.Itoa(int(wait/time.Second) + 1)
		c.Set(fiber.HeaderRetryAfter, seconds)
		return council.E(council.Unavailable, "error.too_many_requests", "seconds", seconds)
	}
	return c.Next()
}

// take uses up one request; the answer is how long to wait when there is none left.
func (l *Limiter) take(asker string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if len(l.buckets) >= maxBuckets {
		for k, b := range l.buckets {
			if l.filled(b, now) >= l.perMinute {
				delete(l.buckets, k)
			}
		}
		if len(l.buckets) >= maxBuckets {
			clear(l.buckets) // a flood from many addresses: start anew rather than grow
		}
	}
	b, known := l.buckets[asker]
	left := l.perMinute
	if known {
		left = l.filled(b, now)
	}
	if left < 1 {
		return time.Duration((1 - left) / l.perMinute * float64(time.Minute))
	}
	l.buckets[asker] = bucket{left: left - 1, at: now}
	return 0
}

func (l *Limiter) filled(b bucket, now time.Time) float64 {
	return min(l.perMinute, b.left+now.Sub(b.at).Minutes()*l.perMinute)
}

// Asker names who asks, for limits: the signed-in person, else the address, for IPv6 the /64 that one line usually has.
func Asker(c *fiber.Ctx) string {
	if v := Viewer(c); v.SignedIn() {
		return "p:" + string(v.Person())
	}
	ip, err := netip.ParseAddr(c.IP())
	if err != nil {
		return "a:" + c.IP()
	}
	ip = ip.Unmap()
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return "a:" + p.String()
		}
	}
	return "a:" + ip.String()
}
