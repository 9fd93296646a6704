//go:build race

package sandbox

// The race detector maps 1.9 GB at its start and shadows each byte of the heap several times over; the limits of a test binary
// built with it are wider by so much. The product's are not.
const (
	extraAddress   = 10 << 30
	residentFactor = 3
)
