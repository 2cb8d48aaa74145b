package policies

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// outcome tells a rule's answer on an asset, with its evidence and findings.
func (p *panel) outcome(rule int, a *probity.Asset, said *answer, on *paper) probity.Outcome {
	r := &p.corpus.Rules[rule]
	o := probity.Outcome{Rule: r.ID, Asset: a.Ref, Verdict: said.Verdict}
	if said.failed != "" {
		g := probity.Gap{Reason: probity.Failed, Because: said.failed, Needs: "a mended rule"}
		o.Verdict = probity.Unknown
		o.Evidence = []probity.Evidence{{Asset: a.Ref, Gap: &g, Origin: &probity.Origin{File: r.Source.File, Line: r.Source.Line, Column: r.Source.Column}}}
		f := finding(r, a, "", "", "rule "+r.ID+" failed: "+said.failed)
		f.Digest = digestOf([]verdict.Missing{{Gap: g}})
		o.Findings = []probity.Finding{f}
		return o
	}
	switch said.Verdict {
	case probity.Fail:
		o.Evidence = on.evidence(&p.facts[rule], a)
		o.Findings = take(&on.findings, len(said.Violations))
		for i, viol := range said.Violations {
			x := &o.Findings[i]
			*x = finding(r, a, viol.Fact, viol.Element, message(r, a, viol))
			x.Place = placeOf(a, viol)
			x.Risk = said.weighed[i].risk(r, a)
			x.Digest = said.weighed[i].digest
		}
	case probity.Unknown, probity.NA:
		o.Evidence = take(&on.facts, len(said.Deciding))
		for i, d := range said.Deciding {
			e := probity.Evidence{Asset: a.Ref, Fact: d.Path, Gap: &said.Deciding[i].Gap} // shared by all assets of the same verdict
			e.Origin, _ = probity.OriginAt(a, d.Path)
			o.Evidence[i] = e
		}
		if said.Verdict == probity.Unknown {
			o.Findings = take(&on.findings, 1)
			f := &o.Findings[0]
			*f = finding(r, a, said.Deciding[0].Path, "", said.undecided.message)
			f.Place = placeOf(a, verdict.Violation{Fact: f.Fact})
			f.Digest = said.undecided.digest
		}
	}
	return o
}

// undecided is what is said of gaps that decide.
type undecided struct{ message, digest string }

// subject is an asset that is judged.
type subject struct {
	asset *probity.Asset
	sums  *sums // nil: nothing of it is remembered
	at    int   // which of the rules on assets of its kind is asked
	seen  *verdict.Node
	looks int // of rules that looked for themselves
}

// view is the asset as rules see it, made when somebody looks.
func (s *subject) view(p *panel) *verdict.Node {
	if s.seen == nil {
		s.seen = p.viewer.asset(s.asset, p.wanted[of{s.asset.Class, s.asset.Kind}])
	}
	return s.seen
}

// viewFor is what one rule sees of the asset, where few rules have to look.
func (s *subject) viewFor(p *panel, rule int) *verdict.Node {
	const few = 2
	if s.looks++; s.seen != nil || s.looks > few {
		return s.view(p)
	}
	return p.viewer.asset(s.asset, p.ready[rule].Wanted())
}

func finding(r *probity.Rule, a *probity.Asset, fact probity.Path, element, msg string) probity.Finding {
	return probity.Finding{
		Fingerprint: probity.Fingerprint(r.ID, a.Ref, fact, element), Asset: a.Ref, Fact: fact, Element: element, Message: msg,
		Risk: probity.Risk{Severity: r.Severity},
	}
}

// dependsOn names gaps as people say it: "encryption.at_rest, which is known only after apply".
func dependsOn(ms []verdict.Missing) string {
	var parts []string
	for i, m := range ms {
		if i == 3 {
			parts = append(parts, fmt.Sprintf("%d more", len(ms)-3))
			break
		}
		parts = append(parts, string(m.Path)+", which "+m.Gap.String())
	}
	return strings.Join(parts, "; and on ")
}

// orFirstRead names a fail whose violations differ from completion to completion by what the rule reads first.
func orFirstRead(vs []verdict.Violation, r *probity.Rule) []verdict.Violation {
	if len(vs) > 0 || len(r.Reads) == 0 {
		return vs
	}
	return []verdict.Violation{{Fact: r.Reads[0]}}
}

// paper is what outcomes are written on: room for some at a time, since most are short and there are very many.
type paper struct {
	facts    []probity.Evidence
	findings []probity.Finding
}

