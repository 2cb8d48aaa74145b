package objects

import (
	"cmp"
	"path"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/sample"
)

// give yields the asset, then an answer to each supply.
func (r *reading) give(yield func(probity.Found) bool) {
	dir := path.Join(r.unit.Base, r.unit.Part, ".")
	from := &probity.Origin{File: dir}
	a := probity.Asset{
		Ref: ref(r.unit), Name: dir, Kind: kinds.FilesFolder, Class: probity.Bucket,
		Scope: probity.Scope{Provider: provider}, Origin: from,
	}
	all := r.misses()
	a.Settings = probity.SettingsOf(kinds.Folder{Objects: probity.Known(r.count, from)})
	a.Labels = probity.Whole(from, r.labels.List()...)
	if len(all) > 0 {
		g := all[0].Gap
		g.Because = all[0].text()
		a.Labels = probity.Open(g, from, r.labels.List()...)
	}
	a.Retention.Oldest = sample.AgesOf(r.ages, r.asked, r.younger(all), from)
	if !yield(a) {
		return
	}
	supplies := r.unit.Supplies
	if len(supplies) == 0 {
		supplies = Supplies(r.unit)
	}
	for _, s := range supplies {
		if !r.answer(s, all, yield) {
			return
		}
	}
}

// younger is why there may be older data than was seen.
func (r *reading) younger(all []Missed) *probity.Gap {
	switch {
	case len(all) > 0:
		return &all[0].Gap
	case r.crowded:
		return &probity.Gap{Reason: probity.Sampled, Because: "more columns start periods than are kept"}
	}
	return nil
}

// answer is whole for the folder itself, and tells each thing missed for its labels.
func (r *reading) answer(s probity.Supply, all []Missed, yield func(probity.Found) bool) bool {
	if s.Path == "" || len(all) == 0 {
		return yield(probity.Coverage{Supply: s})
	}
	for _, m := range all {
		c := probity.Coverage{Supply: s, Gap: &m.Gap, Count: m.Count}
		if m.Name != "" {
			c.Origin = &probity.Origin{File: path.Join(r.unit.Base, r.unit.Part, m.Name)}
		}
		if !yield(c) {
			return false
		}
	}
	return true
}

// misses lists what was missed, losses first, then in the order of the reasons.
func (r *reading) misses() []Missed {
	all := slices.Clone(r.lost)
	for _, m := range r.missed {
		all = append(all, *m)
	}
	rank := map[probity.Reason]int{}
	for i, reason := range probity.Reasons() {
		rank[reason] = i
	}
	slices.SortFunc(all, func(a, b Missed) int {
		return cmp.Or(cmp.Compare(rank[a.Gap.Reason], rank[b.Gap.Reason]), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Gap.Because, b.Gap.Because))
	})
	return all
}
