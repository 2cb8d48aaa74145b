package privacy

import (
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
)

// paper begins a paper on the estate.
func (e *Estate) paper(title string, lead ...string) reports.Paper {
	return reports.Paper{Title: title, Lead: lead, Warning: e.warnings(), Made: e.Now, By: e.Scan.Tool,
		Facts: [][2]string{{"Scan of", strings.Join(e.Scan.Targets, ", ")}, {"Begun", e.Scan.Started.UTC().Format("2006-01-02 15:04 UTC")}, {"Draft", "for a person to complete and sign"}}}
}

// said is a fact's value, or that it is not known and why.
func said[T any](f probity.Fact[T], text func(T) string) string {
	if v, ok := f.Get(); ok {
		return text(v)
	}
	_, g := f.Value()
	return notKnown(g)
}

// notKnown is why something is not known.
func notKnown(g *probity.Gap) string {
	why, needs := *g, g.Needs
	if why.Needs = ""; strings.Contains(needs, "?") { // a question to the organisation
		return "not known (" + why.String() + "; " + needs + ")"
	}
	return "not known (" + g.String() + ")"
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func itself(s string) string { return s }
