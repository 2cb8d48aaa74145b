package history

import (
	"context"

	"github.com/probity-scan/probity"
)

// lookUp finds the findings of outcomes that the history knows, by all names that they may have had.
func (t *taker) lookUp(ctx context.Context, outcomes []probity.Outcome) (map[string]int64, error) {
	out := map[string]int64{}
	var ask []string
	for _, o := range outcomes {
		if o.Verdict != probity.Fail {
			continue
		}
		for _, f := range o.Findings {
			for _, name := range t.namesOf(o.Rule, f) {
				if id, ok := t.named[name]; ok {
					out[name] = id
				} else {
					ask = append(ask, name)
				}
			}
		}
	}
	if t.before == nil && t.version == 1 {
		return out, nil
	}
	for at := 0; at < len(ask); at += 500 {
		some := ask[at:min(at+500, len(ask))]
		err := t.s.each(ctx, t.s.read, "SELECT fingerprint, finding FROM finding_name WHERE fingerprint IN "+several(len(some)), anys(some), func(scan func(...any) error) error {
			var name string
			var id int64
			if err := scan(&name, &id); err != nil {
				return err
			}
			out[name] = id
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// namesOf are the fingerprints that a finding may be known by: the one that it is counted under first, then its own, and those
// from when its rule was called otherwise.
func (t *taker) namesOf(rule string, f probity.Finding) []string {
	ref := t.counts(f.Asset)
	out := []string{f.Fingerprint}
	if ref != f.Asset {
		out = []string{probity.Fingerprint(rule, ref, f.Fact, f.Element), f.Fingerprint}
	}
	for _, alias := range t.is.Rules[rule].Aliases {
		out = append(out, probity.Fingerprint(alias, ref, f.Fact, f.Element))
	}
	return out
}

// counts is the identity under which findings on an asset are counted.
func (t *taker) counts(ref probity.Ref) probity.Ref {
	if id, ok := t.ids[refKey(ref)]; ok {
		return t.lifeAt(id, ref).ref
	}
	return ref
}

// finding is the number of a finding, which is made where nobody knows it.
func (t *taker) finding(rule string, f probity.Finding, known map[string]int64) (id int64, fresh bool, err error) {
	names := t.namesOf(rule, f)
	for _, n := range names {
		if known := known[n]; known != 0 {
			id = known
			break
		}
	}
	if id == 0 {
		t.lastID.finding++
		id, fresh = t.lastID.finding, true
		on, err := t.numbered(f.Asset)
		if err != nil {
			return 0, false, err
		}
		t.w.add("finding", "id, fingerprint, rule, asset, fact, element, since", id, names[0], t.rule(rule), t.lifeAt(on, f.Asset).asset, string(f.Fact), f.Element, t.version)
	}
	for i, n := range names {
		if known[n] == 0 && (i == 0 || n == f.Fingerprint) {
			known[n], t.named[n] = id, id
			t.w.add("finding_name", "fingerprint, finding", n, id)
		}
	}
	return id, fresh, nil
}
