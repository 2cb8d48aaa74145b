package privacy

import (
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// paper begins a paper on the estate.
func (e *Estate) paper(in *language.Language, title string, lead ...string) reports.Paper {
	return reports.Paper{Language: in, Title: title, Lead: lead, Warning: e.warnings(in), Made: e.Now, By: e.Scan.Tool,
		Facts: [][2]string{{in.Say("Scan of"), strings.Join(e.Scan.Targets, ", ")}, {in.Say("Begun"), moment(in, e.Scan.Started)}, {in.Say("Draft"), in.Say("for a person to complete and sign")}}}
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

func moment(in *language.Language, t time.Time) string {
	return in.Say("{day} {time} UTC", in.Day(t), t.UTC().Format("15:04"))
}

// worded says words of a list.
func worded[T ~string](in *language.Language, words []T) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = in.Say(string(w))
	}
	return out
}

func yes(b bool) string {
	if b {
		return language.Key("yes")
	}
	return language.Key("no")
}

func itself(s string) string { return s }
