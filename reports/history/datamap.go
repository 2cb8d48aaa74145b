package history

import (
	"context"

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

// DataMap is which personal data is where.
type DataMap struct {
	Rows   []MapRow  `json:"rows"`
	Cells  []MapCell `json:"cells"`  // for a picture
	Stores int64     `json:"stores"` // with personal data
}

// DataMap tells which personal data is where, by what the newest scans found.
func (s *Store) DataMap(ctx context.Context, q MapQuery) (DataMap, error) {
	return DataMap{}, errNotYet
}
