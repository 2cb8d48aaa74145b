package reports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

type kindKey struct {
	class probity.Class
	kind  probity.Kind
	where string
}

// kindCount is assets alike: class, kind and where they are.
type kindCount struct {
	Class  probity.Class
	Kind   probity.Kind
	Where  string
	Assets int
	Looked
}

// listed is an asset with its verdicts.
type listed struct {
	probity.Asset
	Fail, Unknown, Pass int
}

// Categories are the kinds of personal data in it.
func (l listed) Categories() []string {
	seen := map[string]int{}
	for _, x := range l.Labels.Items {
		seen[string(x.Category)]++
	}
	return byCount(seen)
}

// Own are the kinds of personal data that were found or declared in the asset itself.
func (l listed) Own() []string {
	seen := map[string]int{}
	for _, x := range l.Labels.Items {
		if x.Inherited == nil {
			seen[string(x.Category)]++
		}
	}
	return byCount(seen)
}

// labelled is an asset with those of its labels that are shown.
type labelled struct {
	probity.Asset
	Shown     []probity.Label
	Inherited []inherited
}

// inherited is labels that an asset has from another one: what it contains, or is a copy of. They are told at their source.
type inherited struct {
	From       probity.Ref
	Places     int
	Categories []string
}

// split parts an asset's own labels from inherited ones, which are counted by source.
func split(labels []probity.Label) (own []probity.Label, from []inherited) {
	places, cats := map[probity.Ref]int{}, map[probity.Ref]map[string]int{}
	var order []probity.Ref
	for _, l := range labels {
		if l.Inherited == nil {
			own = append(own, l)
			continue
		}
		r := *l.Inherited
		if places[r]++; places[r] == 1 {
			order, cats[r] = append(order, r), map[string]int{}
		}
		cats[r][string(l.Category)]++
	}
	for _, r := range order {
		from = append(from, inherited{r, places[r], byCount(cats[r])})
	}
	return own, from
}

// openWords says why more may be in it than is known.
func openWords(in *language.Language, l labelled) string {
	if _, g := l.Labels.Value(); g != nil {
		return in.Say("{what}: {text}", dataWords(in, l.Asset), Because(in, *g))
	}
	return ""
}

// categoryCount is a category of personal data: where and by what it was found.
type categoryCount struct {
	Category  probity.Category
	Labels    int
	Assets    int
	Detectors []string
}

// inventory walks the assets: which are listed (those with personal data before the others), what they hold.
func (v *view) inventory(scan probity.Scan, rows int) error {
	kinds, cats := map[kindKey]*kindCount{}, map[probity.Category]map[string]int{}
	holders := map[probity.Category]int{}
	var with, without []listed
	for a, err := range each(scan.Assets) {
		if err != nil {
			return err
		}
		k := kindKey{a.Class, a.Kind, where(a)}
		if kinds[k] == nil {
			kinds[k] = &kindCount{Class: a.Class, Kind: a.Kind, Where: k.where}
		}
		kinds[k].Assets++
		kinds[k].look(a)
		v.look(a)
		if len(a.Labels.Items) > 0 {
			if len(with) < rows {
				with = append(with, listed{Asset: a})
			}
		} else if len(without) < rows {
			without = append(without, listed{Asset: a})
		}
		v.labels(a, cats, holders, rows)
	}
	v.Kinds = sortedKinds(kinds)
	v.Listed = append(with, without[:min(len(without), rows-len(with))]...)
	v.HiddenRows.Assets = v.Assets - len(v.Listed)
	v.HiddenRows.Labels = v.Labels - v.shownLabels
	for c, detectors := range cats {
		v.Categories = append(v.Categories, categoryCount{c, total(detectors), holders[c], byCount(detectors)})
	}
	slices.SortFunc(v.Categories, func(a, b categoryCount) int { return cmp.Or(b.Labels-a.Labels, cmp.Compare(a.Category, b.Category)) })
	return v.verdicts(scan)
}

func (v *view) labels(a probity.Asset, cats map[probity.Category]map[string]int, holders map[probity.Category]int, rows int) {
	seen := map[probity.Category]bool{}
	own, from := split(a.Labels.Items)
	v.Labels += len(own)
	a.Rejected = a.Rejected[:min(len(a.Rejected), rows)]
	if n := min(rows-v.shownLabels, len(own)); n > 0 || len(from)+len(a.Rejected) > 0 && len(v.Inventory) < rows {
		v.shownLabels += max(0, n)
		v.Inventory = append(v.Inventory, labelled{a, own[:max(0, n)], from[:min(len(from), maxExamples)]})
	}
	for _, l := range a.Labels.Items {
		if cats[l.Category] == nil {
			cats[l.Category] = map[string]int{}
		}
		if l.Inherited == nil {
			cats[l.Category][l.Detector]++
		}
		if !seen[l.Category] {
			seen[l.Category] = true
			holders[l.Category]++
		}
	}
}

// verdicts fills in those of the assets that are listed.
func (v *view) verdicts(scan probity.Scan) error {
	at := map[probity.Ref]*listed{}
	for i := range v.Listed {
		at[v.Listed[i].Ref] = &v.Listed[i]
	}
	var rank ranking
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return err
		}
		rank.outcome(o)
		l := at[o.Asset]
		if l == nil {
			continue
		}
		switch o.Verdict {
		case probity.Fail:
			l.Fail++
		case probity.Unknown:
			l.Unknown++
		case probity.Pass:
			l.Pass++
		}
	}
	v.Worst, v.linked = rank.close()
	return nil
}

// where is provider, account and region, or the country.
func where(a probity.Asset) string {
	parts := []string{a.Scope.Provider, a.Scope.Account, a.Scope.Region}
	if a.Scope.Region == "" {
		region, _ := a.Location.Region.Get()
		parts[2] = region
	}
	if country, ok := a.Location.Country.Get(); ok {
		parts = append(parts, country)
	}
	return visible(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · "))
}

func total(m map[string]int) (n int) {
	for _, v := range m {
		n += v
	}
	return n
}
