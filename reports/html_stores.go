package reports

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// How much of the register is folded together, and how many of the worst stores are named first.
const (
	foldedLines = 500
	worstStores = 20
)

// store is an asset in the register with findings that stand in it, a line each. One with more than a fold holds comes in pieces.
type store struct {
	probity.Ref
	ID        string // of the page, for those that are linked to
	About     string // kind, place, personal data
	Lists     []severityList
	Findings  int
	Unknown   int
	Continued bool // a piece of it came before
}

// severityList is the findings of one severity: "public-exposure: anybody can read it · infra/main.tf:3 · 3fe1…".
type severityList struct {
	Severity probity.Severity
	Lines    []message
	Hidden   int // beyond what the page holds
}

// fold is stores one after the other in the register, folded together so that a page of many opens at once.
type fold struct {
	Stores      []store
	First, Last string
	Findings    int
	Open        bool
}

// Severities are those of the findings in it, and "none" for stores without any.
func (s store) Severities() []string {
	if len(s.Lists) == 0 {
		return []string{"none"}
	}
	var out []string
	for _, l := range s.Lists {
		out = append(out, string(l.Severity))
	}
	return out
}

// Severities are those of its stores.
func (f fold) Severities() []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range f.Stores {
		for _, x := range s.Severities() {
			if !seen[x] {
				seen[x] = true
				out = append(out, x)
			}
		}
	}
	return out
}

// Folds yields the register, holding one fold at a time. What goes wrong ends it and is told by the page's writer.
func (v *view) Folds() iter.Seq[fold] {
	return func(yield func(fold) bool) {
		f, lines, small := fold{}, 0, v.Findings <= foldedLines
		give := func() bool {
			f.First, f.Last, f.Open = visible(f.Stores[0].Ref.ID), visible(f.Stores[len(f.Stores)-1].Ref.ID), small
			ok := yield(f)
			f, lines = fold{}, 0
			return ok
		}
		for s, err := range v.stores() {
			if err != nil {
				v.wrong = err
				return
			}
			f.Stores = append(f.Stores, s)
			f.Findings += s.Findings
			if lines += 1 + s.Findings; lines >= foldedLines && !small && !give() {
				return
			}
		}
		if len(f.Stores) > 0 {
			give()
		}
	}
}

// stores yields assets in which findings stand, or that hold personal data of their own. Assets and outcomes come sorted, so that
// one piece of a store is held at a time.
func (v *view) stores() iter.Seq2[store, error] {
	return func(yield func(store, error) bool) {
		next, stop := iter.Pull2(each(v.scan.Outcomes))
		defer stop()
		o, wrong, more := next()
		// take yields the store with all outcomes that are of it.
		take := func(s store, always bool) bool {
			for ; more && wrong == nil && o.Asset == s.Ref; o, wrong, more = next() {
				for piece := range s.add(o, v) {
					if !yield(piece.sorted(v), nil) {
						return false
					}
				}
			}
			return s.Findings == 0 && (s.Continued || !always) || yield(s.sorted(v), nil)
		}
		// astray are outcomes whose asset stands nowhere, or out of order.
		astray := func(before func(probity.Ref) bool) bool {
			for more && wrong == nil && before(o.Asset) {
				if !take(store{Ref: o.Asset}, false) {
					return false
				}
			}
			return true
		}
		for a, err := range each(v.scan.Assets) {
			if err = first(err, wrong); err != nil {
				yield(store{}, err)
				return
			}
			s, own := newStore(v.in, a)
			if !astray(func(r probity.Ref) bool { return r.Compare(a.Ref) < 0 }) || !take(s, own) {
				return
			}
		}
		if astray(func(probity.Ref) bool { return true }) && wrong != nil {
			yield(store{}, wrong)
		}
	}
}

// newStore also reports whether the asset holds personal data of its own.
func newStore(in *language.Language, a probity.Asset) (s store, own bool) {
	categories := categoryWords(in, listed{Asset: a}.Own())
	about := slices.DeleteFunc([]string{visible(string(a.Kind)), where(a), categories}, func(s string) bool { return s == "" })
	return store{Ref: a.Ref, About: strings.Join(about, " · ")}, categories != ""
}

// add counts an outcome and writes down its findings, as far as the page has room; a piece that is full is yielded.
func (s *store) add(o probity.Outcome, v *view) iter.Seq[store] {
	return func(yield func(store) bool) {
		if o.Verdict == probity.Unknown {
			s.Unknown++
		}
		if o.Verdict != probity.Fail {
			return
		}
		for _, f := range o.Findings {
			if !f.Stands() {
				continue
			}
			s.line(o, f, v)
			if s.Findings < foldedLines {
				continue
			}
			if !yield(*s) {
				return
			}
			s.Lists, s.Findings, s.Unknown, s.Continued = nil, 0, 0, true
		}
	}
}

func (s *store) line(o probity.Outcome, f probity.Finding, v *view) {
	s.Findings++
	sev := cmp.Or(known(f.Risk.Severity), probity.Low)
	i := slices.IndexFunc(s.Lists, func(l severityList) bool { return l.Severity == sev })
	if i < 0 {
		i = len(s.Lists)
		s.Lists = append(s.Lists, severityList{Severity: sev})
	}
	if v.most == 0 {
		s.Lists[i].Hidden++
		return
	}
	v.most--
	s.Lists[i].Lines = append(s.Lists[i].Lines, registerLine(o, f, v.message(o.Rule, f)))
}

// registerLine is a finding on a line: rule, what, where, and what probity explain takes.
func registerLine(o probity.Outcome, f probity.Finding, said message) message {
	line := visible(o.Rule) + ": " + visible(said.Text)
	if at := place(f); at != visible(o.Asset.ID) {
		line += " · " + at
	}
	if f.Element != "" {
		line += " · " + visible(f.Element)
	}
	if h := handle(f); h != "" {
		line += " · " + h
	}
	return message{line, said.English}
}

// Alone reports whether the store has one line and no more.
func (s store) Alone() bool { return s.Findings == 1 && len(s.Lists[0].Lines) == 1 }

// sorted puts the worst first and gives those that are linked to their place in the page.
func (s store) sorted(v *view) store {
	slices.SortFunc(s.Lists, func(a, b severityList) int { return worse(a.Severity, b.Severity) })
	s.ID = v.linked[s.Ref]
	delete(v.linked, s.Ref) // the first piece alone
	return s
}
