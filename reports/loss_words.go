package reports

import (
	"fmt"
	"strings"

	"github.com/probity-scan/probity"
)

// lossLine is a cause with its places and what follows from it:
// "exports/visits.csv.gz: unreadable (unexpected end of gzip stream). So labels of files:exports are open".
func lossLine(l LossCount) string {
	if l.trouble || l.Gap.Reason.Loss() {
		s := l.Where() + ": " + because(l.Gap)
		if f := l.Follows(); f != "" {
			s = strings.TrimSuffix(s, "?") + ". So " + f
		}
		return s
	}
	if !l.things {
		s := l.Where() + ": " + because(l.Gap)
		if l.Things > 0 {
			s += "; " + thousands(l.Things) + " not read"
		}
		return s
	}
	g, verb := l.Gap, " left out"
	if g.Reason == probity.NotCollected {
		verb = " not looked into"
	}
	s := "1 file or folder" + verb
	switch {
	case l.parts && l.Things == 1:
		s = "1 part of the code not judged"
	case l.parts:
		s, g.Because = thousands(l.Things)+" parts of the code not judged", strings.Replace(g.Because, " it ", " them ", 1)
	case l.resources:
		s = Plural(l.Things, "resource") + verb
	case l.Things != 1:
		s = thousands(l.Things) + " files or folders" + verb
	}
	if g.Because != "" {
		s += ": " + visible(g.Because)
	}
	if g.Needs != "" {
		s += "; needs " + visible(g.Needs)
	}
	if l.Places > 0 {
		s += " (in " + some(l.places) + ")"
	}
	return s
}

// Where is what the run could not do, or the places in which it happened.
func (l LossCount) Where() string {
	switch {
	case len(l.run) > 0 && l.Places > 0:
		return strings.Join(l.run, ", ") + " (" + some(l.places) + ")"
	case len(l.run) > 0:
		return strings.Join(l.run, ", ")
	case l.Places > 0:
		return some(l.places)
	}
	return "other things"
}

// More is how many places are not named.
func (l LossCount) More() int { return l.Places - len(l.Examples) }

// Run is what the run itself could not do.
func (l LossCount) Run() []string { return l.run }

// Follows is what is not known for it: "labels of files:exports are open, and 36 rules undecided".
func (l LossCount) Follows() string {
	var s []string
	if l.unlisted {
		s = append(s, "stores may exist that are not listed")
	}
	switch {
	case l.open.n == 1:
		s = append(s, "labels of "+l.open.first[0]+" are open")
	case l.open.n > 1:
		s = append(s, "labels of "+Plural(l.open.n, "store")+" are open")
	}
	if l.facts.n > 0 {
		of := Plural(l.of.n, "asset")
		if l.of.n == 1 {
			of = l.of.first[0]
		}
		s = append(s, Plural(l.facts.n, "fact")+" of "+of+" "+is(l.facts.n)+" unknown")
	}
	switch {
	case l.outcomes > len(l.rules):
		s = append(s, fmt.Sprintf("%s of %s are undecided", Plural(l.outcomes, "outcome"), Plural(len(l.rules), "rule")))
	case l.outcomes > 0:
		s = append(s, Plural(l.outcomes, "rule")+" "+is(l.outcomes)+" undecided")
	}
	return join(s)
}

func is(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// join is "a, b, and c".
func join(s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + ", and " + s[len(s)-1]
}

// some names the first of many: "a, b, c and 58 more".
func some(s names) string {
	t := strings.Join(s.first, ", ")
	if n := s.n - len(s.first); n > 0 {
		t += " and " + thousands(n) + " more"
	}
	return t
}
