package gate

import (
	"hash/fnv"

	"github.com/probity-scan/probity"
)

// Change is what a finding is beside another scan.
type Change string

// The changes, worst first.
const (
	Appeared Change = "new"
	Worse    Change = "worse"     // it was there with a lower severity, or over other facts
	Same     Change = "unchanged" // also: unknown before and failing now, on an asset that did not change
	Fixed    Change = "fixed"
	Unseen   Change = "not seen" // it was there, and this scan does not tell whether it still is
)

// Comparison holds a scan beside an earlier one.
type Comparison struct {
	base    map[string]probity.Gone    // findings of the base by fingerprint
	failed  map[string]bool            // those of a verdict fail
	before  map[ruleAt]probity.Verdict // fail and unknown
	former  map[probity.Ref][]probity.Ref
	aliases map[string][]string  // former names of rules, by name
	same    map[probity.Ref]bool // assets of both whose decided facts are equal where both know them
	written map[probity.Ref]bool // assets whose code is in a file that the change writes
	ignores map[string]bool      // of the base
	Fixed   []probity.Gone       // findings of the base that are gone on evidence
	Unseen  []NotSeen
}

// NotSeen is a finding of the base that the later scan cannot tell of.
type NotSeen struct {
	probity.Gone
	Why string `json:"why"`
}

// Compare reads two scans. Each is walked a few times; findings of the base alone are held.
func Compare(base, head probity.Scan) (*Comparison, error) {
	former, err := formerNames(head)
	if err != nil {
		return nil, err
	}
	c := &Comparison{base: map[string]probity.Gone{}, failed: map[string]bool{}, before: map[ruleAt]probity.Verdict{}, former: former,
		same: map[probity.Ref]bool{}, ignores: map[string]bool{}, aliases: map[string][]string{}}
	for _, r := range head.Rules {
		c.aliases[r.ID] = r.Aliases
	}
	for o, err := range each(base.Outcomes) {
		if err != nil {
			return nil, err
		}
		if o.Verdict == probity.Unknown || o.Verdict == probity.Fail {
			c.before[ruleAt{o.Rule, o.Asset}] = o.Verdict
		}
		for _, f := range o.Findings {
			c.base[f.Fingerprint] = probity.Gone{Rule: o.Rule, Finding: f}
			if o.Verdict == probity.Fail {
				c.failed[f.Fingerprint] = true
			}
		}
	}
	asked := map[probity.Ref]bool{} // assets that findings are on
	there := map[string]bool{}
	for o, err := range each(head.Outcomes) {
		if err != nil {
			return nil, err
		}
		for _, f := range o.Findings {
			asked[f.Asset] = true
			if fp, ok := c.known(o.Rule, f); ok && (o.Verdict == probity.Fail || !c.failed[fp]) {
				there[fp] = true
			}
		}
	}
	places, err := c.assets(base, head, asked)
	if err != nil {
		return nil, err
	}
	var missing []absence
	for fp, g := range c.base {
		if c.failed[fp] && !there[fp] {
			missing = append(missing, absence{rule: g.Rule, finding: g.Finding, kind: places[g.Asset].kind, scope: places[g.Asset].scope})
		}
	}
	gone, unseen, err := closed(head, missing)
	for _, m := range gone {
		c.Fixed = append(c.Fixed, probity.Gone{Rule: m.rule, Finding: m.finding})
	}
	for _, m := range unseen {
		c.Unseen = append(c.Unseen, NotSeen{probity.Gone{Rule: m.rule, Finding: m.finding}, m.why})
	}
	sortGone(c.Fixed)
	sortUnseen(c.Unseen)
	return c, err
}

// names are what an asset is and was called.
func (c *Comparison) names(r probity.Ref) []probity.Ref {
	return append([]probity.Ref{r}, c.former[r]...)
}

