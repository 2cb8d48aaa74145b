package history

import (
	"context"
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
func (s *Store) Accounts(ctx context.Context, q AccountsQuery) (AccountsPage, error) {
	return AccountsPage{}, errNotYet
}

// Sources gives posture by series: its newest scan that is published, with counts as its viewer may see them.
func (s *Store) Sources(ctx context.Context, b Bounds) ([]PostureScan, error) {
	return nil, errNotYet
}
