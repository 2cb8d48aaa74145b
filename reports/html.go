package reports

import (
	"io"

	"github.com/probity-scan/probity"
)

// HTMLOptions x.
type HTMLOptions struct{}

// HTML x.
func HTML(w io.Writer, scan probity.Scan, o HTMLOptions) error { return nil }
