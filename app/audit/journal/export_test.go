package journal

// Tag is for tests that forge.
var Tag = tag
