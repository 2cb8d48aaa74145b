package history

import (
	"context"
	"slices"
	"sync"

	"github.com/probity-scan/probity"
)

// corpora are rules and frameworks as scans had them, by digest. They are read once: most scans have them alike.
type corpora struct {
	mu   sync.Mutex
	read map[digest]*corpus
}

// mostCorpora is how many are held.
const mostCorpora = 16

// corpusOf reads the rules and frameworks of one digest.
func (l *look) corpusOf(ctx context.Context, sum digest) (*corpus, error) {
	held := &l.s.corpora
	held.mu.Lock()
	c := held.read[sum]
	held.mu.Unlock()
	if c != nil {
		return c, nil
	}
	var raw []byte
	if err := l.one(ctx, "SELECT body FROM doc WHERE digest = ?", []any{sum[:]}, &raw); err != nil {
		return nil, err
	}
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	defer p.close()
	c = &corpus{}
	if err := p.unpack(raw, c); err != nil {
		return nil, err
	}
	held.mu.Lock()
	defer held.mu.Unlock()
	if held.read == nil || len(held.read) >= mostCorpora {
		held.read = map[digest]*corpus{}
	}
	held.read[sum] = c
	return c, nil
}

// newest are the rules and frameworks of the newest scan of each series, of the newest scan first.
func (l *look) newest(ctx context.Context) ([]*corpus, error) {
	var sums []digest
	err := l.each(ctx, `SELECT s.corpus FROM scan s WHERE s.published = 1 AND s.corpus IS NOT NULL
		AND s.version = (SELECT MAX(n.version) FROM scan n WHERE n.series = s.series AND n.published = 1) ORDER BY s.version DESC`, nil, func(scan func(...any) error) error {
		var sum []byte
		if err := scan(&sum); err != nil {
			return err
		}
		if d := digest(sum); !slices.Contains(sums, d) {
			sums = append(sums, d)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]*corpus, len(sums))
	for i, sum := range sums {
		if out[i], err = l.corpusOf(ctx, sum); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// framework is one as the newest scan has it that knows it, and the rules that give evidence for it in any scan.
func framework(of []*corpus, id string) (f probity.Framework, rules map[string]bool, known bool) {
	rules = map[string]bool{}
	for _, c := range of {
		for _, x := range c.Frameworks {
			if x.ID != id {
				continue
			}
			if !known {
				f, known = x, true
			}
			for _, r := range c.Rules {
				if slices.ContainsFunc(x.Controls, r.Serves) {
					rules[r.ID] = true
				}
			}
		}
	}
	return f, rules, known
}

// rulesOf are the numbers of the rules that give evidence for a framework.
func (l *look) rulesOf(ctx context.Context, id string) ([]int64, error) {
	all, err := l.newest(ctx)
	if err != nil {
		return nil, err
	}
	_, serve, _ := framework(all, id)
	var out []int64
	err = l.each(ctx, "SELECT id, name FROM rule", nil, func(scan func(...any) error) error {
		var number int64
		var name string
		err := scan(&number, &name)
		if serve[name] {
			out = append(out, number)
		}
		return err
	})
	return out, err
}

// ruleNamed is a rule as the newest scan has it that knows it.
func (l *look) ruleNamed(ctx context.Context, id string) (*probity.Rule, error) {
	all, err := l.newest(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		for i := range c.Rules {
			if c.Rules[i].ID == id || slices.Contains(c.Rules[i].Aliases, id) {
				r := c.Rules[i]
				return &r, nil
			}
		}
	}
	return nil, nil //nolint:nilnil // a rule of former days, of which no text is left
}
