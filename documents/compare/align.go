package compare

// mostSteps bounds the search for the fewest changes between two anchors: past it, the stretch counts as replaced.
const mostSteps = 400

// align finds equal words of a and b in order and reports them as runs, in order. Stretches that occur once hold the two together; what
// lies between them is searched for the fewest changes (E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986).
func align(a, b []int32, emit func(run)) { alignAt(a, b, 0, 0, 0, emit) }

func alignAt(a, b []int32, offA, offB int32, depth int, emit func(run)) {
	head := int32(0)
	for int(head) < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	if head > 0 {
		emit(run{offA, offB, head})
		a, b, offA, offB = a[head:], b[head:], offA+head, offB+head
	}
	tail := 0
	for tail < min(len(a), len(b)) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	end := run{offA + int32(len(a)-tail), offB + int32(len(b)-tail), int32(tail)}
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	if len(a) > 0 && len(b) > 0 {
		between(a, b, offA, offB, depth, emit)
	}
	if tail > 0 {
		emit(end)
	}
}

func between(a, b []int32, offA, offB int32, depth int, emit func(run)) {
	small := len(a)+len(b) <= 2*mostSteps
	if !small && depth < 12 {
		for _, k := range []int{6, 3, 1} {
			kept, _ := inOrder(anchors(a, b, k))
			if len(kept) == 0 {
				continue
			}
			var fromA, fromB int32
			for _, r := range kept {
				if r.a < fromA || r.b < fromB {
					continue
				}
				alignAt(a[fromA:r.a], b[fromB:r.b], offA+fromA, offB+fromB, depth+1, emit)
				emit(run{offA + r.a, offB + r.b, r.n})
				fromA, fromB = r.a+r.n, r.b+r.n
			}
			alignAt(a[fromA:], b[fromB:], offA+fromA, offB+fromB, depth+1, emit)
			return
		}
	}
	fewest(a, b, offA, offB, emit)
}

// fewest is the greedy search; it gives up without a result after mostSteps changes, when the texts are too far apart to be called
// versions of each other, unless they are so small that it must end.
func fewest(a, b []int32, offA, offB int32, emit func(run)) {
	n, m := int32(len(a)), int32(len(b))
	most := min(n+m, 2*mostSteps)
	v := make([]int32, 2*most+3)
	mid := most + 1
	var kept [][]int32 // v of each step, only the part that was reached
	for d := int32(0); d <= most; d++ {
		for k := -d; k <= d; k += 2 {
			var x int32
			if k == -d || k != d && v[mid+k-1] < v[mid+k+1] {
				x = v[mid+k+1]
			} else {
				x = v[mid+k-1] + 1
			}
			y := x - k
			for x < n && y < m && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[mid+k] = x
			if x >= n && y >= m {
				back(a, b, kept, d, offA, offB, emit)
				return
			}
		}
		kept = append(kept, append([]int32(nil), v[mid-d:mid+d+1]...))
	}
}

// back walks the way back from the end and reports the runs in order.
func back(a, b []int32, kept [][]int32, d int32, offA, offB int32, emit func(run)) {
	x, y := int32(len(a)), int32(len(b))
	var runs []run
	for ; d > 0; d-- {
		before := kept[d-1] // of step d-1: entries for k = -(d-1) .. d-1
		at := func(k int32) int32 {
			if k < -(d-1) || k > d-1 {
				return -1
			}
			return before[k+d-1]
		}
		k := x - y
		down := k == -d || k != d && at(k-1) < at(k+1)
		px := at(k-1) + 1
		pk := k - 1
		if down {
			px, pk = at(k+1), k+1
		}
		if n := x - px; n > 0 {
			runs = append(runs, run{offA + px, offB + px - k, n})
		}
		if down {
			x, y = px, px-pk
		} else {
			x, y = px-1, px-1-pk
		}
	}
	if x > 0 {
		runs = append(runs, run{offA, offB, x})
	}
	for i := len(runs) - 1; i >= 0; i-- {
		emit(runs[i])
	}
}
