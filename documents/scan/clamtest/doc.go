// Package clamtest starts a real clamd for tests, with signatures of its own and nothing of the machine's. For tests only.
package clamtest
