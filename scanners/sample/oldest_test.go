package sample_test

import (
	"fmt"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/sample"
)

// TestOldest: of columns that a period counts from the earliest day is kept, in any form that leaves no doubt, and of others nothing.
func TestOldest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		start, column string
		cells         []string
		want          string
	}{
		"days":           {"ended_at", "ended_at", []string{"2024-03-01", "2019-12-31", "", "2021-01-01"}, "2019-12-31"},
		"moments":        {"ended_at", "ENDED_AT", []string{"2020-02-03 04:05:06+00", "2020-02-02T23:00:00Z"}, "2020-02-02"},
		"with a table":   {"visits.ended_at", "ended_at", []string{"05.06.2018"}, "2018-06-05"},
		"path":           {"ended_at", "visit.ended_at", []string{"2018/06/05"}, "2018-06-05"},
		"epochs":         {"t", "t", []string{"1500000000", "1400000000000"}, "2014-05-13"},
		"no dates":       {"ended_at", "ended_at", []string{"soon", "0000-00-00", "1900-01-01", "01/02/2003"}, "unreadable"},
		"another":        {"ended_at", "created_at", []string{"2019-12-31"}, "undeclared"},
		"an event":       {"end of the contract", "ended_at", []string{"2019-12-31"}, "undeclared"},
		"nobody asked":   {"", "ended_at", []string{"2019-12-31"}, "not-collected"},
		"without a name": {"ended_at", "", []string{"2019-12-31"}, "undeclared"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var starts sample.Starts
			if c.start != "" {
				starts = sample.Starts{c.start}
			}
			o := sample.NewOldest(starts)
			got := 0
			add := o.Column("place", c.column, func([]byte) { got++ })
			for _, cell := range c.cells {
				add([]byte(cell))
			}
			if got != len(c.cells) {
				t.Errorf("%d of %d cells went on", got, len(c.cells))
			}
			ages, asked := sample.Ages(o)
			list := sample.AgesOf(ages, asked, nil, nil)
			shown := ""
			if _, gap := list.Value(); gap != nil {
				shown = string(gap.Reason)
			}
			for _, a := range list.Items {
				shown += fmt.Sprint(a.Oldest.Format("2006-01-02"))
				if a.Start != c.start || a.On != "place" {
					t.Errorf("got %+v", a)
				}
			}
			if shown != c.want {
				t.Errorf("got %s, want %s", shown, c.want)
			}
		})
	}
	o := sample.NewOldest(sample.Starts{"t"})
	o.Column("t", "t", func([]byte) {})([]byte("2020-01-01"))
	ages, asked := sample.Ages(o)
	l := sample.AgesOf(ages, asked, &probity.Gap{Reason: probity.Sampled}, nil)
	if _, gap := l.Value(); len(l.Items) != 1 || gap == nil || gap.Reason != probity.Sampled {
		t.Errorf("got %+v of a sample, want what was seen, and that there may be older data", l)
	}
}
