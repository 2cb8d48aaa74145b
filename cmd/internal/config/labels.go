package config

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
)

// Label is what a person says of personal data in a store: that it is there, or what a label that was found is worth.
type Label struct {
	Store      string                `yaml:"store"`      // pattern over IDs and aliases
	Category   probity.Category      `yaml:"category"`   //
	Detector   string                `yaml:"detector"`   // of a declared label, default: declared; of others the one that found it
	On         string                `yaml:"on"`         // column or object path; of a label that was found a pattern, empty: any
	Verdict    probity.ReviewVerdict `yaml:"verdict"`    // default: declared; confirmed and rejected only from a file of --config
	Protection probity.Protection    `yaml:"protection"` // in which form values stand, where one knows
	By         string                `yaml:"by"`         // who says so
	At         string                `yaml:"at"`         // since when: 2026-11-20
	Reason     string                `yaml:"reason"`     //
	Until      string                `yaml:"until"`      // last day on which it holds: 2027-11-20
}

// label checks one entry. What makes less of what was found says who answers for it, and until when.
func (l *Loaded) label(i int, x Label) bool {
	bad := func(format string, args ...any) bool { return l.bad("labels", i, format, args...) }
	known := func(word string, words []string) bool { return word == "" || slices.Contains(words, word) }
	review := x.Verdict == probity.LabelConfirmed || x.Verdict == probity.LabelRejected
	switch {
	case !known(string(x.Verdict), x.Verdict.Values()):
		return bad("label of %s: verdict must be declared, confirmed or rejected", x.Store)
	case review && !l.trusted:
		return bad("label of %s: %s is taken only from a file given by --config, since this one may be a stranger's", x.Store, x.Verdict)
	case review && (x.Store == "" || x.Detector == "" && x.Category == "" || x.By == "" || x.At == "" || x.Reason == "" || x.Until == ""):
		return bad("a label that is %s needs store, detector or category, by, at, reason and until", x.Verdict)
	case !review && (x.Store == "" || x.Category == ""):
		return bad("a label needs store and category")
	case !known(string(x.Category), x.Category.Values()):
		return bad("label of %s: category must be one of %s", x.Store, strings.Join(x.Category.Values(), ", "))
	case !known(string(x.Protection), x.Protection.Values()):
		return bad("label of %s: protection must be one of %s", x.Store, strings.Join(x.Protection.Values(), ", "))
	}
	for key, day := range map[string]string{"at": x.At, "until": x.Until} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return bad("label of %s: %s must be a day such as 2027-01-31", x.Store, key)
		}
	}
	return false
}

// reviewed is the entry in the vocabulary.
func (x Label) reviewed(from *probity.Origin) pipeline.Reviewed {
	r := probity.Review{Verdict: cmp.Or(x.Verdict, probity.LabelDeclared), By: x.By, Reason: x.Reason, Origin: from}
	r.At, _ = time.Parse(time.DateOnly, x.At) // check took out the others
	if until, err := time.Parse(time.DateOnly, x.Until); err == nil {
		r.Until = until.AddDate(0, 0, 1)
	}
	return pipeline.Reviewed{Store: x.Store, On: x.On, Detector: x.Detector, Category: x.Category, Form: x.Protection, Review: r}
}
