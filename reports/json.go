package reports

import (
	"io"

	"github.com/probity-scan/probity"
)

// Document is a scan as JSON has it, for the schema and for tests; writers and readers never hold one.
type Document struct {
	probity.Header
	Coverage []probity.Coverage `json:"coverage"`
	Assets   []probity.Asset    `json:"assets"`
	Outcomes []probity.Outcome  `json:"outcomes"`
	End      End                `json:"end"`
}

// End closes the document and counts what came before; a file without it was cut off.
type End struct {
	Coverage int `json:"coverage"`
	Assets   int `json:"assets"`
	Outcomes int `json:"outcomes"`
}

// JSON writes the scan as docs/formats/scan.md tells: one document, one element a line. Memory does not grow with it.
func JSON(w io.Writer, scan probity.Scan) error {
	s := newStream(w)
	s.text("{")
	s.members(header(scan.Header))
	var end End
	s.text(",\n\"coverage\":[")
	end.Coverage = elements(s, scan.Coverage)
	s.text("],\n\"assets\":[")
	end.Assets = elements(s, scan.Assets)
	s.text("],\n\"outcomes\":[")
	end.Outcomes = elements(s, scan.Outcomes)
	s.text("],\n\"end\":")
	s.value(end)
	s.text("}\n")
	return s.close()
}

// header fills in the format, and empty lists where JSON would have null.
func header(h probity.Header) probity.Header {
	h.Format = probity.Format
	if h.Targets == nil {
		h.Targets = []string{}
	}
	if h.Rules == nil {
		h.Rules = []probity.Rule{}
	}
	if h.Frameworks == nil {
		h.Frameworks = []probity.Framework{}
	}
	return h
}
