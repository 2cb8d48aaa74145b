package suppressions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports/gate"
)

// Taken is what a suppression lets be of a scan: findings of one rule on one asset.
type Taken struct {
	Suppression
	Rule     string
	Asset    probity.Ref
	Accepted []string // digests of the findings
}

// Left is a suppression that lets nothing be, and why.
type Left struct {
	Suppression
	Why string
}

// Import is what becomes of suppressions.
type Import struct {
	Taken []Taken
	Left  []Left
	Again int // suppressions that speak only of what others have let be
}

// Match finds the findings of a scan that suppressions speak of. A finding is taken once, for the first of them; those that speak of
// a place come before those that speak of everything, since their reasons say more.
func Match(scan probity.Scan, said []Suppression, catalogue []policies.Check, now time.Time) (Import, error) {
	var out Import
	var asked []asked
	wanted := map[string]bool{}
	said = slices.Clone(said)
	slices.SortStableFunc(said, func(a, b Suppression) int { return cmp.Compare(b.About.bounds(), a.About.bounds()) })
	for _, s := range said {
		a, why := resolve(s, scan.Rules, catalogue, now)
		if why != "" {
			out.Left = append(out.Left, Left{s, why})
			continue
		}
		for rule := range a.rules {
			wanted[rule] = true
		}
		asked = append(asked, a)
	}
	found, err := candidates(scan, wanted)
	if err != nil {
		return out, err
	}
	done := map[string]bool{}
	for _, a := range asked {
		taken, again := a.take(found, done)
		out.Taken = append(out.Taken, taken...)
		switch {
		case len(taken) == 0 && again:
			out.Again++
		case len(taken) == 0:
			out.Left = append(out.Left, Left{a.Suppression, "nothing to waive: in this scan " + a.names() + " finds nothing there"})
		}
	}
	return out, nil
}

// asked is a suppression with the rules that answer its check, and the rows by which they do.
type asked struct {
	Suppression
	rules map[string][]policies.Check
}

// resolve finds the rules, or says why there are none.
func resolve(s Suppression, rules []probity.Rule, catalogue []policies.Check, now time.Time) (asked, string) {
	if s.Wrong != "" {
		return asked{}, s.Wrong
	}
	if end, err := time.Parse(time.DateOnly, s.Until); err == nil && !now.Before(end.AddDate(0, 0, 1)) {
		return asked{}, "its last day was " + s.Until
	}
	a, rows, left := asked{s, map[string][]policies.Check{}}, 0, ""
	for _, c := range catalogue {
		if !slices.ContainsFunc(c.Peers[s.Peer], s.means) && !(s.Peer == policies.Tfsec && slices.ContainsFunc(c.Peers[policies.Trivy], s.means)) &&
			!(s.Peer == policies.Trivy && slices.ContainsFunc(c.Peers[policies.Tfsec], s.means)) {
			continue
		}
		rows++
		left = cmp.Or(left, c.Left)
		for _, r := range rules {
			if c.AnsweredBy(r) {
				a.rules[r.ID] = append(a.rules[r.ID], c)
			}
		}
	}
	switch {
	case rows == 0:
		return a, "it is in no row of the catalogue: no check of data stores, or one that is not known here"
	case len(a.rules) == 0:
		return a, "no rule of this scan answers it" + strings.TrimSuffix(": "+left, ": ")
	}
	return a, ""
}

// means compares the check as it is written with a peer's ID. Trivy's had AVD- before them once.
func (s Suppression) means(id string) bool {
	written := s.Check
	if s.Peer == policies.Trivy || s.Peer == policies.Tfsec {
		written = strings.TrimPrefix(strings.ToUpper(written), "AVD-")
		id = strings.ToUpper(id)
	}
	return gate.Match(written, id)
}

func (a asked) names() string {
	var out []string
	for rule := range a.rules {
		out = append(out, rule)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// take gathers findings by rule and asset; again: there are some, and all were taken before.
func (a asked) take(found []candidate, done map[string]bool) (out []Taken, again bool) {
	for _, c := range found {
		speaks := slices.ContainsFunc(a.rules[c.rule], func(row policies.Check) bool { return row.Speaks(c.asset.Kind) })
		if !speaks || !a.About.holds(c) {
			continue
		}
		if c.finding.Waived() || done[c.finding.Fingerprint] {
			again = true
			continue
		}
		done[c.finding.Fingerprint] = true
		last := len(out) - 1
		if last < 0 || out[last].Rule != c.rule || out[last].Asset != c.finding.Asset {
			out = append(out, Taken{Suppression: a.Suppression, Rule: c.rule, Asset: c.finding.Asset})
			last++
		}
		if c.finding.Digest != "" {
			out[last].Accepted = append(out[last].Accepted, c.finding.Digest)
		}
	}
	for i := range out {
		slices.Sort(out[i].Accepted)
		out[i].Accepted = slices.Compact(out[i].Accepted)
	}
	return out, again
}

// candidates are the failures of the wanted rules, by asset and rule.
func candidates(scan probity.Scan, wanted map[string]bool) ([]candidate, error) {
	var out []candidate
	on := map[probity.Ref][]int{}
	for o, err := range scan.Outcomes {
		if err != nil {
			return nil, fmt.Errorf("reading the scan: %w", err)
		}
		if !wanted[o.Rule] || o.Verdict != probity.Fail {
			continue
		}
		for _, f := range o.Findings {
			c := candidate{finding: f, rule: o.Rule}
			if f.Place != nil {
				c.places = append(c.places, *f.Place)
			}
			for _, e := range o.Evidence {
				if at, ok := e.Origin.Source(); ok && e.Fact == f.Fact {
					c.places = append(c.places, at)
				}
			}
			on[f.Asset] = append(on[f.Asset], len(out))
			out = append(out, c)
		}
	}
	for a, err := range scan.Assets {
		if err != nil {
			return nil, fmt.Errorf("reading the scan: %w", err)
		}
		for _, i := range on[a.Ref] {
			out[i].asset = probity.Asset{Ref: a.Ref, Aliases: a.Aliases, Name: a.Name, Kind: a.Kind, Scope: a.Scope, Tags: a.Tags}
			if at, ok := a.Origin.Source(); ok {
				out[i].places = append(out[i].places, at)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(a.finding.Asset.Compare(b.finding.Asset), strings.Compare(a.rule, b.rule))
	})
	return out, nil
}
