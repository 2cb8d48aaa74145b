package cause

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// compare notes of which kinds the differences are between an asset's facts that a rule reads; no reads: all.
func compare(was, is *probity.Asset, reads []probity.Path, found map[Cause]bool) {
	if was == nil || is == nil {
		if was != is {
			found[Estate] = true
		}
		return
	}
	before := map[probity.Path]probity.Leaf{}
	for p, l := range probity.Leaves(was) {
		before[p] = l
	}
	for p, l := range probity.Leaves(is) {
		b, ok := before[p]
		delete(before, p)
		if !read(p, reads) {
			continue
		}
		if !ok {
			b = probity.Fact[bool]{} // a setting that is new
		}
		if cause := differs(p, b, l); cause != "" && p != "labels" {
			found[cause] = true
		}
	}
	for p, b := range before {
		if cause := differs(p, b, probity.Fact[bool]{}); cause != "" && read(p, reads) {
			found[cause] = true
		}
	}
	if read("labels", reads) {
		labels(was, is, found)
	}
}

// labels compares what was found in two looks at an asset, and what people said of it.
func labels(was, is *probity.Asset, found map[Cause]bool) {
	_, before := was.Labels.Value()
	_, now := is.Labels.Value()
	if reviewed(was) != reviewed(is) {
		found[Declaration] = true
	}
	anew := reason(before) == probity.NotCollected || reason(now) == probity.NotCollected
	switch same := seen(was) == seen(is); {
	case !same && !anew && !loss(before) && !loss(now):
		found[Content] = true
	case !same, reason(before) != reason(now):
		found[Coverage] = true // somebody looked for the first time, or saw more or less of it
	}
}

// seen are the labels that were found, whatever people said of them.
func seen(a *probity.Asset) string {
	var out []string
	for _, l := range append(slices.Clone(a.Labels.Items), a.Rejected...) {
		if l.Review == nil || l.Review.Verdict != probity.LabelDeclared {
			out = append(out, probity.Plain(l))
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), "\n")
}

// read reports whether a rule reads a fact, or something in it. What it reads of linked assets stands on those.
func read(p probity.Path, reads []probity.Path) bool {
	return len(reads) == 0 || slices.ContainsFunc(reads, func(r probity.Path) bool { return within(p, r) || within(r, p) })
}

func within(p, prefix probity.Path) bool {
	rest, ok := strings.CutPrefix(string(p), string(prefix))
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// differs is the cause for which a fact is another, or nothing.
func differs(p probity.Path, was, is probity.Leaf) Cause {
	_, wasGap := was.Value()
	_, isGap := is.Value()
	if probity.PlainFact(was) == probity.PlainFact(is) && reason(wasGap) == reason(isGap) {
		return ""
	}
	switch {
	case within(p, "activities"), within(p, "owner"), reason(wasGap) == probity.Undeclared, reason(isGap) == probity.Undeclared:
		return Declaration
	case loss(wasGap), loss(isGap), reason(wasGap) == probity.Filtered, reason(isGap) == probity.Filtered:
		return Coverage
	case reason(wasGap) == probity.NotCollected, reason(isGap) == probity.NotCollected:
		return Tool
	}
	return Estate
}

func reason(g *probity.Gap) probity.Reason {
	if g == nil {
		return ""
	}
	return g.Reason
}

func loss(g *probity.Gap) bool { return g != nil && g.Reason.Loss() }

// reviewed is what people said of an asset's labels.
func reviewed(a *probity.Asset) string {
	var out []string
	for _, l := range a.Labels.Items {
		if l.Review != nil {
			out = append(out, l.Detector+" "+l.On+" "+string(l.Review.Verdict))
		}
	}
	for _, l := range a.Rejected {
		out = append(out, l.Detector+" "+l.On+" rejected")
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}
