package history

import (
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
)

// judged is one rule of a profile.
type judged struct {
	rule, verdict, severity, findings, waived int64
	needs                                     []int64
}

// profile numbers how an asset is judged; 0: not at all.
func (o *sorter) profile(ctx context.Context, ref probity.Ref, a *probity.Asset, outcomes []probity.Outcome) (int64, error) {
	var rows []judged
	for _, x := range merged(outcomes) {
		j := judged{rule: o.rule(x.Rule), verdict: code(x.Verdict)}
		j.severity, j.findings, j.waived = weight(x)
		if x.Verdict == probity.Unknown {
			var err error
			if j.needs, err = o.needsOf(ctx, ref, a, x); err != nil {
				return 0, err
			}
		}
		rows = append(rows, j)
	}
	if len(rows) == 0 {
		return 0, nil
	}
	slices.SortFunc(rows, func(a, b judged) int { return int(a.rule - b.rule) })
	h := sha256.New()
	var severity, failing, unknown int64
	for _, j := range rows {
		for _, n := range append([]int64{j.rule, j.verdict, j.severity, j.findings, j.waived}, j.needs...) {
			say(h, strconv.FormatInt(n, 10))
		}
		say(h, "")
		switch verdictOf(j.verdict) {
		case probity.Fail:
			if j.severity > 0 { // else all of it is waived
				failing++
				if severity == 0 || j.severity < severity {
					severity = j.severity
				}
			}
		case probity.Unknown:
			unknown++
		}
	}
	var sum digest
	copy(sum[:], h.Sum(nil))
	return o.number(ctx, o.profiles, sum, func(id int64) {
		o.w.add("profile", "id, digest, severity, failing, unknown", id, sum[:], severity, failing, unknown)
		for _, j := range rows {
			o.w.add("profile_rule", "profile, rule, verdict, severity, findings, waived", id, j.rule, j.verdict, j.severity, j.findings, j.waived)
			for _, n := range j.needs {
				o.w.add("profile_need", "profile, rule, need", id, j.rule, n)
			}
		}
	})
}

// needsOf numbers what would settle an unknown outcome.
func (o *sorter) needsOf(ctx context.Context, ref probity.Ref, a *probity.Asset, of probity.Outcome) ([]int64, error) {
	var out []int64
	for _, e := range of.Evidence {
		if e.Gap == nil {
			continue
		}
		reason, needs := string(e.Gap.Reason), nameless(e.Gap.Needs, ref, e.Asset, a)
		h := sha256.New()
		say(h, reason, needs)
		var sum digest
		copy(sum[:], h.Sum(nil))
		id, err := o.number(ctx, o.needs, sum, func(id int64) { o.w.add("need", "id, digest, reason, needs", id, sum[:], reason, needs) })
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// nameless is what is needed without the names of assets, so that the same need of many is one, and who may see one asset learns
// of no other.
func nameless(needs string, own, other probity.Ref, a *probity.Asset) string {
	ids := []string{other.ID}
	if a != nil {
		for _, l := range a.Links.Items {
			ids = append(ids, l.To.ID)
		}
	}
	slices.SortFunc(ids, func(x, y string) int { return len(y) - len(x) })
	for _, id := range ids {
		if id != "" && id != own.ID {
			needs = strings.ReplaceAll(needs, id, "another store")
		}
	}
	if own.ID != "" {
		needs = strings.ReplaceAll(needs, own.ID, "the store")
	}
	return needs
}

// held is one kind of label of a content.
type held struct{ category, detector, protection string }

// content numbers what is in an asset and who reaches it; 0: nothing is known of it.
func (o *sorter) content(ctx context.Context, a *probity.Asset) (int64, error) {
	labels := map[held]bool{}
	inherited := false
	for _, l := range a.Labels.Items {
		labels[held{string(l.Category), l.Detector, string(l.Protection)}] = true
		inherited = inherited || l.Inherited != nil
	}
	if len(labels) == 0 {
		return 0, nil
	}
	rows := make([]held, 0, len(labels))
	for l := range labels {
		rows = append(rows, l)
	}
	slices.SortFunc(rows, func(x, y held) int {
		return strings.Compare(x.category+"\x00"+x.detector+"\x00"+x.protection, y.category+"\x00"+y.detector+"\x00"+y.protection)
	})
	isCopy := number(inherited || slices.ContainsFunc(a.Links.Items, func(l probity.Link) bool {
		return l.Gap == nil && (l.Kind == probity.CopyOf || l.Kind == probity.ReplicaOf || l.Kind == probity.SnapshotOf)
	}))
	public := number(a.Exposure.Public.Is(func(v bool) bool { return v }))
	who := map[string]bool{}
	for _, g := range a.Access.Readers.Items {
		who[g.Principal] = true
	}
	_, gap := a.Access.Readers.Value()
	more, readers := number(gap != nil), int64(len(who))
	h := sha256.New()
	for _, n := range []int64{isCopy, public, readers, more} {
		say(h, strconv.FormatInt(n, 10))
	}
	for _, l := range rows {
		say(h, l.category, l.detector, l.protection)
	}
	var sum digest
	copy(sum[:], h.Sum(nil))
	return o.number(ctx, o.contents, sum, func(id int64) {
		o.w.add("content", "id, digest, copy, public, readers, more", id, sum[:], isCopy, public, readers, more)
		for _, l := range rows {
			o.w.add("content_label", "content, category, detector, protection", id, l.category, l.detector, l.protection)
		}
	})
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
