package history

import (
	"context"
	"time"

	"github.com/probity-scan/probity"
)

// AssetsQuery says which assets are asked for, in the order of their IDs. Those that are gone are not listed.
type AssetsQuery struct {
	Text     string           `json:"text,omitempty"` // in ID or name, in any case
	Class    probity.Class    `json:"class,omitempty"`
	Kind     probity.Kind     `json:"kind,omitempty"`
	Account  string           `json:"account,omitempty"` // provider/account
	Region   string           `json:"region,omitempty"`
	Country  string           `json:"country,omitempty"`
	Category probity.Category `json:"category,omitempty"` // of personal data that was found in it
	Detector string           `json:"detector,omitempty"`
	Activity string           `json:"activity,omitempty"`
	Owner    string           `json:"owner,omitempty"`
	Tag      string           `json:"tag,omitempty"`      // key=value, or key
	Failing  bool             `json:"failing,omitempty"`  // with a finding that stands
	Personal bool             `json:"personal,omitempty"` // with personal data
	Series   string           `json:"series,omitempty"`
	After    string           `json:"after,omitempty"`
	Limit    int              `json:"limit,omitempty"` // 0: 100
	Bounds   Bounds           `json:"-"`
}

// AssetRow is an asset in a list.
type AssetRow struct {
	Asset      probity.Ref        `json:"asset"`
	Name       string             `json:"name,omitempty"`
	Kind       probity.Kind       `json:"kind,omitempty"`
	Class      probity.Class      `json:"class,omitempty"`
	Scope      probity.Scope      `json:"scope,omitzero"`
	Country    string             `json:"country,omitempty"`
	Owner      string             `json:"owner,omitempty"`
	Categories []probity.Category `json:"categories,omitempty"` // of personal data that was found in it
	Severity   probity.Severity   `json:"severity,omitempty"`   // of its worst finding that stands
	Failing    int64              `json:"failing"`              // outcomes
	Unknown    int64              `json:"unknown"`
	Seen       bool               `json:"seen"` // by the newest scan that asked for it
}

// AssetsPage is some of a list.
type AssetsPage struct {
	Rows  []AssetRow `json:"rows"`
	Next  string     `json:"next,omitempty"` // for After; empty: there is no more
	Total int64      `json:"total"`
}

// Assets lists assets.
func (s *Store) Assets(ctx context.Context, q AssetsQuery) (AssetsPage, error) {
	return AssetsPage{}, errNotYet
}

// AssetPage is all that is known of one asset.
type AssetPage struct {
	Row      AssetRow          `json:"row"`
	Asset    probity.Asset     `json:"facts"`            // by the newest scan that saw it; its facts may be missing where it is known by outcomes alone
	Series   []AssetSeen       `json:"series"`           // who saw it, the newest first
	Outcomes []probity.Outcome `json:"outcomes"`         // of the newest scan that saw it
	Findings []Known           `json:"findings"`         // all that it has or had, the worst first
	Links    []AssetLink       `json:"links,omitempty"`  // from it
	Linked   []AssetLink       `json:"linked,omitempty"` // to it: copies, replicas, what reads from it
	Hidden   int               `json:"hidden,omitempty"` // links from it to what the viewer may not see
	Moments  []AssetMoment     `json:"moments"`          // the newest first
}

// AssetSeen is what a series knows of an asset.
type AssetSeen struct {
	Series string    `json:"series"`
	Scan   string    `json:"scan"` // the newest that saw it
	At     time.Time `json:"at"`
	Seen   bool      `json:"seen"` // its newest scan did; else: it cannot tell, or the asset is gone
	Gone   bool      `json:"gone,omitempty"`
}

// AssetLink is a link from one asset to another.
type AssetLink struct {
	Kind  probity.LinkKind `json:"kind"`
	Asset AssetRow         `json:"asset"` // at the other end
}

// AssetMoment is a time at which what is known of an asset changed.
type AssetMoment struct {
	At       time.Time `json:"at"`
	Scan     string    `json:"scan"`
	Series   string    `json:"series"`
	Appeared bool      `json:"appeared,omitempty"`
	Lost     bool      `json:"lost,omitempty"` // the scan could not tell
	Gone     bool      `json:"gone,omitempty"`
	Facts    bool      `json:"facts,omitempty"`  // they are others
	Labels   bool      `json:"labels,omitempty"` // they are others
	Outcomes bool      `json:"outcomes,omitempty"`
}

// Asset gives one asset. One outside of the bounds is unknown.
func (s *Store) Asset(ctx context.Context, ref probity.Ref, b Bounds) (AssetPage, error) {
	return AssetPage{}, errNotYet
}
