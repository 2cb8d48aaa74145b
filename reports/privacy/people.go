package privacy

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// Records is how much a breach of stores would concern.
type Records struct {
	AtLeast  int       `json:"records_at_least"` // that hold personal data for sure, of those that were counted
	AtMost   int       `json:"records_at_most"`  // rows, items or objects that the stores hold in all; with Unknown only of those that were counted
	AllThose bool      `json:"bounded"`          // AtMost is an upper bound: each store was counted
	Unknown  []Uncount `json:"unknown,omitempty"`
	Guessed  int       `json:"records_estimated,omitempty"` // of those that nobody counted, as their servers think
	Cells    bool      `json:"cells"`                       // files were counted by filled cells: each may be of a record of its own
	People   int       `json:"people_estimate"`             // about how many different people are in the place with most; 0: no estimate
	Apart    int       `json:"people_apart"`                // about how many they are if no two files or tables hold the same person
	By       *Estimate `json:"people_by,omitempty"`
}

// Uncount is a store of which nobody knows how many records it holds.
type Uncount struct {
	Store string `json:"store"`
	Why   string `json:"why"`
}

// Estimate is how people were counted: by the different values of one place, carried over from what was read to all.
type Estimate struct {
	Store    string `json:"store"`
	On       string `json:"on"`
	Detector string `json:"detector"`
	Distinct int    `json:"distinct"` // values, in what was read
	Found    int    `json:"found"`
	Read     int    `json:"read"`
	Total    int    `json:"total"`
	Guessed  bool   `json:"total_estimated"` // the server thinks that it is so many, and nobody counted
	Method   string `json:"method"`          // how those were drawn that were read: all, random, spread, first …
	Summed   bool   `json:"summed"`          // over files, of which only the largest count of different values is known
}

// recordsOf counts what stores hold. People are estimated by the place with most: two places may hold the same people.
func (e *Estate) recordsOf(stores []probity.Asset) Records {
	r := Records{AllThose: len(stores) > 0}
	unknown := func(s probity.Asset, why string) {
		r.AllThose = false
		r.Unknown = append(r.Unknown, Uncount{name(s.Ref), why})
	}
	for _, s := range stores {
		labels := own(s)
		gap := e.read(s)
		if len(labels) == 0 {
			if gap != "" {
				unknown(s, gap)
			}
			continue
		}
		least, most, cells, known := counted(labels)
		switch {
		case !known:
			unknown(s, e.in.Say("nobody counted its records"))
		case gap != "" && cells: // of files that were not read nobody knows the size; a table's rows are all counted
			unknown(s, gap)
		}
		r.AtLeast, r.AtMost, r.Cells = r.AtLeast+least, r.AtMost+most, r.Cells || cells
		guess, apart := e.estimates[s.Ref], map[string]int{}
		if !known {
			r.Guessed += guess
		}
		for _, l := range labels {
			n, ok := l.Sample.Total.Get()
			if !ok && l.Sample.Unit != cellUnit {
				n = guess
			}
			if isDeclared(l) {
				continue
			}
			people := estimate(l, n)
			if file := fileOf(l); people > apart[file] {
				apart[file] = people
			}
			if people > r.People {
				r.People, r.By = people, &Estimate{Store: name(s.Ref), On: l.On, Detector: l.Detector, Distinct: min(l.Distinct, l.Found), Found: l.Found, Read: l.Sample.Read, Total: n, Guessed: !ok, Method: l.Sample.Method,
					Summed: l.Sample.Unit == cellUnit && strings.Contains(l.On, "*")}
			}
		}
		for _, n := range apart {
			r.Apart += n
		}
	}
	return r
}

// cellUnit is what files are counted by: the filled cells of a column, not its rows.
const cellUnit = "cells"

