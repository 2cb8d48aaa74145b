package visits

import (
	"cmp"
	"time"

	"github.com/probity-scan/probity"
)

const eachTable = time.Minute // when nothing else is asked

// Watch keeps the time for which a store, and each table of it, may be read.
type Watch struct {
	clock        func() time.Time
	one, all     time.Duration // for a table, and for all of them; all is 0 without a limit
	began, table time.Time
}

// NewWatch starts to count for a store of which others read already for a while. Without a clock it goes by the machine's.
func NewWatch(content *probity.Budget, clock func() time.Time, already time.Duration) *Watch {
	if clock == nil {
		clock = wall
	}
	w := &Watch{clock: clock, one: eachTable}
	if content != nil {
		w.one, w.all = cmp.Or(time.Duration(content.TableSeconds)*time.Second, eachTable), time.Duration(content.Seconds)*time.Second
	}
	w.table = clock()
	w.began = w.table.Add(-already)
	return w
}

// wall is the machine's clock: how long reading takes is in no report.
func wall() time.Time { return time.Now() } //nolint:forbidigo // see above

// Table starts to count for another table.
func (w *Watch) Table() { w.table = w.clock() }

// Spent is for how long the store has been read.
func (w *Watch) Spent() time.Duration { return w.clock().Sub(w.began) }

// Left is for how long the table may be read on.
func (w *Watch) Left() time.Duration {
	left := w.one - w.clock().Sub(w.table)
	if w.all > 0 {
		left = min(left, w.all-w.Spent())
	}
	return left
}

// Over is why nothing more may be begun; nil: there is time.
func (w *Watch) Over() *probity.Gap {
	switch {
	case w.Done():
		return &probity.Gap{Reason: probity.Sampled, Because: "the time for one database is used up", Needs: "a larger --sample-seconds"}
	case w.Left() <= 0:
		return &probity.Gap{Reason: probity.Sampled, Because: "the time for one table is used up", Needs: "a larger --table-seconds, or a server with less to do"}
	}
	return nil
}

// Done reports whether the time for the store is used up.
func (w *Watch) Done() bool { return w.all > 0 && w.Spent() >= w.all }
