package reports

import (
	"io"

	"github.com/probity-scan/probity"
)

// SummaryOptions are what the terminal is like.
type SummaryOptions struct{ Width int; Color bool }

// Summary is for the terminal.
func Summary(w io.Writer, scan probity.Scan, o SummaryOptions) error { return nil }
// HTMLOptions x.
type HTMLOptions struct{}
// HTML x.
func HTML(w io.Writer, scan probity.Scan, o HTMLOptions) error { return nil }
