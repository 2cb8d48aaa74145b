package reports

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/probity-scan/probity"
)

// reasonWords is a gap's reason after a colon: "labels: unreadable".
func reasonWords(r probity.Reason) string {
	switch r {
	case probity.Denied:
		return "not allowed to read"
	case probity.DeniedByOrg:
		return "forbidden by the organisation"
	case probity.Expired:
		return "credentials expired"
	case probity.Throttled:
		return "throttled by the provider"
	case probity.Timeout:
		return "took too long"
	case probity.Computed:
		return "known only after apply"
	case probity.Unresolved:
		return "could not be resolved"
	case probity.Undeclared:
		return "not declared"
	case probity.Sampled:
		return "read in part"
	case probity.Filtered:
		return "left out on request"
	case probity.NotCollected:
		return "not told by this target"
	case probity.NotApplicable:
		return "does not apply"
	}
	return visible(string(r)) // unreachable, unreadable, failed
}

// because is a gap after a colon, with what happened and what would help.
func because(g probity.Gap) string {
	s := reasonWords(g.Reason)
	if g.Because != "" {
		s += " (" + g.Because + ")"
	}
	switch {
	case g.Needs == "":
	case strings.HasSuffix(g.Needs, "?"):
		s += "; answer: " + g.Needs
	default:
		s += "; needs " + g.Needs
	}
	return visible(s)
}

// factsText is "labels and 2 more facts", the most frequent first.
func factsText(facts map[probity.Path]int) string {
	all := byCount(facts)
	switch len(all) {
	case 0:
		return "a fact"
	case 1:
		return visible(string(all[0]))
	}
	return visible(string(all[0])) + " and " + Plural(len(all)-1, "more fact")
}

// gapLine is one gap in words: "12 outcomes unknown, for want of encryption.at_rest: known only after apply".
func gapLine(g GapCount) string {
	return fmt.Sprintf("%s unknown, for want of %s: %s", Plural(g.Outcomes, "outcome"), factsText(g.Facts), because(g.Gap))
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

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

const maxValue = 240 // characters of a value that are shown

// valueText is a fact's value on one line. Where it is cut, its length is told.
func valueText(v any) string {
	if s, ok := v.(string); ok {
		return cut(visible(s))
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("a value of type %T", v)
	}
	var labels []probity.Label
	if json.Unmarshal(b, &labels) == nil && len(labels) > 0 && labels[0].Detector != "" {
		return cut(labelsText(labels))
	}
	var text probity.Optional[string]
	if json.Unmarshal(b, &text) == nil && text.Set && text.Value != "" {
		return cut(visible(text.Value))
	}
	return cut(visible(string(b)))
}

func cut(s string) string {
	n := utf8.RuneCountInString(s)
	if n <= maxValue {
		return s
	}
	return short(s, maxValue) + " (" + thousands(n) + " characters in all)"
}

// labelsText is "health in diagnosis (655 of 1,200 rows), …".
func labelsText(labels []probity.Label) string {
	var s []string
	for _, l := range labels {
		s = append(s, visible(string(l.Category)+" in "+l.On)+" ("+counted(l)+")")
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
