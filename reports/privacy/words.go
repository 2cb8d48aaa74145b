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
func said[T any](in *language.Language, f probity.Fact[T], text func(T) string) string {
	if v, ok := f.Get(); ok {
		return text(v)
	}
	_, g := f.Value()
	return notKnown(in, g)
}

// lasting is how long something is kept.
func lasting(in *language.Language) func(int) string {
	return func(n int) string { return in.Say("for {n} day|for {n} days", n) }
}

// days is a number of them, within a sentence.
func days(in *language.Language) func(int) string {
	return func(n int) string { return in.Say("{n} day|{n} days", n) }
}

// notKnown is why something is not known.
func notKnown(in *language.Language, g *probity.Gap) string {
	return in.Say("not known ({why})", reports.Because(in, *g))
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// dayIn is a day that is written as ISO 8601 has it, as the language writes it.
func dayIn(in *language.Language, s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return in.Day(t)
}

// moment is a time in UTC, and before that in its own zone, where it has another.
func moment(in *language.Language, t time.Time) string {
	utc := in.Say("{day} {time} UTC", in.Day(t), t.UTC().Format("15:04"))
	if name, offset := t.Zone(); offset != 0 {
		if name == "" {
			name = t.Format("-07:00")
		}
		at := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
		return in.Day(at) + " " + at.Format("15:04") + " " + name + " = " + utc
	}
	return utc
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
