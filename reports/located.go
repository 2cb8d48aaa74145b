package reports

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// maxLocated bounds the findings whose place is looked for: as many as anything shows.
const maxLocated = 4 * MaxResults

// spot is what a finding speaks of inside its asset.
type spot struct {
	asset   probity.Ref
	element string
}

// found is where that may be: the place of the label, and that of the asset.
type found struct{ label, asset *probity.Origin }

// located is the scan with a file for each finding that has one: that of the label it speaks of, else that of its asset.
// It walks the assets only if a finding asks for it.
func located(scan probity.Scan, unknown bool) (probity.Scan, error) {
	places, err := wanted(scan, unknown)
	if err != nil || len(places) == 0 {
		return scan, err
	}
	elements := map[probity.Ref][]string{}
	for s := range places {
		elements[s.asset] = append(elements[s.asset], s.element)
	}
	for a, err := range each(scan.Assets) {
		if err != nil {
			return scan, err
		}
		for _, e := range elements[a.Ref] {
			places[spot{a.Ref, e}] = found{labelPlace(a, e), assetPlace(a)}
		}
	}
	before := scan.Outcomes
	scan.Outcomes = func(yield func(probity.Outcome, error) bool) {
		for o, err := range each(before) {
			if !yield(relocate(o, places), err) {
				return
			}
		}
	}
	return scan, nil
}

// wanted are the findings whose place is no line of a file.
func wanted(scan probity.Scan, unknown bool) (map[spot]found, error) {
	places := map[spot]found{}
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return nil, err
		}
		if o.Verdict != probity.Fail && !unknown {
			continue
		}
		for _, f := range o.Findings {
			if lacks(f) && len(places) < maxLocated {
				places[spot{f.Asset, f.Element}] = found{asset: fileOf(f.Asset)}
			}
		}
	}
	return places, nil
}

func lacks(f probity.Finding) bool {
	p, ok := f.Place.Source()
	return !ok || p.Line == 0 && f.Element != ""
}

func relocate(o probity.Outcome, places map[spot]found) probity.Outcome {
	copied := false
	for i, f := range o.Findings {
		p := places[spot{f.Asset, f.Element}].in(f)
		if p == nil {
			continue
		}
		if !copied {
			o.Findings, copied = slices.Clone(o.Findings), true
		}
		o.Findings[i].Place = p
	}
	return o
}

// in is the better place for the finding; nil where its own is as good.
func (p found) in(f probity.Finding) *probity.Origin {
	if p.label != nil && lacks(f) {
		return p.label
	}
	if _, ok := f.Place.Source(); ok {
		return nil
	}
	return p.asset
}

// labelPlace is where the asset's labels say that the element is: a place in it, or an object that holds several.
func labelPlace(a probity.Asset, element string) *probity.Origin {
	for _, whole := range []bool{true, false} {
		for _, l := range a.Labels.Items {
			if p, ok := l.Origin.Source(); ok && element != "" && (l.On == element || !whole && strings.HasPrefix(l.On, element+":")) {
				if !whole {
					p.Line, p.Column = 0, 0 // the object has several
				}
				return &p
			}
		}
	}
	return nil
}

func assetPlace(a probity.Asset) *probity.Origin {
	if p, ok := a.Origin.Source(); ok {
		return &p
	}
	for _, l := range a.Links.Items {
		if l.Kind == probity.ContainedIn && fileOf(l.To) != nil {
			return fileOf(l.To)
		}
	}
	return fileOf(a.Ref)
}

// fileOf is the file or folder behind an identity.
func fileOf(r probity.Ref) *probity.Origin {
	for _, source := range []string{"sqlite:", "files:"} {
		if p, ok := strings.CutPrefix(r.ID, source); ok && p != "" {
			return &probity.Origin{File: p}
		}
	}
	return nil
}
