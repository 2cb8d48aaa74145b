package reports

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// reasonWords is a gap's reason after a colon: "labels: unreadable".
func reasonWords(in *language.Language, r probity.Reason) string {
	switch r {
	case probity.Denied:
		return in.Say("not allowed to read")
	case probity.DeniedByOrg:
		return in.Say("forbidden by the organisation")
	case probity.Expired:
		return in.Say("credentials expired")
	case probity.Throttled:
		return in.Say("throttled by the provider")
	case probity.Timeout:
		return in.Say("took too long")
	case probity.Computed:
		return in.Say("known only after apply")
	case probity.Unresolved:
		return in.Say("could not be resolved")
	case probity.Undeclared:
		return in.Say("not declared")
	case probity.Sampled:
		return in.Say("read in part")
	case probity.Filtered:
		return in.Say("left out on request")
	case probity.NotCollected:
		return in.Say("not told by this target")
	case probity.NotApplicable:
		return in.Say("does not apply")
	}
	return in.Say(visible(string(r))) // unreachable, unreadable, failed
}

// Because is a gap after a colon, with what happened and what would help. In another language than English, texts of scanners in it are
// between marks, which a Paper makes into markup or leaves out.
func Because(in *language.Language, g probity.Gap) string { return becauseOf(in, g, strange(in)) }

// becauseOf is Because, with texts that stand in English in every language as the function gives them.
func becauseOf(in *language.Language, g probity.Gap, strange func(string) string) string {
	s := reasonWords(in, g.Reason)
	if g.Because != "" {
		s += " (" + strange(g.Because) + ")"
	}
	switch {
	case g.Needs == "":
	case strings.HasSuffix(g.Needs, "?"):
		s = in.Say("{gap}; answer: {question}", s, strange(g.Needs))
	default:
		s = in.Say("{gap}; needs {what}", s, strange(g.Needs))
	}
	return s
}

// factsText is "labels and 2 more facts", the most frequent first.
func factsText(in *language.Language, facts map[probity.Path]int) string {
	all := byCount(facts)
	switch len(all) {
	case 0:
		return in.Say("a fact")
	case 1:
		return visible(string(all[0]))
	}
	return in.Say("{fact} and {n} more fact|{fact} and {n} more facts", visible(string(all[0])), len(all)-1)
}

// gapLine is one gap in words: "12 outcomes unknown, for want of encryption.at_rest: known only after apply".
func gapLine(g GapCount) string {
	return fmt.Sprintf("%s unknown, for want of %s: %s", Plural(g.Outcomes, "outcome"), factsText(nil, g.Facts), Because(nil, g.Gap))
}

// Plural is "1 outcome", "1,200 outcomes".
func Plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if strings.HasSuffix(what, "s") {
		what += "e"
	}
	return thousands(n) + " " + what + "s"
}

func thousands(n int) string { return (*language.Language)(nil).Number(n) }

const maxValue = 240 // characters of a value that are shown

// valueText is a fact's value on one line. Where it is cut, its length is told.
func valueText(in *language.Language, v any) string {
	if s, ok := v.(string); ok {
		return cut(in, visible(s))
	}
	b, err := json.Marshal(v)
	if err != nil {
		return in.Say("a value of type {type}", fmt.Sprintf("%T", v))
	}
	var labels []probity.Label
	if json.Unmarshal(b, &labels) == nil && len(labels) > 0 && labels[0].Detector != "" {
		return cut(in, labelsText(in, labels))
	}
	var text probity.Optional[string]
	if json.Unmarshal(b, &text) == nil && text.Set && text.Value != "" {
		return cut(in, visible(text.Value))
	}
	return cut(in, visible(string(b)))
}

func cut(in *language.Language, s string) string {
	n := utf8.RuneCountInString(s)
	if n <= maxValue {
		return s
	}
	return in.Say("{text} ({n} characters in all)", short(s, maxValue), n)
}

// labelsText is "health in diagnosis (655 of 1,200 rows), …".
func labelsText(in *language.Language, labels []probity.Label) string {
	var s []string
	for _, l := range labels {
		s = append(s, in.Say("{category} in {place} ({count})", in.Say(visible(string(l.Category))), visible(l.On), counted(in, l)))
	}
	return strings.Join(s, ", ")
}

// place is the file and line of a finding, or what stands for it.
func place(f probity.Finding) string {
	if p, ok := f.Place.Source(); ok {
		if p.Line > 0 {
			return visible(fmt.Sprintf("%s:%d", p.File, p.Line))
		}
		return visible(p.File)
	}
	return visible(f.Asset.ID)
}

// handle is the beginning of a finding's fingerprint, by which probity explain and probity waive take it. One that the view for
// pull requests made has none: it stands in no scan file.
func handle(f probity.Finding) string {
	if f.Fact == hiddenFact && f.Element == "" && f.Digest == "" {
		return ""
	}
	const long = 12
	return visible(f.Fingerprint[:min(long, len(f.Fingerprint))])
}
