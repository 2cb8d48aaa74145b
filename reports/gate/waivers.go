package gate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// ahead is how long before its last day a waiver is announced.
const ahead = 30 * 24 * time.Hour

// claim is a waiver or a comment as the gate weighs it.
type claim struct {
	probity.Waiver
	central bool
	added   bool   // by the change itself
	group   string // of one comment on many assets
	wrong   string // why it does not count at all
}

// claims finds those that speak of a finding: by rule first, then by asset.
type claims struct {
	all   []claim
	rules patterns
	on    map[string]*patterns // by rule
	found map[ruleAt][]int     // what of gave, since each finding is asked for more than once
}

func newClaims(all []claim) *claims {
	c := &claims{all: all, on: map[string]*patterns{}, found: map[ruleAt][]int{}}
	for i, x := range all {
		x.into(&c.rules, x.Rule, i)
	}
	return c
}

// into adds what a claim speaks of, as the name or the pattern that it is.
func (c claim) into(p *patterns, text string, at int) {
	if c.Exact {
		p.name(text, at)
		return
	}
	p.add(text, at)
}

// of gives the numbers of the claims on a rule's findings on an asset, by what it is or was called.
func (c *claims) of(rule string, names []probity.Ref) []int {
	key := ruleAt{rule, names[0]}
	if out, ok := c.found[key]; ok {
		return out
	}
	p := c.on[rule]
	if p == nil {
		p = &patterns{}
		for _, i := range c.rules.match(rule) {
			c.all[i].into(p, c.all[i].Asset, i)
		}
		c.on[rule] = p
	}
	var out []int
	for _, n := range names {
		for _, i := range p.match(n.ID) {
			if root := c.all[i].Root; (root == "" && !c.all[i].Exact || root == n.Root) && !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	c.found[key] = out
	return out
}

// lapse says why a claim does not hold for a finding any more, or nothing.
func (c claim) lapse(r probity.Rule, f probity.Finding, now time.Time) string {
	switch {
	case !c.Until.IsZero() && !now.Before(c.Until):
		return "its last day was " + lastDay(c.Until)
	case c.Behaviour != 0 && r.Behaviour != 0 && c.Behaviour != r.Behaviour:
		return fmt.Sprintf("the rule has changed since: behaviour %d, now %d", c.Behaviour, r.Behaviour)
	case len(c.Accepted) > 0 && !slices.Contains(c.Accepted, f.Digest):
		return "what it accepted has changed: " + f.Asset.ID + " is now " + f.Digest
	}
	return ""
}

func lastDay(until time.Time) string { return until.AddDate(0, 0, -1).Format(time.DateOnly) }

// verdict is what claims make of one finding.
type verdict struct {
	at      int // of the claim that counts; -1: none
	lapse   string
	refused bool // it speaks of more than a repository may let be
	waiver  *probity.Waiver
}

// excuse finds the first claim that holds; failing that a proposal, then one that lapsed.
// Which comments a change adds is known where both sides were read: of a scan that was judged before, its findings tell.
func (j *judge) excuse(r probity.Rule, f probity.Finding, was *probity.Waiver) verdict {
	best := verdict{at: -1}
	if len(j.claims.all) == 0 {
		return best
	}
	rank := 0
	for _, i := range j.claimsOf(r, f.Asset) {
		c := j.claims.all[i]
		v := verdict{at: i, lapse: c.lapse(r, f, j.o.Now)}
		got := 1
		switch {
		case c.wrong != "":
			continue
		case v.lapse != "":
		case !c.central && !within(j.o.Limits.InRepository, f.Risk.Severity):
			v.refused, got = true, 2
		default:
			w := c.Waiver
			added := c.added || c.Kind == probity.Inline && j.judged() && was != nil && was.Kind == probity.Inline && was.Proposed
			w.Proposed = added && !within(j.inChange(), f.Risk.Severity)
			v.waiver, got = &w, 4
			if w.Proposed {
				got = 3
			}
		}
		if got > rank {
			best, rank = v, got
		}
	}
	return best
}

// claimsOf are those that may speak of a finding, in order, by all names that the rule has or had.
func (j *judge) claimsOf(r probity.Rule, asset probity.Ref) []int {
	at := j.claims.of(r.ID, j.names(asset))
	if len(r.Aliases) == 0 {
		return at
	}
	at = slices.Clone(at)
	for _, id := range r.Aliases {
		at = append(at, j.claims.of(id, j.names(asset))...)
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// called reports whether a pattern fits a name that the rule has or had.
func called(r probity.Rule, pattern string) bool {
	return Match(pattern, r.ID) || slices.ContainsFunc(r.Aliases, func(id string) bool { return Match(pattern, id) })
}

func (j *judge) inChange() probity.Severity {
	if j.o.Limits.InChange == "" {
		return probity.Medium
	}
	return j.o.Limits.InChange
}

// waiverKey is equal for two waivers that say the same, wherever they stand.
func waiverKey(w probity.Waiver) string {
	accepted := slices.Clone(w.Accepted)
	slices.Sort(accepted)
	return strings.Join([]string{string(w.Kind), w.Rule, w.Asset, w.Root, strconv.FormatBool(w.Exact), w.Reason, w.Owner, w.Approver, w.Until.Format(time.DateOnly),
		strings.Join(accepted, ","), strconv.Itoa(w.Behaviour)}, "\x00")
}

// Said reports whether one of the waivers says the same as another, wherever it stands.
func Said(among []probity.Waiver, w probity.Waiver) bool {
	return slices.ContainsFunc(among, func(x probity.Waiver) bool { return waiverKey(x) == waiverKey(w) })
}

func ignoreKey(at probity.Ref, i probity.Ignore) string {
	return strings.Join([]string{at.Root, at.ID, i.Rule, i.Reason, i.Until.Format(time.DateOnly)}, "\x00")
}

// claimsOf gathers what the configuration and the comments of assets ask for.
func claimsOf(o Options, ignores map[probity.Ref][]probity.Ignore, refs []probity.Ref, c *Comparison) []claim {
	known := map[string]bool{}
	if o.Base != nil {
		for _, w := range o.Base.Waivers {
			known[waiverKey(w)] = true
		}
	}
	var out []claim
	for i, w := range o.Waivers {
		out = append(out, claim{Waiver: w.Waiver, central: w.Central, group: "waiver " + strconv.Itoa(i),
			added: o.Base != nil && !w.Central && !known[waiverKey(w.Waiver)]})
	}
	for _, ref := range refs {
		for _, i := range ignores[ref] {
			added := c != nil && !slices.ContainsFunc(c.names(ref), func(n probity.Ref) bool { return c.ignores[ignoreKey(n, i)] })
			out = append(out, claim{added: added, wrong: i.Wrong, group: "ignore " + i.Origin.String() + " " + i.Rule,
				Waiver: probity.Waiver{Kind: probity.Inline, Rule: i.Rule, Asset: ref.ID, Root: ref.Root, Reason: i.Reason, Until: i.Until, Origin: i.Origin}})
		}
	}
	return out
}
