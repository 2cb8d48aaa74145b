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

// within adds that a column names a cohort that a condition on cohorts lets through.
func (c *clause) within(column string, cohorts clause) {
	if cohorts.where != "" {
		c.and(column+" IN (SELECT id FROM cohort WHERE "+cohorts.where+")", cohorts.args...)
	}
}

// marked adds that a cohort has one of some marks.
func (c *clause) marked(kind int64, key string, values ...string) {
	where, args := "id IN (SELECT cohort FROM cohort_mark WHERE kind = ? AND key = ?", []any{kind, key}
	if len(values) > 0 {
		where, args = where+" AND value IN "+several(len(values)), append(args, anys(values)...)
	}
	c.and(where+")", args...)
}

// bounded is the condition on cohorts that bounds come to.
func (l *look) bounded(ctx context.Context, b Bounds) (clause, error) {
	var c clause
	if len(b.Accounts) > 0 {
		for _, p := range b.Accounts {
			if _, err := path.Match(p, ""); err != nil {
				return c, fmt.Errorf("bounds: account %q is no pattern: %w", p, err)
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
			return c, err
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
		c.marked(markTag, tag, b.Tags[tag]...)
	}
	if len(b.Activities) > 0 {
		c.and("id IN (SELECT cohort FROM cohort_mark WHERE kind = ? AND key IN "+several(len(b.Activities))+")", append([]any{markActivity}, anys(b.Activities)...)...)
	}
	return c, nil
}
