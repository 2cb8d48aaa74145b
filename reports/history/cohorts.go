package history

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"github.com/probity-scan/probity"
)

// dictionary numbers what many assets have alike.
type dictionary struct {
	table string
	known map[digest]int64
	last  int64
	empty bool // nothing was in it before: nobody is to be asked
}

// The kinds of marks of a cohort.
const (
	markActivity = 1
	markSubject  = 2
)

// cohort is what lists are filtered by and viewers bounded by.
type cohort struct {
	scope          probity.Scope
	country, owner string
	kind           probity.Kind
	class          probity.Class
	activities     []string
	subjects       []string
}

// sorter tells cohorts, profiles and contents of assets, and numbers them.
type sorter struct {
	s        *Store
	w        *writer
	rule     func(name string) int64
	cohorts  *dictionary
	taggings *dictionary
	profiles *dictionary
	contents *dictionary
	needs    *dictionary
}

func (s *Store) newSorter(ctx context.Context, w *writer, rule func(string) int64) (*sorter, error) {
	o := &sorter{s: s, w: w, rule: rule}
	for to, table := range map[**dictionary]string{&o.cohorts: "cohort", &o.taggings: "tagging", &o.profiles: "profile", &o.contents: "content", &o.needs: "need"} {
		d := &dictionary{table: table, known: map[digest]int64{}}
		if err := s.read.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM "+table).Scan(&d.last); err != nil {
			return nil, failed(err)
		}
		d.empty = d.last == 0
		*to = d
	}
	return o, nil
}

// number is that of an entry; add writes one that nobody knows.
func (o *sorter) number(ctx context.Context, d *dictionary, sum digest, add func(id int64)) (int64, error) {
	if id, ok := d.known[sum]; ok {
		return id, nil
	}
	var id int64
	if !d.empty {
		err := o.s.read.QueryRowContext(ctx, o.s.q("SELECT id FROM "+d.table+" WHERE digest = ?"), sum[:]).Scan(&id)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return 0, failed(err)
		}
	}
	if id == 0 {
		d.last++
		id = d.last
		add(id)
	}
	d.known[sum] = id
	return id, nil
}

// belonging is what viewers are bounded by: the cohort of an asset, and its tags.
type belonging struct{ cohort, tagging int64 }

// belonging numbers that of an asset. What the scan could not read of it stays as it was before: who may see an asset does not
// change because a permission was lost.
func (o *sorter) belonging(ctx context.Context, a *probity.Asset, before belonging) (out belonging, err error) {
	out.tagging = before.tagging
	if tags, ok := a.Tags.Get(); ok {
		if out.tagging, err = o.tagging(ctx, tags); err != nil {
			return out, err
		}
	}
	c := cohort{scope: a.Scope, kind: a.Kind, class: a.Class}
	owner, owned := a.Owner.Get()
	country, placed := a.Location.Country.Get()
	_, gap := a.Activities.Value()
	said := gap == nil || len(a.Activities.Items) > 0
	if before.cohort != 0 && !(owned && placed && said) {
		was, err := o.s.cohortAt(ctx, before.cohort)
		if err != nil {
			return out, err
		}
		c.owner, c.country, c.activities, c.subjects = was.owner, was.country, was.activities, was.subjects
	}
	if owned {
		c.owner = owner
	}
	if placed {
		c.country = country
	}
	if said {
		c.activities, c.subjects = nil, nil
		for _, v := range a.Activities.Items {
			c.activities, c.subjects = append(c.activities, v.ID), append(c.subjects, v.Subjects...)
		}
	}
	c.activities, c.subjects = sortedSet(c.activities), sortedSet(c.subjects)
	out.cohort, err = o.number(ctx, o.cohorts, c.digest(), func(id int64) { c.write(o.w, id) })
	return out, err
}

// tagging numbers tags; 0: there are none.
func (o *sorter) tagging(ctx context.Context, tags map[string]string) (int64, error) {
	if len(tags) == 0 {
		return 0, nil
	}
	h := sha256.New()
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		say(h, k, tags[k])
	}
	var sum digest
	copy(sum[:], h.Sum(nil))
	return o.number(ctx, o.taggings, sum, func(id int64) {
		o.w.add("tagging", "id, digest", id, sum[:])
		for k, v := range tags {
			o.w.add("tagging_mark", "tagging, key, value", id, k, v)
		}
	})
}

func sortedSet(in []string) []string {
	out := slices.Clone(in)
	slices.Sort(out)
	return slices.Compact(out)
}

func (c cohort) digest() (d digest) {
	h := sha256.New()
	say(h, c.scope.Provider, c.scope.Account, c.scope.Region, c.country, c.owner, string(c.kind), string(c.class))
	for _, a := range c.activities {
		say(h, "activity", a)
	}
	for _, s := range c.subjects {
		say(h, "subject", s)
	}
	copy(d[:], h.Sum(nil))
	return d
}

func (c cohort) write(w *writer, id int64) {
	sum := c.digest()
	w.add("cohort", "id, digest, provider, account, region, country, owner, kind, class", id, sum[:], c.scope.Provider, c.scope.Account, c.scope.Region, c.country, c.owner, string(c.kind), string(c.class))
	const columns = "cohort, kind, key"
	for _, a := range c.activities {
		w.add("cohort_mark", columns, id, markActivity, a)
	}
	for _, s := range c.subjects {
		w.add("cohort_mark", columns, id, markSubject, s)
	}
}

// cohortAt reads one. The writer may hold it yet: then it is of this scan, and nothing of it is asked for again.
func (s *Store) cohortAt(ctx context.Context, id int64) (cohort, error) {
	var c cohort
	err := s.read.QueryRowContext(ctx, s.q("SELECT country, owner FROM cohort WHERE id = ?"), id).Scan(&c.country, &c.owner)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	if err != nil {
		return c, failed(err)
	}
	err = s.each(ctx, s.read, "SELECT kind, key FROM cohort_mark WHERE cohort = ? ORDER BY kind, key", []any{id}, func(scan func(...any) error) error {
		var kind int64
		var key string
		err := scan(&kind, &key)
		switch kind {
		case markActivity:
			c.activities = append(c.activities, key)
		case markSubject:
			c.subjects = append(c.subjects, key)
		}
		return err
	})
	return c, err
}