// known is the fingerprint under which the base has a finding.
func (c *Comparison) known(rule string, f probity.Finding) (string, bool) {
	if _, ok := c.base[f.Fingerprint]; ok {
		return f.Fingerprint, true
	}
	for _, id := range append([]string{rule}, c.aliases[rule]...) {
		for _, r := range c.names(f.Asset) {
			fp := probity.Fingerprint(id, r, f.Fact, f.Element)
			if _, ok := c.base[fp]; ok {
				return fp, true
			}
		}
	}
	return "", false
}

// Of tells what a finding of the later scan is.
func (c *Comparison) Of(rule string, v probity.Verdict, f probity.Finding) Change {
	was := c.was(rule, f)
	fp, ok := c.known(rule, f)
	switch {
	case v == probity.Unknown && was == probity.Fail, was == probity.Unknown && c.same[f.Asset] && !c.written[f.Asset]:
		return Same
	case ok && (was == v):
		return against(c.base[fp].Finding, f)
	}
	return Appeared
}

// was is the base's verdict.
func (c *Comparison) was(rule string, f probity.Finding) probity.Verdict {
	for _, id := range append([]string{rule}, c.aliases[rule]...) {
		for _, r := range c.names(f.Asset) {
			if v := c.before[ruleAt{id, r}]; v != "" {
				return v
			}
		}
	}
	return ""
}

// writes marks the assets of which a fact stands in a file that the change writes. It may be another block that changed there,
// but only the text would tell.
func (c *Comparison) writes(head probity.Scan, file func(string) bool) error {
	c.written = map[probity.Ref]bool{}
	known := map[string]bool{}
	wrote := func(o *probity.Origin) bool {
		at, ok := o.Source()
		if !ok {
			return false
		}
		if _, seen := known[at.File]; !seen {
			known[at.File] = file(at.File)
		}
		return known[at.File]
	}
	for a, err := range each(head.Assets) {
		if err != nil {
			return err
		}
		if !c.same[a.Ref] {
			continue
		}
		c.written[a.Ref] = wrote(a.Origin)
		for _, l := range probity.Leaves(a) {
			c.written[a.Ref] = c.written[a.Ref] || wrote(l.From())
		}
	}
	return nil
}

// against compares a finding with what it was.
func against(was, is probity.Finding) Change {
	if Stricter(was.Risk.Severity, is.Risk.Severity) || was.Digest != "" && was.Digest != is.Digest {
		return Worse
	}
	return Same
}

// place is where an asset is listed.
type place struct {
	kind  probity.Kind
	scope probity.Scope
}

// assets compares the facts of those assets that findings are on, and gives the kinds and scopes of the base's.
func (c *Comparison) assets(base, head probity.Scan, asked map[probity.Ref]bool) (map[probity.Ref]place, error) {
	wanted := map[probity.Ref]bool{}
	for r := range asked {
		for _, n := range c.names(r) {
			wanted[n] = true
		}
	}
	places, before := map[probity.Ref]place{}, map[probity.Ref]map[probity.Path]uint64{}
	for a, err := range each(base.Assets) {
		if err != nil {
			return nil, err
		}
		places[a.Ref] = place{a.Kind, a.Scope}
		if wanted[a.Ref] {
			before[a.Ref] = decided(a)
		}
		for _, i := range a.Ignores {
			c.ignores[ignoreKey(a.Ref, i)] = true
		}
	}
	for a, err := range each(head.Assets) {
		if err != nil {
			return nil, err
		}
		for _, n := range c.names(a.Ref) {
			if was, ok := before[n]; ok && asked[a.Ref] {
				c.same[a.Ref] = alike(was, decided(a))
				break
			}
		}
	}
	return places, nil
}

// decided are an asset's known facts, hashed.
func decided(a probity.Asset) map[probity.Path]uint64 {
	out := map[probity.Path]uint64{}
	for p, l := range probity.Leaves(a) {
		if _, g := l.Value(); g != nil {
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(probity.PlainFact(l)))
		out[p] = h.Sum64()
	}
	return out
}

func alike(a, b map[probity.Path]uint64) bool {
	for p, v := range a {
		if w, ok := b[p]; ok && v != w {
			return false
		}
	}
	return true
}
