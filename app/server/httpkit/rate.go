package httpkit

import (
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

// Limiter lets each asker ask so many times in a minute, evenly refilled; it forgets askers who have been quiet. A person counts
// for itself and for its address: one account that signs in from everywhere is held, and so is one address with many accounts; but
// a whole town hall may sit behind one address, so an address has the room of neighbours.
type Limiter struct {
	perMinute float64
	clock     council.Clock

	mu      sync.Mutex
	buckets map[string]bucket
}

// neighbours is how many signed-in persons may use their whole limit behind one address.
const neighbours = 20

type bucket struct {
	left float64
	most float64 // a minute, and when it is full
	at   time.Time
}

// maxBuckets bounds the memory (about 10 MB); beyond it the full ones, which say nothing, are dropped.
const maxBuckets = 100_000

// NewLimiter allows perMinute requests a minute and asker, at once or spread.
func NewLimiter(perMinute int, clock council.Clock) *Limiter {
	return &Limiter{perMinute: float64(perMinute), clock: clock, buckets: map[string]bucket{}}
}

// Limit answers 429 with Retry-After (RFC 6585, 4) when the asker is too fast.
func (l *Limiter) Limit(c *fiber.Ctx) error {
	wait := l.take(Asker(c), l.perMinute)
	if wait == 0 && Viewer(c).SignedIn() { // apart from the anonymous at that address: they must not hold up those who work there
		wait = l.take("n:"+Neighbourhood(c), neighbours*l.perMinute)
	}
	if wait > 0 {
		seconds := strconv.Itoa(int(wait/time.Second) + 1)
		c.Set(fiber.HeaderRetryAfter, seconds)
		return council.E(council.Unavailable, "error.too_many_requests", "seconds", seconds)
	}
	return c.Next()
}

// take uses up one request; the answer is how long to wait when there is none left.
func (l *Limiter) take(asker string, most float64) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if len(l.buckets) >= maxBuckets {
		for k, b := range l.buckets {
			if b.filled(now) >= b.most {
				delete(l.buckets, k)
			}
		}
		if len(l.buckets) >= maxBuckets {
			clear(l.buckets) // a flood from many addresses: start anew rather than grow
		}
	}
	left := most
	if b, known := l.buckets[asker]; known {
		left = min(most, b.filled(now))
	}
	if left < 1 {
		return time.Duration((1 - left) / most * float64(time.Minute))
	}
	l.buckets[asker] = bucket{left: left - 1, most: most, at: now}
	return 0
}

func (b bucket) filled(now time.Time) float64 {
	return min(b.most, b.left+now.Sub(b.at).Minutes()*b.most)
}

// Asker names who asks, for limits: the signed-in person, else the address.
func Asker(c *fiber.Ctx) string {
	if v := Viewer(c); v.SignedIn() {
		return "p:" + string(v.Person())
	}
	return "a:" + Neighbourhood(c)
}
