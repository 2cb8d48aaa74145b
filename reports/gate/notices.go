package gate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/probity-scan/probity"
)

// header is the scan's, with what became of waivers, comments, baseline and base.
func (j *judge) header(scan probity.Scan, t *tally) (probity.Header, error) {
	h := scan.Header
	h.Notices = slices.DeleteFunc(slices.Clone(scan.Notices), func(n probity.Notice) bool { return n.Kind != probity.Reviewed })
	h.Trouble = slices.Clone(h.Trouble)
	for _, id := range unserved(h, j.o.Thresholds) {
		h.Trouble = append(h.Trouble, probity.Trouble{What: "threshold of framework " + id, Gap: probity.Gap{Reason: probity.Unresolved,
			Because: "no framework that was asked bears this name", Needs: "a name of probity frameworks list"}})
	}
	if j.o.Audit {
		h.Base = nil
		return h, nil
	}
	notices, err := j.told(scan, t)
	if err != nil {
		return h, err
	}
	h.Notices = append(h.Notices, notices...)
	if n := len(t.decided); n > 0 {
		first := t.decided[0]
		text := fmt.Sprintf("%s on %s was unknown at %s and fails now, by what stands elsewhere than the store: it does not fail this gate", first.Rule, first.Asset.ID, j.o.Base.Name)
		if n > 1 {
			text += fmt.Sprintf("; and %d more", n-1)
		}
		h.Notices = append(h.Notices, probity.Notice{Kind: probity.Decided, Text: text, Rule: first.Rule, Asset: first.Asset.ID, Origin: first.Place})
	}
	if j.keep {
		return h, nil
	}
	if h.Base = (&probity.Base{}); j.judged() && scan.Base != nil {
		h.Base.Name, h.Base.Absent = scan.Base.Name, slices.Clone(scan.Base.Absent)
	}
	if j.compared != nil {
		h.Base.Name, h.Base.Absent = j.o.Base.Name, slices.Clone(j.compared.Fixed)
	}
	if j.o.Baseline != nil {
		gone, err := j.stale(scan, t)
		if err != nil {
			return h, err
		}
		h.Base.Name = cmp.Or(h.Base.Name, j.o.Baseline.Name)
		for _, g := range gone {
			if !slices.ContainsFunc(h.Base.Absent, func(x probity.Gone) bool { return x.Fingerprint == g.Fingerprint }) {
				h.Base.Absent = append(h.Base.Absent, g)
			}
		}
		if n := len(gone); n > 0 {
			text := fmt.Sprintf("baseline %s: %d of its findings are there no more; probity baseline write drops them", j.o.Baseline.Name, n)
			if n == 1 {
				text = fmt.Sprintf("baseline %s: %s on %s is there no more; probity baseline write drops it", j.o.Baseline.Name, gone[0].Rule, gone[0].Asset.ID)
			}
			h.Notices = append(h.Notices, probity.Notice{Kind: probity.Stale, Text: text, Origin: &probity.Origin{File: j.o.Baseline.Name}})
		}
	}
	for i := range h.Base.Absent {
		h.Base.Absent[i].State = probity.Absent
	}
	sortGone(h.Base.Absent)
	return h, nil
}

// stale are the baseline's findings that are gone on evidence.
func (j *judge) stale(scan probity.Scan, t *tally) ([]probity.Gone, error) {
	var missing []absence
	for fp, e := range j.baseline {
		if !t.seen[fp] {
			missing = append(missing, absence{rule: e.Rule, finding: e.finding(), kind: e.Kind})
		}
	}
	gone, _, err := closed(scan, missing)
	var out []probity.Gone
	for _, m := range gone {
		out = append(out, probity.Gone{Rule: m.rule, Finding: m.finding})
	}
	sortGone(out)
	return out, err
}

