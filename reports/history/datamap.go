package history

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// MapQuery says which part of the data map is asked for.
type MapQuery struct {
	Category probity.Category `json:"category,omitempty"`
	Country  string           `json:"country,omitempty"`
	Activity string           `json:"activity,omitempty"`
	Account  string           `json:"account,omitempty"` // provider/account
	Bounds   Bounds           `json:"-"`
}

// Share is how many stores are of one kind.
type Share struct {
	Key    string `json:"key"` // empty: nobody said
	Stores int64  `json:"stores"`
}

// MapRow is one kind of personal data: where it is, whose it is, and who reaches it.
type MapRow struct {
	Category   probity.Category `json:"category"`
	Detector   string           `json:"detector"`
	Stores     int64            `json:"stores"`
	Copies     int64            `json:"copies"`     // of these stores, those that are copies, replicas or snapshots
	Public     int64            `json:"public"`     // those that anybody reaches
	Clear      int64            `json:"clear"`      // those in which it stands in the clear
	Readers    int64            `json:"readers"`    // the most who can read one of them
	Unread     int64            `json:"unread"`     // stores of which not all readers are known
	Countries  []Share          `json:"countries"`  // most stores first
	Activities []Share          `json:"activities"` //
	Subjects   []Share          `json:"subjects"`   // whose data it is, by the activities
	Protection []Share          `json:"protection"` //
	Classes    []Share          `json:"classes"`
}

// MapCell is stores of one category in one country.
type MapCell struct {
	Category probity.Category `json:"category"`
	Country  string           `json:"country"` // empty: not known
	Stores   int64            `json:"stores"`
}

// MapTotal is all stores with personal data of one category, each counted once, whatever detectors found it.
type MapTotal struct {
	Category probity.Category `json:"category"`
	Stores   int64            `json:"stores"`
	Copies   int64            `json:"copies"`  // of these stores, those that are copies, replicas or snapshots
	Public   int64            `json:"public"`  // those that anybody reaches
	Readers  int64            `json:"readers"` // the most who can read one of them
	Unread   int64            `json:"unread"`  // stores of which not all readers are known
}

// DataMap is which personal data is where.
type DataMap struct {
	Rows   []MapRow   `json:"rows"`
	Totals []MapTotal `json:"totals"` // by category
	Cells  []MapCell  `json:"cells"`  // for a picture
	Stores int64      `json:"stores"` // with personal data
}

// part is what stores of one content and one cohort have alike: places in the gist.
type part struct{ content, cohort int32 }

// DataMap tells which personal data is where, by what the newest scans found. A store that several series see is told once.
func (s *Store) DataMap(ctx context.Context, q MapQuery) (out DataMap, err error) {
	err = s.looking(ctx, func(l *look) error {
		v, err := l.bounded(ctx, q.Bounds)
		if err != nil {
			return err
		}
		v.cohorts.account(q.Account)
		if q.Country != "" {
			v.cohorts.and("country = ?", q.Country)
		}
		if q.Activity != "" {
			v.serving(q.Activity)
		}
		g, c, err := l.chosen(ctx, askedFor{view: v})
		if err != nil {
			return err
		}
		contents, err := l.contentsOf(ctx, q.Category)
		if err != nil {
			return err
		}
		parts := g.parts(c)
		cohorts, err := l.cohortsOf(ctx, g, parts)
		if err != nil {
			return err
		}
		m := mapped{rows: map[string]*mapRow{}, totals: map[string]*MapTotal{}, cells: map[[2]string]int64{}}
		for p, stores := range parts {
			if in := contents[g.contents[p.content]]; in != nil {
				m.add(in, cohorts[p.cohort], stores)
				out.Stores += stores
			}
		}
		out.Rows, out.Cells = m.told()
		for _, category := range slices.Sorted(maps.Keys(m.totals)) {
			out.Totals = append(out.Totals, *m.totals[category])
		}
		return nil
	})
	return out, err
}

// parts counts stores that hold something by content and cohort, whether or not the newest scan could see them. Of a store that several
// series tell of, what the youngest of them found counts.
func (g *gist) parts(c choice) map[part]int64 {
	out := map[part]int64{}
	for at := 0; at < len(g.rows); {
		var youngest *brief
		asset := g.rows[at].asset
		for ; at < len(g.rows) && g.rows[at].asset == asset; at++ {
			if b := &g.rows[at]; g.contents[b.content] > 0 {
				youngest = b
			}
		}
		if youngest != nil && c.has(youngest) {
			out[part{youngest.content, youngest.cohort}]++
		}
	}
	return out
}

// spot is what the map tells of a cohort.
type spot struct {
	country, class       string
	activities, subjects []string
}

