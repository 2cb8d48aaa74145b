package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/scanners/resolve"
)

// Reviewed is what a person says of labels of the stores that a pattern names.
type Reviewed struct {
	Store    string
	On       string             // a declared label's place; of others a pattern over places, empty for any
	Detector string             // that a declared label is told by; of others the one that found it, empty for any
	Category probity.Category   // likewise
	Form     probity.Protection // in which values stand; empty: as found, and of a declared one unknown
	Review   probity.Review
}

// reviewing applies reviews, and counts what each met.
type reviewing struct {
	all []Reviewed
	met []int
	now time.Time
}

// labels adds declared labels, and tells of found ones what people said of them, before copies are followed. The notices say which
// reviews are over or met nothing.
func (d Declarations) labels(ctx context.Context, inv *resolve.Slice, now time.Time) ([]probity.Notice, error) {
	if len(d.Labels) == 0 {
		return nil, nil
	}
	r := reviewing{d.Labels, make([]int, len(d.Labels)), now}
	for a, err := range inv.Assets(ctx, resolve.Query{}) {
		if err != nil {
			return nil, err
		}
		if !r.asset(&a) {
			continue
		}
		if err := inv.Update(ctx, a); err != nil {
			return nil, err
		}
	}
	return r.notices(), nil
}

// over reports whether a review's last day is over.
func (r reviewing) over(x Reviewed) bool {
	return !x.Review.Until.IsZero() && !r.now.Before(x.Review.Until)
}

// asset applies all reviews to one asset, and reports whether anything changed.
func (r reviewing) asset(a *probity.Asset) (changed bool) {
	for i := range r.all {
		x := &r.all[i]
		switch {
		case !Matches(x.Store, *a) && (x.Review.Verdict == probity.LabelDeclared || !holds(x.Store, *a)):
		case r.over(*x):
			r.met[i]++
		case x.Review.Verdict == probity.LabelDeclared:
			r.met[i]++
			changed = true
			a.Labels = a.Labels.With(probity.Label{Detector: cmp.Or(x.Detector, "declared"), Category: x.Category, On: x.On, Confidence: 1,
				Protection: cmp.Or(x.Form, probity.ProtectionUnknown), Sample: probity.Sample{Method: "declared"}, Origin: x.Review.Origin, Review: &x.Review})
		default:
			n := r.found(a, *x, &x.Review)
			r.met[i] += n
			changed = changed || n > 0
		}
	}
	return changed
}

// found says of the labels that a review speaks of what it comes to, and how many there are.
func (r reviewing) found(a *probity.Asset, x Reviewed, review *probity.Review) (met int) {
	items := slices.Clone(a.Labels.Items) // others may share them
	stay := items[:0]
	for _, l := range items {
		if !x.speaksOf(l) {
			stay = append(stay, l)
			continue
		}
		met++
		l.Review = review
		if review.Verdict == probity.LabelRejected {
			a.Rejected = append(a.Rejected, l)
			continue
		}
		l.Protection = cmp.Or(x.Form, l.Protection)
		stay = append(stay, l)
	}
	a.Labels.Items = stay
	return met
}

// speaksOf reports whether a review of what was found is of a label.
func (x Reviewed) speaksOf(l probity.Label) bool {
	return l.Sample.Method != "declared" && (x.On == "" || gate.Match(x.On, l.On)) &&
		(x.Detector == "" || x.Detector == l.Detector) && (x.Category == "" || x.Category == l.Category)
}

// notices tells of reviews that hold no more, or that met nothing: what they speak of is called otherwise, or is gone.
func (r reviewing) notices() (out []probity.Notice) {
	for i, x := range r.all {
		what := fmt.Sprintf("label of %s in %s, %s", cmp.Or(x.Detector, string(x.Category)), x.Store, x.Review.Verdict)
		n := probity.Notice{Kind: probity.Reviewed, Asset: x.Store, Origin: x.Review.Origin}
		switch {
		case r.over(x):
			n.Text = what + ": its last day was " + x.Review.Until.AddDate(0, 0, -1).Format(time.DateOnly) + ", and it does not count any more"
		case r.met[i] == 0 && x.Review.Verdict != probity.LabelDeclared:
			n.Text = what + ": there is no such label"
		default:
			continue
		}
		out = append(out, n)
	}
	return out
}
