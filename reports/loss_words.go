package reports

import (
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// lossLine is a cause with its places and what follows from it:
// "exports/visits.csv.gz: unreadable (unexpected end of gzip stream). So labels of files:exports are open".
func lossLine(in *language.Language, l LossCount) string { return lossLineOf(in, l, visible) }

// lossLineOf is lossLine, with texts that stand in English in every language as the function gives them.
func lossLineOf(in *language.Language, l LossCount, strange func(string) string) string {
	if l.trouble || l.Gap.Reason.Loss() {
		s := in.Say("{what}: {text}", l.where(in, strange), becauseOf(in, l.Gap, strange))
		if f := l.Follows(in); f != "" {
			if whole, ok := strings.CutSuffix(s, "?"+strangeEnds); ok { // a question, as a page has it
				s = whole + strangeEnds
			}
			s = in.Say("{loss}. So {what}", strings.TrimSuffix(s, "?"), f)
		}
		return s
	}
	if !l.things {
		s := in.Say("{what}: {text}", l.where(in, strange), becauseOf(in, l.Gap, strange))
		if l.Things > 0 {
			s = in.Say("{gap}; {n} not read", s, l.Things)
		}
		return s
	}
	g, s := l.Gap, leftOut(in, l)
	if l.parts && l.Things != 1 {
		g.Because = strings.Replace(g.Because, " it ", " them ", 1)
	}
	if g.Because != "" {
		s = in.Say("{what}: {text}", s, strange(g.Because))
	}
	if g.Needs != "" {
		s = in.Say("{gap}; needs {what}", s, strange(g.Needs))
	}
	if l.Places > 0 {
		s = in.Say("{what} (in {places})", s, some(in, l.places))
	}
	return s
}

// leftOut is how many things without names were left out.
func leftOut(in *language.Language, l LossCount) string {
	seen := l.Gap.Reason != probity.NotCollected
	switch {
	case l.parts:
		return in.Say("{n} part of the code not judged|{n} parts of the code not judged", l.Things)
	case l.resources && seen:
		return in.Say("{n} resource left out|{n} resources left out", l.Things)
	case l.resources:
		return in.Say("{n} resource not looked into|{n} resources not looked into", l.Things)
	case seen:
		return in.Say("{n} file or folder left out|{n} files or folders left out", l.Things)
	}
	return in.Say("{n} file or folder not looked into|{n} files or folders not looked into", l.Things)
}

// Where is what the run could not do, or the places in which it happened.
func (l LossCount) Where(in *language.Language) string { return l.where(in, visible) }

func (l LossCount) where(in *language.Language, strange func(string) string) string {
	switch {
	case len(l.run) > 0 && l.Places > 0:
		return strange(strings.Join(l.run, ", ")) + " (" + some(in, l.places) + ")"
	case len(l.run) > 0:
		return strange(strings.Join(l.run, ", "))
	case l.Places > 0:
		return some(in, l.places)
	}
	return in.Say("other things")
}

// More is how many places are not named.
func (l LossCount) More() int { return l.Places - len(l.Examples) }

// Run is what the run itself could not do.
func (l LossCount) Run() []string { return l.run }

// Follows is what is not known for it: "labels of files:exports are open, and 36 rules undecided".
func (l LossCount) Follows(in *language.Language) string {
	var s []string
	if l.unlisted {
		s = append(s, in.Say("stores may exist that are not listed"))
	}
	switch {
	case l.open.n == 1:
		s = append(s, in.Say("labels of {store} are open", l.open.first[0]))
	case l.open.n > 1:
		s = append(s, in.Say("labels of {n} stores are open", l.open.n))
	}
	switch {
	case l.facts.n > 0 && l.of.n == 1:
		s = append(s, in.Say("{n} fact of {asset} is unknown|{n} facts of {asset} are unknown", l.facts.n, l.of.first[0]))
	case l.facts.n > 0:
		s = append(s, in.Say("{n} fact of {assets} assets is unknown|{n} facts of {assets} assets are unknown", l.facts.n, l.of.n))
	}
	switch {
	case l.outcomes > len(l.rules):
		s = append(s, in.Say("{n} outcome of {rules} is undecided|{n} outcomes of {rules} are undecided", l.outcomes, in.Say("{n} rule|{n} rules", len(l.rules))))
	case l.outcomes > 0:
		s = append(s, in.Say("{n} rule is undecided|{n} rules are undecided", l.outcomes))
	}
	return join(in, s)
}

// join is "a, b, and c".
func join(in *language.Language, s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return in.Say("{things}, and {thing}", strings.Join(s[:len(s)-1], ", "), s[len(s)-1])
}

// some names the first of many: "a, b, c and 58 more".
func some(in *language.Language, s names) string {
	t := strings.Join(s.first, ", ")
	if n := s.n - len(s.first); n > 0 {
		t = in.Say("{things} and {n} more", t, n)
	}
	return t
}