// told gives a notice for each claim that somebody should look at.
func (j *judge) told(scan probity.Scan, t *tally) ([]probity.Notice, error) {
	var out []probity.Notice
	seen := map[string]bool{}
	var idle []claim
	for _, c := range j.claims.all {
		if seen[c.group] {
			continue
		}
		seen[c.group] = true
		say := func(k probity.NoticeKind, text string) {
			out = append(out, probity.Notice{Kind: k, Text: c.name() + ": " + text, Rule: c.Rule, Asset: c.Asset, Origin: c.Origin})
		}
		u := t.claimed[c.group]
		switch {
		case c.wrong != "":
			say(probity.Refused, "it does not count: "+c.wrong)
		case u == nil && !c.Until.IsZero() && !j.o.Now.Before(c.Until):
			say(probity.Lapsed, "its last day was "+lastDay(c.Until))
		case u == nil && c.central:
		case u == nil && !slices.ContainsFunc(scan.Rules, func(r probity.Rule) bool { return called(r, c.Rule) }):
			say(probity.Unused, "no rule that was asked bears this name")
		case u == nil:
			idle = append(idle, c)
		default:
			j.used(c, u, say)
		}
	}
	unused, err := j.unusedOn(scan, idle)
	return append(out, unused...), err
}

// used tells what is wrong, or soon will be, with a claim that speaks of findings.
func (j *judge) used(c claim, u *use, say func(probity.NoticeKind, string)) {
	for i, why := range slices.Sorted(maps.Keys(u.lapses)) {
		if i == 3 {
			say(probity.Lapsed, fmt.Sprintf("and %d more of what it accepted", len(u.lapses)-i))
			break
		}
		say(probity.Lapsed, why)
	}
	if n := len(u.refused); n > 0 {
		say(probity.Refused, fmt.Sprintf("%s, and a repository may let be %s", worst(u.refused), upTo(j.o.Limits.InRepository)))
	}
	if n := len(u.proposed); n > 0 {
		say(probity.Proposed, fmt.Sprintf("this change adds it; %s, and a change may let be %s by itself", worst(u.proposed), upTo(j.inChange())))
	}
	if !c.Until.IsZero() && j.o.Now.Before(c.Until) && !j.o.Now.Before(c.Until.Add(-ahead)) {
		say(probity.Lapsing, "its last day is "+lastDay(c.Until))
	}
}

func worst(fs []probity.Finding) string {
	s := fs[0].Risk.Severity
	for _, f := range fs {
		s = map[bool]probity.Severity{true: f.Risk.Severity, false: s}[f.Risk.Severity.AtLeast(s)]
	}
	if len(fs) == 1 {
		return "its finding is " + string(s)
	}
	return fmt.Sprintf("the worst of its %d findings is %s", len(fs), s)
}

func upTo(limit probity.Severity) string {
	if limit == None {
		return "nothing"
	}
	return "nothing above " + string(limit)
}

// unusedOn tells claims on assets that are not there from claims on what is mended. Where a change is judged, assets are missing
// that it does not touch.
func (j *judge) unusedOn(scan probity.Scan, idle []claim) ([]probity.Notice, error) {
	if len(idle) == 0 {
		return nil, nil
	}
	var names patterns
	for i, c := range idle {
		c.into(&names, c.Asset, i)
	}
	there := make([]bool, len(idle))
	for a, err := range each(scan.Assets) {
		if err != nil {
			return nil, err
		}
		for _, i := range names.match(a.ID) {
			there[i] = there[i] || idle[i].Root == "" && !idle[i].Exact || idle[i].Root == a.Root
		}
	}
	var out []probity.Notice
	for i, c := range idle {
		if !there[i] && j.o.Base != nil {
			continue
		}
		text := "nothing of it is wrong any more: take it out"
		if !there[i] {
			text = "no asset of this scan bears this name"
		}
		out = append(out, probity.Notice{Kind: probity.Unused, Text: c.name() + ": " + text, Rule: c.Rule, Asset: c.Asset, Origin: c.Origin})
	}
	return out, nil
}

func (c claim) name() string {
	if c.Kind == probity.Inline {
		return "ignore of " + c.Rule
	}
	return "waiver of " + c.Rule + " on " + c.Asset
}
