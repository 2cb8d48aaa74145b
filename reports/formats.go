package reports

import (
	"io"

	"github.com/probity-scan/probity"
)

// Format is one way to write a scan.
type Format struct {
	Name  string // as in -o name=path
	About string
	Write func(io.Writer, probity.Scan) error
}

// Formats lists the formats, with their defaults.
func Formats() []Format {
	return []Format{
		{"json", "the whole scan, one element a line; other commands read it", JSON},
		{"sarif", "SARIF 2.1.0 for code hosts and vulnerability managers", func(w io.Writer, s probity.Scan) error { return SARIF(w, s, SARIFOptions{}) }},
		{"html", "one self-contained page for people", func(w io.Writer, s probity.Scan) error { return HTML(w, s, HTMLOptions{}) }},
		{"text", "the terminal's summary", func(w io.Writer, s probity.Scan) error { return Summary(w, s, SummaryOptions{}) }},
	}
}