// counted is how many records the labels of one store speak of. The columns of a table have the same rows, so that the largest count
// stands. Of a file the filled cells of each column are known: two columns may be filled in the same rows or in none that both fill.
func counted(labels []probity.Label) (least, most int, cells, known bool) {
	type place struct{ file, on string }
	files, places := map[string]int{}, map[place]int{}
	known = true
	for _, l := range labels {
		n, ok := l.Sample.Total.Get()
		if !ok || isDeclared(l) {
			known = false
			n = 0
		}
		if l.Sample.Unit != cellUnit {
			least, most = max(least, l.Found), max(most, n)
			continue
		}
		cells = true
		file := fileOf(l)
		files[file] = max(files[file], l.Found)
		places[place{file, l.On}] = max(places[place{file, l.On}], n)
	}
	for _, n := range files {
		least += n
	}
	for _, n := range places {
		most += n
	}
	return least, max(least, most), cells, known
}

// fileOf is the file that a label of a folder was found in; a table is all one place.
func fileOf(l probity.Label) string {
	if l.Sample.Unit != cellUnit {
		return ""
	}
	if i := strings.LastIndexByte(l.On, ':'); i >= 0 {
		return l.On[:i]
	}
	return l.On
}

// estimate is about how many people a label speaks of: the different values in what was read, carried over to all.
func estimate(l probity.Label, total int) int {
	switch l.Category {
	case probity.Identifier, probity.Contact:
	default:
		return 0
	}
	if l.Found <= 0 || l.Sample.Read <= 0 || l.Distinct <= 0 {
		return 0
	}
	return int(math.Ceil(float64(total) * float64(min(l.Distinct, l.Found)) / float64(l.Sample.Read)))
}

// none reports whether there was no store to count in.
func (r Records) none() bool { return !r.AllThose && len(r.Unknown) == 0 }

// words are the count for people.
func (r Records) words(in *language.Language) string {
	s := in.Say("{n} at most", r.AtMost)
	switch {
	case r.none():
		return in.Say("not known: no store of it is in this scan")
	case !r.AllThose:
		s = in.Say("no upper bound; {n} were counted", r.AtMost)
	case r.AtLeast < r.AtMost:
		s = in.Say("{n} at most, of which at least {least} hold personal data", r.AtMost, r.AtLeast)
	}
	if r.Guessed > 0 {
		s += "; " + in.Say("about {n} more, as the statistics of the server say", r.Guessed)
	}
	if r.Cells {
		s += ". " + in.Say("Of files the filled cells were counted, not the rows")
	}
	return s
}

// peopleWords are the estimate for people, with how it was made.
func (r Records) peopleWords(in *language.Language) string {
	if r.none() {
		return in.Say("not known: no store of it is in this scan")
	}
	if r.By == nil {
		return in.Say("no estimate: no identifier and no address was counted")
	}
	b := r.By
	s := in.Say("{what}: {text}", in.Say("about {n}, an estimate", r.People), in.Say("{distinct} different values ({detector}) in {read} read of {total}, at {place} of {store}", in.Number(b.Distinct), b.Detector, in.Number(b.Read), in.Number(b.Total), b.On, b.Store))
	if r.Apart > r.People {
		s += "; " + in.Say("about {n} if no two files or tables hold the same person", r.Apart)
	}
	if b.Guessed {
		s += "; " + in.Say("nobody counted all: it is what the statistics of the server say")
	}
	switch {
	case b.Summed:
		s += "; " + in.Say("of several files the one with most different values counts, so that there may be more")
	case b.Method != "all" && !slices.Contains([]string{"random", "blocks"}, b.Method):
		s += "; " + in.Say("what was read was not drawn by chance ({method})", cmp.Or(b.Method, "?"))
	}
	return s + ". " + in.Say("One person may have several values, and several people one.")
}

// unknowns are the stores that nobody counted, for people.
func (r Records) unknowns(in *language.Language) []string {
	var out []string
	for _, u := range r.Unknown {
		out = append(out, in.Say("Not counted: {store}: {why}", u.Store, u.Why))
	}
	return out
}
