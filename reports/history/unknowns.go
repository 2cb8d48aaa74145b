package history

import (
	"context"
	"errors"

	"github.com/probity-scan/probity"
)

var errNotYet = errors.New("history: this query is not there yet")

// UnknownsQuery says which unknown outcomes are asked for.
type UnknownsQuery struct {
	Rule      string `json:"rule,omitempty"`
	Account   string `json:"account,omitempty"` // provider/account
	Framework string `json:"framework,omitempty"`
	Series    string `json:"series,omitempty"`
	Group     string `json:"group,omitempty"` // ID of one group: for its rows
	After     string `json:"after,omitempty"`
	Limit     int    `json:"limit,omitempty"` // 0: 100
	Bounds    Bounds `json:"-"`
}

// Settles is what would settle an unknown outcome.
type Settles string

// What settles unknown outcomes.
const (
	ByPermission  Settles = "permission"  // whoever scans may read more
	ByDeclaration Settles = "declaration" // somebody says it in probity.yaml
	ByValue       Settles = "value"       // a variable, a plan, a file
	ByReading     Settles = "reading"     // more content, another try, another scan
)

// Values lists what settles unknown outcomes.
func (Settles) Values() []string {
	return []string{string(ByPermission), string(ByDeclaration), string(ByValue), string(ByReading)}
}

// UnknownGroup is unknown outcomes that one thing would settle. Names of stores in what is needed are left out.
type UnknownGroup struct {
	ID       string         `json:"id"`
	Settles  Settles        `json:"settles"`
	Reason   probity.Reason `json:"reason"`
	Needs    string         `json:"needs,omitempty"`
	Outcomes int64          `json:"outcomes"`
	Assets   int64          `json:"assets"`
	Rules    int64          `json:"rules"`
	Examples []AssetRow     `json:"examples"` // some of the assets
}

// Unknowns are groups, those of most outcomes first.
type Unknowns struct {
	Groups   []UnknownGroup `json:"groups"`
	Outcomes int64          `json:"outcomes"` // unknown ones, in all groups; one that needs two things is in two groups
	Next     string         `json:"next,omitempty"`
}

// Unknowns gives unknown outcomes by what would settle them.
func (s *Store) Unknowns(ctx context.Context, q UnknownsQuery) (Unknowns, error) {
	return Unknowns{}, errNotYet
}

// UnknownRow is one unknown outcome.
type UnknownRow struct {
	Asset  AssetRow `json:"asset"`
	Rule   string   `json:"rule"`
	Series string   `json:"series"`
}

// UnknownRows are the unknown outcomes of one group, in the order of assets.
type UnknownRows struct {
	Group UnknownGroup `json:"group"`
	Rows  []UnknownRow `json:"rows"`
	Next  string       `json:"next,omitempty"`
	Total int64        `json:"total"`
}

// UnknownRows gives those of a group, which the query names.
func (s *Store) UnknownRows(ctx context.Context, q UnknownsQuery) (UnknownRows, error) {
	return UnknownRows{}, errNotYet
}
