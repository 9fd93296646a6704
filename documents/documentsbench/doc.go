// Package documentsbench measures this project's documents against the usual tools in the same run: personal copies against
// whole-file watermarking by pdfcpu and `qpdf --overlay`, text with boxes against `pdftotext -bbox`. The harness of
// `make bench` opens a Bench, asks for its rows one after the other and prints them; a row's name begins with the number of its target.
//
// Figures are processor time (user and system, children included), medians of alternating rounds: wall time on a shared machine
// says little. What does not belong here: targets and printing. Start reading at copy.go.
package documentsbench
