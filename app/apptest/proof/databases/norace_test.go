//go:build !race

package databases

const raced = false
