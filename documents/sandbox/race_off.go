//go:build !race

package sandbox

const (
	extraAddress   = 0
	residentFactor = 1
)
