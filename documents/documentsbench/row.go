package documentsbench

import (
	"slices"
	"syscall"
	"time"
)

// Row is one line of the table: Name is act and file ("personal copy, 500 pages"), Value ours in Unit, Ratio = competitor / ours
// for times (ours / competitor for speeds): above 1 is better.
type Row struct {
	Name       string
	Value      float64
	Unit       string
	Competitor string
	Ratio      float64
}

const rounds = 5

// contender is one way to do the act.
type contender struct {
	name  string
	run   func() error
	times int // runs per round, for acts that are too short for the clock
}

// compare runs all contenders in turn, rounds times, and returns each one's median processor seconds per run.
func compare(all []contender) ([]float64, error) {
	took := make([][]float64, len(all))
	for range rounds {
		for i, c := range all {
			before := processorTime()
			for range max(1, c.times) {
				if err := c.run(); err != nil {
					return nil, err
				}
			}
			took[i] = append(took[i], (processorTime()-before).Seconds()/float64(max(1, c.times)))
		}
	}
	out := make([]float64, len(all))
	for i, t := range took {
		slices.Sort(t)
		out[i] = max(t[len(t)/2], 1e-9)
	}
	return out, nil
}

// processorTime of this process and of its ended children.
func processorTime() time.Duration {
	var sum time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var r syscall.Rusage
		if syscall.Getrusage(who, &r) == nil {
			sum += time.Duration(r.Utime.Nano() + r.Stime.Nano())
		}
	}
	return sum
}
