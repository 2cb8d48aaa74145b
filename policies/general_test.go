package policies

import (
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// A rule that texts for pull requests may name reads labels, and says in its ID and title nothing of their sort.
func TestGeneralRulesNameNoCategory(t *testing.T) {
	t.Parallel()
	corpus, err := Load(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer corpus.Close()
	sorts := append(probity.Category("").Values(), "card", "iban", "sensitive", "diagnos", "identity", "national", "religion", "payment")
	general := 0
	for _, r := range corpus.Rules {
		if !r.General {
			continue
		}
		general++
		if !slices.Contains(r.Reads, "labels") {
			t.Errorf("%s reads no labels, so general says nothing", r.ID)
		}
		for _, word := range sorts {
			if strings.Contains(strings.ToLower(r.ID+" "+r.Title), word) {
				t.Errorf("%s says %q: it is not general", r.ID, word)
			}
		}
	}
	if general == 0 {
		t.Error("no rule is general")
	}
}
