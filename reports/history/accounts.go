package history

import (
	"context"
	"slices"
	"strings"
)

// AccountsQuery says which accounts are asked for.
type AccountsQuery struct {
	Series    string `json:"series,omitempty"`
	Framework string `json:"framework,omitempty"`
	Text      string `json:"text,omitempty"` // in the account's name
	After     string `json:"after,omitempty"`
	Limit     int    `json:"limit,omitempty"` // 0: 100
	Bounds    Bounds `json:"-"`
}

// AccountPosture is how an account stands.
type AccountPosture struct {
	Account string `json:"account"` // provider/account
	Assets  int64  `json:"assets"`
	Counts  Counts `json:"counts"`
}

// AccountsPage is accounts by name.
type AccountsPage struct {
	Rows  []AccountPosture `json:"rows"`
	Next  string           `json:"next,omitempty"`
	Total int64            `json:"total"`
}

// Accounts gives posture by account.
func (s *Store) Accounts(ctx context.Context, q AccountsQuery) (out AccountsPage, err error) {
	p, err := pieceOf(q.After, q.Limit, most)
	if err != nil {
		return out, err
	}
	err = s.looking(ctx, func(l *look) error {
		a, err := l.asking(ctx, q.Series, "", q.Framework, q.Bounds)
		if err != nil {
			return err
		}
		all, err := l.accounts(ctx, a, q.Text)
		if err != nil {
			return err
		}
		out.Total = int64(len(all))
		out.Rows, out.Next = cut(all[min(p.skip, len(all)):], p)
		return nil
	})
	return out, err
}

// accounts are all of them, by name: some hundred, or thousand.
func (l *look) accounts(ctx context.Context, a askedFor, text string) ([]AccountPosture, error) {
	if text != "" {
		a.view.cohorts.and(l.contains("provider || '/' || account"), like(text))
	}
	g, c, err := l.chosen(ctx, a)
	if err != nil {
		return nil, err
	}
	place := make([]int, len(g.accounts)) // in out, from 1
	var out []AccountPosture
	n := map[alike]int64{}
	g.each(c, func(b *brief, first bool) {
		by := g.account[b.cohort]
		if g.accounts[by] == "" {
			return
		}
		if place[by] == 0 {
			out = append(out, AccountPosture{Account: g.accounts[by], Counts: newCounts()})
			place[by] = len(out)
		}
		if first {
			out[place[by]-1].Assets++
		}
	})
	profiles := g.outcomes(c, g.account, func(b *brief, place int32) {
		if by := g.account[b.cohort]; g.accounts[by] != "" {
			n[alike{by, place}]++
		}
	})
	sum(profiles, n, a.only, false, func(by int32, t tally) { out[place[by]-1].Counts.add(t, 1) })
	slices.SortFunc(out, func(a, b AccountPosture) int { return strings.Compare(a.Account, b.Account) })
	return out, nil
}

// Sources gives posture by series: its newest scan, with counts as the viewer may see them, the newest last.
func (s *Store) Sources(ctx context.Context, b Bounds) (out []PostureScan, err error) {
	err = s.looking(ctx, func(l *look) error {
		a, err := l.asking(ctx, "", "", "", b)
		if err != nil {
			return err
		}
		all, err := l.scansOf(ctx, a)
		if err != nil {
			return err
		}
		sum, assets, _, err := l.bySeries(ctx, a)
		newest := map[int64]int{}
		for i, x := range all {
			newest[x.series] = i
		}
		for i, x := range all {
			if newest[x.series] != i {
				continue
			}
			x.Counts, x.Assets = newCounts(), assets[x.series]
			if c := sum[x.series]; c != nil {
				x.Counts = *c
			}
			out = append(out, x)
		}
		return err
	})
	return out, err
}
