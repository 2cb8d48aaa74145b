package personaldata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// Choice says which detectors run. A word is a detector, a category or a country.
type Choice struct {
	Only, Off []string
	Custom    []detectors.Custom
	Known     []string // test data that no detector is to find: see detectors.NewKnown
	Key       []byte   // that its digests were made under
}

// Choose gives the detectors of a choice. Each custom one is tried: it must find its examples and leave its
// counterexamples, in a column that it names.
func Choose(c Choice) ([]detectors.Detector, error) {
	all := detectors.All()
	for _, x := range c.Custom {
		d, err := x.Detector()
		if err != nil {
			return nil, fmt.Errorf("detector %q: %w", x.ID, err)
		}
		if slices.ContainsFunc(all, func(o detectors.Detector) bool { return o.ID == d.ID }) {
			return nil, fmt.Errorf("detector %q: there is one of this id", d.ID)
		}
		if err := prove(d); err != nil {
			return nil, fmt.Errorf("detector %q: %w", d.ID, err)
		}
		all = append(all, d)
	}
	if len(all) > most {
		return nil, fmt.Errorf("%d detectors of one's own are too many: %d have room", len(c.Custom), most-len(all)+len(c.Custom))
	}
	for _, word := range slices.Concat(c.Only, c.Off) {
		if !slices.ContainsFunc(all, func(d detectors.Detector) bool { return is(d, word) }) {
			return nil, fmt.Errorf("no detector, category or country %q: see probity detectors", word)
		}
	}
	named := func(d detectors.Detector, words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return is(d, w) })
	}
	all = slices.DeleteFunc(all, func(d detectors.Detector) bool {
		return len(c.Only) > 0 && !named(d, c.Only) || named(d, c.Off)
	})
	if len(c.Known) == 0 {
		return all, nil
	}
	known, err := detectors.NewKnown(c.Known, c.Key)
	return known.Leave(all), err
}

func is(d detectors.Detector, word string) bool {
	return d.ID == word || string(d.Category) == word || d.Country != "" && strings.EqualFold(d.Country, word)
}

// prove tries a detector alone. Errors count examples, since they may be personal data.
func prove(d detectors.Detector) error {
	tally := New(Options{Detectors: []detectors.Detector{d}})
	finds := func(value string) bool {
		tally.Clear()
		tally.Column("", d.Words[0]).Add([]byte(value))
		return len(tally.Labels()) > 0
	}
	for i, e := range d.Examples() {
		if !finds(e) {
			return fmt.Errorf("example %d is not found", i+1)
		}
	}
	for i, e := range d.Counterexamples {
		if finds(e) {
			return fmt.Errorf("counterexample %d is found", i+1)
		}
	}
	return nil
}