// cohortsOf reads those of the stores that are asked for, by their places.
func (l *look) cohortsOf(ctx context.Context, g *gist, parts map[part]int64) (map[int32]*spot, error) {
	out := map[int32]*spot{}
	for p := range parts {
		out[p.cohort] = &spot{}
	}
	of := func(id int64) *spot {
		if place, ok := g.cohorts[id]; ok {
			return out[place]
		}
		return nil
	}
	err := l.each(ctx, "SELECT id, country, class FROM cohort", nil, func(scan func(...any) error) error {
		var id int64
		var p spot
		err := scan(&id, &p.country, &p.class)
		if to := of(id); to != nil {
			*to = p
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = l.each(ctx, "SELECT cohort, kind, key FROM cohort_mark WHERE kind IN (?, ?) ORDER BY key", []any{markActivity, markSubject}, func(scan func(...any) error) error {
		var id, kind int64
		var key string
		if err := scan(&id, &kind, &key); err != nil {
			return err
		}
		if p := of(id); p != nil && kind == markActivity {
			p.activities = append(p.activities, key)
		} else if p != nil {
			p.subjects = append(p.subjects, key)
		}
		return nil
	})
	return out, err
}

// inside is a content with its labels.
type inside struct {
	copy, public, more bool
	readers            int64
	labels             []held
}

// contentsOf reads all contents, with labels of a category or of all.
func (l *look) contentsOf(ctx context.Context, category probity.Category) (map[int64]*inside, error) {
	out := map[int64]*inside{}
	var c clause
	if category != "" {
		c.and("b.category = ?", string(category))
	}
	err := l.each(ctx, "SELECT t.id, t.copy, t.public, t.more, t.readers, b.category, b.detector, b.protection FROM content t JOIN content_label b ON b.content = t.id WHERE "+c.text()+" ORDER BY t.id, b.category, b.detector, b.protection", c.args,
		func(scan func(...any) error) error {
			var id int64
			var in inside
			var h held
			if err := scan(&id, &in.copy, &in.public, &in.more, &in.readers, &h.category, &h.detector, &h.protection); err != nil {
				return err
			}
			if out[id] == nil {
				out[id] = &in
			}
			out[id].labels = append(out[id].labels, h)
			return nil
		})
	return out, err
}

// mapRow is a row while it is counted.
type mapRow struct {
	MapRow
	countries, activities, subjects, protection, classes map[string]int64
}

// mapped is a data map while it is counted.
type mapped struct {
	rows   map[string]*mapRow
	totals map[string]*MapTotal
	cells  map[[2]string]int64
}

func (m mapped) add(in *inside, at *spot, stores int64) {
	if in == nil || at == nil {
		return
	}
	byDetector, categories := map[string][]held{}, map[string]bool{}
	for _, h := range in.labels {
		byDetector[h.category+"\x00"+h.detector] = append(byDetector[h.category+"\x00"+h.detector], h)
		categories[h.category] = true
	}
	for c := range categories {
		m.cells[[2]string{c, at.country}] += stores
		if m.totals[c] == nil {
			m.totals[c] = &MapTotal{Category: probity.Category(c)}
		}
		m.totals[c].add(in, stores)
	}
	for key, labels := range byDetector {
		r := m.rows[key]
		if r == nil {
			r = &mapRow{MapRow: MapRow{Category: probity.Category(labels[0].category), Detector: labels[0].detector}, countries: map[string]int64{}, activities: map[string]int64{}, subjects: map[string]int64{}, protection: map[string]int64{}, classes: map[string]int64{}}
			m.rows[key] = r
		}
		r.add(in, at, labels, stores)
	}
}

func (t *MapTotal) add(in *inside, stores int64) {
	t.Stores += stores
	t.Copies += number(in.copy) * stores
	t.Public += number(in.public) * stores
	t.Unread += number(in.more) * stores
	t.Readers = max(t.Readers, in.readers)
}

func (r *mapRow) add(in *inside, at *spot, labels []held, stores int64) {
	r.Stores += stores
	r.Copies += number(in.copy) * stores
	r.Public += number(in.public) * stores
	r.Unread += number(in.more) * stores
	r.Readers = max(r.Readers, in.readers)
	r.countries[at.country] += stores
	r.classes[at.class] += stores
	for _, h := range labels {
		r.protection[h.protection] += stores
		if h.protection == string(probity.Clear) {
			r.Clear += stores
		}
	}
	for _, of := range []struct {
		said []string
		to   map[string]int64
	}{{at.activities, r.activities}, {at.subjects, r.subjects}} {
		for _, k := range of.said {
			of.to[k] += stores
		}
		if len(of.said) == 0 {
			of.to[""] += stores
		}
	}
}

// told are the rows, most stores first, and the cells.
func (m mapped) told() ([]MapRow, []MapCell) {
	var rows []MapRow
	for _, r := range m.rows {
		r.Countries, r.Activities, r.Subjects, r.Protection, r.Classes = shares(r.countries), shares(r.activities), shares(r.subjects), shares(r.protection), shares(r.classes)
		rows = append(rows, r.MapRow)
	}
	slices.SortFunc(rows, func(a, b MapRow) int {
		return cmp.Or(cmp.Compare(b.Stores, a.Stores), strings.Compare(string(a.Category), string(b.Category)), strings.Compare(a.Detector, b.Detector))
	})
	var cells []MapCell
	for _, k := range slices.SortedFunc(maps.Keys(m.cells), func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) }) {
		cells = append(cells, MapCell{Category: probity.Category(k[0]), Country: k[1], Stores: m.cells[k]})
	}
	return rows, cells
}

func shares(of map[string]int64) []Share {
	out := make([]Share, 0, len(of))
	for k, n := range of {
		out = append(out, Share{Key: k, Stores: n})
	}
	slices.SortFunc(out, func(a, b Share) int { return cmp.Or(cmp.Compare(b.Stores, a.Stores), strings.Compare(a.Key, b.Key)) })
	return out
}