func take[T any](from *[]T, n int) []T {
	const some = 32
	if len(*from) < n {
		*from = make([]T, max(n, some))
	}
	out := (*from)[:n:n]
	*from = (*from)[n:]
	return out
}

// evidence lists the facts of the asset that the rule reads.
func (on *paper) evidence(f *facts, a *probity.Asset) []probity.Evidence {
	most := len(f.fields) + len(f.settings)
	if f.every {
		most = len(f.fields) + len(a.Settings)
	}
	out := take(&on.facts, most)[:0:most]
	for path, l := range f.of(a) {
		out = append(out, Evidence(a.Ref, path, l))
	}
	return out
}

// Evidence is a fact as a failure shows it.
func Evidence(of probity.Ref, path probity.Path, l probity.Leaf) probity.Evidence {
	v, g := l.Value()
	e := probity.Evidence{Asset: of, Fact: path, Gap: g, Origin: l.From()}
	if g == nil || isList(reflect.TypeOf(l)) {
		e.Value = Shown(v)
	}
	return e
}

// Shown bounds what one piece of evidence repeats of a long list.
func Shown(v any) any {
	const most = 5
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Slice && rv.Len() > most {
		return rv.Slice(0, most).Interface()
	}
	return v
}

func reads(r probity.Rule, path probity.Path) bool {
	for _, p := range r.Reads {
		if p == "" || within(path, p) || within(p, path) {
			return true
		}
	}
	return false
}

// within reports whether a path is another one or lies below it.
func within(p, of probity.Path) bool {
	return len(p) >= len(of) && p[:len(of)] == of && (len(p) == len(of) || p[len(of)] == '.')
}

// placeOf is the file and line to look at: the element's, the fact's, or the asset's own.
func placeOf(a *probity.Asset, v verdict.Violation) *probity.Origin {
	if v.Fact == "labels" {
		for _, l := range a.Labels.Items {
			if l.Origin != nil && speaksOf(v.Element, l) {
				if at := l.Origin.Place(); at != nil {
					return at
				}
			}
		}
	}
	path, _, _ := strings.Cut(string(v.Fact), "[")
	if from, ok := probity.OriginAt(a, probity.Path(path)); ok {
		if at := from.Place(); at != nil {
			return at
		}
	}
	return a.Origin.Place()
}

// speaksOf reports whether an element names a label: by where it is, by the object that it is in, or by what it is.
func speaksOf(element string, l probity.Label) bool {
	return element == l.On || element == string(l.Category) || element == l.Detector || l.On != "" && strings.HasSuffix(element, l.On) ||
		element != "" && strings.HasPrefix(l.On, element+":")
}

// message fills a rule's template. What it says changes no verdict, fingerprint or waiver.
func message(r *probity.Rule, a *probity.Asset, v verdict.Violation) string {
	known := func(f probity.Fact[string]) string {
		if s, ok := f.Get(); ok {
			return s
		}
		return "an unknown place"
	}
	return filled(cmp.Or(r.Messages[v.Fact], r.Message), func(word string) (string, bool) {
		switch word {
		case "name":
			return cmp.Or(a.Name, a.ID), true
		case "id":
			return a.ID, true
		case "kind":
			return string(a.Kind), true
		case "fact":
			return string(v.Fact), true
		case "element":
			return v.Element, true
		case "value":
			if l, ok := probity.LeafAt(a, v.Fact); ok {
				if x, g := l.Value(); g == nil {
					return shown(x), true
				}
			}
			return "", true
		case "country":
			return known(a.Location.Country), true
		case "region":
			return known(a.Location.Region), true
		}
		return "", false
	})
}

// filled puts what is said of words in braces into their place; what nothing is said of stays.
func filled(template string, say func(word string) (string, bool)) string {
	const room = 64 // of what is put in
	var out strings.Builder
	out.Grow(len(template) + room)
	for {
		before, after, ok := strings.Cut(template, "{")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		word, rest, _ := strings.Cut(after, "}")
		if text, known := say(word); known && len(word) < len(after) {
			out.WriteString(text)
			template = rest
			continue
		}
		out.WriteByte('{')
		template = after
	}
}

// shown is a value for people: of an optional one what is there, of a time its day.
func shown(x any) string {
	if v := reflect.ValueOf(x); v.Kind() == reflect.Struct && v.FieldByName("Set").IsValid() && v.FieldByName("Value").IsValid() {
		if v.FieldByName("Set").IsZero() {
			return "none"
		}
		x = v.FieldByName("Value").Interface()
	}
	if t, ok := x.(time.Time); ok {
		return t.UTC().Format(time.DateOnly)
	}
	return fmt.Sprint(x)
}
