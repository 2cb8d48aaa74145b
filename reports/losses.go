package reports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// LossCount is one cause: everything that was lost, or left out, for the same reason. It is told once, with what follows.
type LossCount struct {
	What      string // the first place: "exports/visits.csv.gz", "rule my-rule"
	Gap       probity.Gap
	Times     int      // units, facts and troubles that say so
	Things    int      // things meant, where somebody counted
	Places    int      // files, calls and stores in which it happened
	Examples  []string // of them
	run       []string // what the run itself could not do
	told      bool     // by coverage or the run; facts then follow from it
	trouble   bool
	things    bool // that have no name: files left out
	resources bool // of code, and no files
	parts     bool // of code, as a whole
	unlisted  bool // stores may exist that nobody knows
	places    names
	open      names // assets whose labels are open
	facts     names // other facts not known
	of        names // the assets of these
	rules     map[string]bool
	outcomes  int
}

// lossKey tells causes apart.
type lossKey struct {
	needs, because string
	reason         probity.Reason
	trouble        bool // of a gap by nature, which is no loss elsewhere
	what           string
}

// Things without a name, by what they are.
const things, resources, parts = "things", "resources", "parts"

// Unchanged is how the reason begins for which parts of code are not judged where a change is.
const Unchanged = "nothing of it changed since "

// cause is the key of a gap. What befalls the run and not a thing in it has one cause, whatever was cut short.
func cause(g probity.Gap) lossKey {
	k := lossKey{needs: g.Needs, because: g.Because, reason: g.Reason}
	if g.Reason == probity.Timeout && g.Needs != "" {
		k.because = ""
	}
	return k
}

// loss gives the cause's entry. Beyond a limit, reasons are all that is kept.
func (c *counter) loss(k lossKey, g probity.Gap) *LossCount {
	l := c.losses[k]
	if l == nil && len(c.losses) >= maxGroups {
		k, g = lossKey{reason: k.reason, trouble: k.trouble, what: "other"}, probity.Gap{Reason: k.reason}
		l = c.losses[k]
	}
	if l == nil {
		l = &LossCount{Gap: g, trouble: k.trouble, rules: map[string]bool{}}
		c.losses[k] = l
	}
	return l
}

func (c *counter) stopped(t probity.Trouble) {
	k := cause(t.Gap)
	k.trouble = !t.Gap.Reason.Loss()
	l := c.loss(k, t.Gap)
	l.Times++
	l.told = true
	if len(l.run) < maxExamples {
		l.run = append(l.run, visible(t.What))
	}
}

func (c *counter) coverage(v probity.Coverage) {
	if v.Gap == nil {
		return
	}
	k := cause(*v.Gap)
	if !v.Gap.Reason.Loss() {
		switch k.what = things; {
		case v.Gap.Reason == probity.Filtered && strings.HasPrefix(v.Gap.Because, Unchanged):
			k.what = parts
		case v.On.Root != "":
			k.what = resources
		}
		if v.Path != "" || v.Count == 0 {
			k.what = string(v.Path)
		}
	}
	l := c.loss(k, *v.Gap)
	l.Times++
	l.told, l.things, l.resources, l.parts = true, slices.Contains([]string{things, resources, parts}, k.what), k.what == resources, k.what == parts
	l.Things += v.Count
	at := v.Origin.String()
	if at == "" || k.what != "" {
		at = cmp.Or(v.On.ID, at)
	}
	switch {
	case at == ".": // a Terraform root in itself
		at = v.On.Root
	case l.things:
		at = strings.TrimPrefix(at, "files:")
	}
	if at != "." { // all that was scanned needs no name
		l.places.add(visible(at))
	}
	switch {
	case v.Path != "":
		l.fact(v.On, v.Path)
	case v.Kind != "" || v.Class != "":
		l.unlisted = true
	}
}

// asset counts the losses among its facts: what no rule asked for was lost all the same.
func (c *counter) asset(a probity.Asset) {
	c.Assets++
	c.holds(a.Labels.Items)
	c.at = a
	for p, f := range probity.Losses(&c.at) {
		_, g := f.Value()
		at, ok := f.From().Source()
		if !ok {
			at, _ = a.Origin.Source()
		}
		k := c.known(*g)
		l := c.loss(k, *g)
		l.Times++
		l.fact(a.Ref, p)
		if !l.told || k == cause(*g) && at.File != "" && !l.places.below(visible(at.File)) { // the same befell another file
			l.places.add(visible(cmp.Or(at.File, a.ID)))
		}
	}
}

// undecided counts an outcome under the cause of its gap.
func (c *counter) undecided(o probity.Outcome, e probity.Evidence, seen map[*LossCount]bool) {
	if !e.Gap.Reason.Loss() {
		return
	}
	k := c.known(*e.Gap)
	l := c.losses[k]
	if l == nil {
		l = c.loss(k, *e.Gap)
		at, _ := e.Origin.Source()
		l.places.add(visible(cmp.Or(at.File, e.Asset.ID)))
	}
	if !seen[l] {
		seen[l] = true
		l.outcomes++
		l.rules[o.Rule] = true
	}
}

// known is the cause that has been told already, where a fact names its place as well: "main.tf:2:1: not valid Terraform".
func (c *counter) known(g probity.Gap) lossKey {
	k := cause(g)
	if c.losses[k] != nil {
		return k
	}
	for rest := g.Because; rest != ""; {
		_, rest, _ = strings.Cut(rest, ": ")
		g.Because = rest
		if j := cause(g); rest != "" && c.losses[j] != nil && c.losses[j].told {
			return j
		}
	}
	return k
}

func (l *LossCount) fact(a probity.Ref, p probity.Path) {
	if p == "labels" {
		l.open.add(visible(a.ID))
	} else if l.facts.add(a.Root + " " + a.ID + " " + string(p)) {
		l.of.add(visible(a.ID))
	}
}

// close fills in what readers see.
func (l *LossCount) close() LossCount {
	l.Places, l.Examples = l.places.n, l.places.first
	l.What = cmp.Or(strings.Join(l.run, ", "), strings.Join(l.Examples[:min(1, len(l.Examples))], ""), "other things")
	return *l
}

// names counts different names and keeps the first ones. Beyond a limit each counts as another one.
type names struct {
	first []string
	n     int
	seen  map[string]bool
}

// below reports whether a name that was kept lies in the folder.
func (s *names) below(folder string) bool {
	return slices.ContainsFunc(s.first, func(n string) bool { return strings.HasPrefix(n, folder+"/") })
}

func (s *names) add(name string) bool {
	if name == "" || s.seen[name] {
		return false
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	if len(s.seen) < maxNames {
		s.seen[name] = true
	}
	if len(s.first) < maxPlaces {
		s.first = append(s.first, name)
	}
	s.n++
	return true
}
