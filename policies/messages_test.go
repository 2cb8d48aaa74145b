package policies

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// TestMessagesSpeakToPeople: texts of built-in rules name no path, and those on single facts are on facts that the rule reads.
func TestMessagesSpeakToPeople(t *testing.T) {
	t.Parallel()
	for _, r := range builtinRules(t) {
		for _, text := range append(slices.Sorted(maps.Values(r.Messages)), r.Message) {
			if strings.Contains(text, "{fact}") {
				t.Errorf("%s: %q shows a path: say under messages what each fact means", r.ID, text)
			}
			if !strings.Contains(text, "{name}") && !strings.Contains(text, "{element}") {
				t.Errorf("%s: %q names nothing", r.ID, text)
			}
		}
		for fact := range r.Messages {
			if !slices.ContainsFunc(r.Reads, func(read probity.Path) bool { return within(fact, read) || within(read, fact) }) {
				t.Errorf("%s: messages speak of %s, which the rule does not read", r.ID, fact)
			}
		}
	}
}
