package gate

import (
	"iter"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// absence is a finding that was there before and is not in a scan: it is gone only where the scan proves it.
type absence struct {
	rule    string
	finding probity.Finding
	kind    probity.Kind // of its asset, where it is known
	scope   probity.Scope
	why     string // for one that was not seen
}

type ruleAt struct {
	rule string
	at   probity.Ref
}

// closed tells findings that are gone on evidence from those that the scan did not see: the rule was not asked, its verdict
// is unknown, or the asset is not there and its listing is open.
func closed(scan probity.Scan, missing []absence) (gone, unseen []absence, err error) {
	if len(missing) == 0 {
		return nil, nil, nil
	}
	moved, err := formerly(scan)
	if err != nil {
		return nil, nil, err
	}
	now := func(m absence) probity.Ref {
		if to, ok := moved[m.finding.Asset]; ok {
			return to
		}
		return m.finding.Asset
	}
	asked, verdicts, there := map[string]string{}, map[ruleAt]probity.Verdict{}, map[probity.Ref]bool{} // rules by all names that they have or had
	for _, r := range scan.Rules {
		for _, id := range r.Aliases {
			asked[id] = r.ID
		}
	}
	for _, r := range scan.Rules {
		asked[r.ID] = r.ID
	}
	for _, m := range missing {
		verdicts[ruleAt{asked[m.rule], now(m)}] = ""
	}
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return nil, nil, err
		}
		there[o.Asset] = true
		if _, ok := verdicts[ruleAt{o.Rule, o.Asset}]; ok {
			verdicts[ruleAt{o.Rule, o.Asset}] = o.Verdict
		}
	}
	partly := map[string]bool{} // by fingerprint: the rule fails for something else, and the fact is not known whole
	failing := map[probity.Ref][]absence{}
	for _, m := range missing {
		if ref := now(m); verdicts[ruleAt{asked[m.rule], ref}] == probity.Fail {
			failing[ref] = append(failing[ref], m)
		}
	}
	for a, err := range each(scan.Assets) {
		if err != nil {
			return nil, nil, err
		}
		there[a.Ref] = true
		for _, m := range failing[a.Ref] {
			partly[m.finding.Fingerprint] = !Whole(&a, m.finding.Fact)
		}
	}
	l, err := ListingsOf(scan)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range missing {
		ref := now(m)
		v := verdicts[ruleAt{asked[m.rule], ref}]
		switch {
		case asked[m.rule] == "":
			m.why = "the rule was not asked"
		case v == probity.Unknown:
			m.why = "the verdict is unknown now"
		case partly[m.finding.Fingerprint]:
			m.why = "the fact is known in part only"
		case v != "":
		case there[ref]:
			if l.stopped {
				m.why = "the scan was not finished"
			}
		case !l.Whole(ref, m.kind, m.scope):
			m.why = "this scan does not show that the asset is gone"
		}
		if m.why == "" {
			gone = append(gone, m)
		} else {
			unseen = append(unseen, m)
		}
	}
	return gone, unseen, nil
}

// Whole reports whether a fact of an asset is known whole. Where a rule fails for something in the known part alone, what it failed for
// before may be in the other one: nobody looked, a sample missed it, a permission was lost.
func Whole(a *probity.Asset, fact probity.Path) bool {
	for p, l := range probity.Leaves(a) {
		around := covers(p, fact)
		if !around && !covers(fact, p) {
			continue
		}
		_, gap := l.Value()
		if gap == nil || gap.Reason == probity.NotApplicable || gap.Reason == probity.NotCollected && !around { // settings that a source never tells
			continue
		}
		return false
	}
	return true
}

// covers reports whether a path is another one, or in it.
func covers(prefix, p probity.Path) bool {
	rest, ok := strings.CutPrefix(string(p), string(prefix))
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// formerly maps what assets were called before to what they are called now.
func formerly(scan probity.Scan) (map[probity.Ref]probity.Ref, error) {
	names, err := formerNames(scan)
	out := map[probity.Ref]probity.Ref{}
	for now, all := range names {
		for _, f := range all {
			out[f] = now
		}
	}
	return out, err
}

// Listings are what a scan listed: whole, or open.
type Listings struct {
	rows    []probity.Coverage
	stopped bool // the run itself could not do all: nothing is whole
}

// ListingsOf walks a scan's coverage.
func ListingsOf(scan probity.Scan) (Listings, error) {
	var l Listings
	for _, t := range scan.Trouble {
		l.stopped = l.stopped || !strings.HasPrefix(t.What, "rule ") && t.What != "configuration"
	}
	for c, err := range each(scan.Coverage) {
		if err != nil {
			return l, err
		}
		if c.Path == "" {
			l.rows = append(l.rows, c)
		}
	}
	return l, nil
}

// Whole reports whether the scan listed all assets of the kind where the asset was: under a name that its ID begins with, or in
// the account and region that it is of.
func (l Listings) Whole(ref probity.Ref, kind probity.Kind, scope probity.Scope) bool {
	if l.stopped {
		return false
	}
	listed := false
	for _, c := range l.rows {
		if c.Kind != "" && kind != "" && c.Kind != kind || !around(c.On, ref) && !inside(c, ref, scope) {
			continue
		}
		if c.Gap != nil {
			return false
		}
		listed = listed || c.Kind == kind
	}
	return listed
}

// Stopped reports whether the run itself could not do all: then nothing is known to be gone.
func (l Listings) Stopped() bool { return l.stopped }

// Asked reports whether the scan tried to list assets of the kind where the asset is.
func (l Listings) Asked(ref probity.Ref, kind probity.Kind, scope probity.Scope) bool {
	return slices.ContainsFunc(l.rows, func(c probity.Coverage) bool {
		return c.Kind == kind && (around(c.On, ref) || inside(c, ref, scope))
	})
}

// inside reports whether a listing is of the account, and the region, that an asset is in. One that says no region is of all; an
// asset that is in none may be told by any of them, so that all have to be whole.
func inside(c probity.Coverage, ref probity.Ref, scope probity.Scope) bool {
	return c.On.Root == "" && ref.Root == "" && scope.Account != "" && c.Scope.Provider == scope.Provider && c.Scope.Account == scope.Account &&
		(c.Scope.Region == "" || scope.Region == "" || c.Scope.Region == scope.Region)
}

// around reports whether a listing is of what holds the asset: its root, or what its ID begins with.
func around(on, ref probity.Ref) bool {
	if on.Root != "" || ref.Root != "" {
		return on.Root == ref.Root
	}
	rest, ok := strings.CutPrefix(ref.ID, on.ID)
	return ok && (rest == "" || on.ID == "" || strings.ContainsRune("/.:", rune(rest[0])))
}

// each is the sequence, or nothing where a scan has none.
func each[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	if seq == nil {
		return func(func(T, error) bool) {}
	}
	return seq
}
