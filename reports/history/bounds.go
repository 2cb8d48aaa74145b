package history

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
)

// Bounds limit what a viewer sees to assets that match one of each list that is not empty. Zero: everything.
//
// An asset is what the newest scan that could tell says of it: who may see it may see its past too. A tag that is named without
// values lets nothing through.
type Bounds struct {
	Accounts   []string            `json:"accounts,omitempty"`   // provider/account, such as aws/123456789012; patterns as of path.Match
	Tags       map[string][]string `json:"tags,omitempty"`       // tag: values, of which the asset has one
	Activities []string            `json:"activities,omitempty"` // of processing, that the asset belongs to
}

// Zero reports whether nothing is out of bounds.
func (b Bounds) Zero() bool {
	return len(b.Accounts) == 0 && len(b.Tags) == 0 && len(b.Activities) == 0
}

// clause is a part of a statement, with the values of its places.
type clause struct {
	where string
	args  []any
}

// and adds a condition.
func (c *clause) and(where string, args ...any) {
	if c.where != "" {
		c.where += " AND "
	}
	c.where += where
	c.args = append(c.args, args...)
}

// text is the condition as it stands in a statement; one that asks for nothing holds.
func (c clause) text() string {
	if c.where == "" {
		return "1 = 1"
	}
	return c.where
}

// view is what somebody may see, or asks for: a condition on cohorts, and conditions on tags, all of which hold.
type view struct {
	cohorts clause
	tags    []clause
}

// within adds that a row of a table with cohort and tagging is in view; the prefix names it: "g.", or nothing.
func (c *clause) within(prefix string, v view) {
	if v.cohorts.where != "" {
		c.and(prefix+"cohort IN (SELECT id FROM cohort WHERE "+v.cohorts.where+")", v.cohorts.args...)
	}
	for _, t := range v.tags {
		// The plus keeps the tags, of which there are many, from being looked up one by one in an index for each of something else.
		c.and("+"+prefix+"tagging IN (SELECT tagging FROM tagging_mark WHERE "+t.where+")", t.args...)
	}
}

// tagged adds that there is a tag, with one of some values where any are named.
func (v *view) tagged(key string, values ...string) {
	var c clause
	c.and("key = ?", key)
	if len(values) > 0 {
		c.and("value IN "+several(len(values)), anys(values)...)
	}
	v.tags = append(v.tags, c)
}

// serving adds that assets are of one of some activities.
func (v *view) serving(activities ...string) {
	v.cohorts.and("id IN (SELECT cohort FROM cohort_mark WHERE kind = ? AND key IN "+several(len(activities))+")", append([]any{markActivity}, anys(activities)...)...)
}

// bounded is what bounds let through.
func (l *look) bounded(ctx context.Context, b Bounds) (view, error) {
	var v view
	c := &v.cohorts
	if len(b.Accounts) > 0 {
		for _, p := range b.Accounts {
			if _, err := path.Match(p, ""); err != nil {
				return v, fmt.Errorf("bounds: account %q is no pattern: %w", p, err)
			}
		}
		var one clause
		err := l.each(ctx, "SELECT DISTINCT provider, account FROM cohort", nil, func(scan func(...any) error) error {
			var provider, account string
			if err := scan(&provider, &account); err != nil {
				return err
			}
			name := provider + "/" + account
			if slices.ContainsFunc(b.Accounts, func(p string) bool { ok, _ := path.Match(p, name); return ok }) {
				one.args = append(one.args, provider, account)
			}
			return nil
		})
		if err != nil {
			return v, err
		}
		if len(one.args) == 0 {
			c.and("1 = 0")
		} else {
			c.and("(provider, account) IN (VALUES "+repeated("(?, ?)", len(one.args)/2)+")", one.args...)
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(b.Tags)) {
		if len(b.Tags[tag]) == 0 {
			c.and("1 = 0")
			continue
		}
		v.tagged(tag, b.Tags[tag]...)
	}
	if len(b.Activities) > 0 {
		v.serving(b.Activities...)
	}
	return v, nil
}
