package redis

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/gomodule/redigo/redis"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/visits"
)

const (
	rows    = 1000     // keys, when nothing else is asked
	cut     = 16 << 10 // bytes of a value that are read
	huge    = 1 << 20  // bytes of a list, set or stream beyond which nothing of it is read: its elements cannot be cut on the server
	members = 10       // of a hash, list, set or stream that are read
	batch   = 100      // keys asked for at once
	tries   = 20       // draws of a key for each that is wanted: chance repeats itself
)

// draw reads some keys of a database.
type draw struct {
	*conn
	tally  database.Tally
	size   int // keys, as counted before
	limit  int
	left   int64 // bytes that may be read
	watch  *visits.Watch
	late   *probity.Gap // the time was over before all was read
	keys   int
	bytes  int64
	method string
	short  int // values read in part or not at all for their length
	odd    int // keys of types that are not read
	closed int // keys that this user may not read
	slots  map[string]func([]byte)
}

func newDraw(c *conn, t database.Tally, b probity.Budget, size int) *draw {
	d := &draw{conn: c, tally: t, size: size, limit: b.Rows, left: b.Total, method: "all", slots: map[string]func([]byte){}}
	if d.limit <= 0 {
		d.limit = rows
	}
	if d.left <= 0 {
		d.left = math.MaxInt64
	}
	return d
}

func (d *draw) read(ctx context.Context) error {
	names, err := d.names()
	if err != nil {
		return err
	}
	known := learn(names)
	keys := make([]key, len(names))
	for i, n := range names {
		keys[i] = key{name: n, place: known.of(n)}
	}
	return d.rounds(ctx, keys)
}

// names draws keys: all of a small database, and some by chance of a large one. SCAN and RANDOMKEY hold nobody up.
func (d *draw) names() ([]string, error) {
	if d.size <= d.limit {
		return d.scan()
	}
	d.method = "spread" // RANDOMKEY prefers some keys to others, so that no bound can be claimed
	met := map[string]bool{}
	var out []string
	for range tries {
		if d.over() {
			return out, nil
		}
		ask := make([][]any, batch*(1+d.limit/(batch*tries)))
		for i := range ask {
			ask[i] = []any{"RANDOMKEY"}
		}
		got, err := d.several(ask...)
		if err != nil {
			return nil, err
		}
		for _, a := range got {
			key, err := redis.String(a.value, a.err)
			if err != nil {
				return nil, err
			}
			if !met[key] {
				met[key], out = true, append(out, key)
			}
			if len(out) == d.limit {
				return out, nil
			}
		}
	}
	return out, nil
}

func (d *draw) scan() ([]string, error) {
	met := map[string]bool{} // SCAN may tell a key twice
	var out []string
	for cursor := "0"; ; {
		got, err := redis.Values(d.Do("SCAN", cursor, "COUNT", batch))
		if err != nil {
			return nil, err
		}
		var keys []string
		if _, err := redis.Scan(got, &cursor, &keys); err != nil {
			return nil, err
		}
		for _, k := range keys {
			if !met[k] {
				met[k], out = true, append(out, k)
			}
		}
		if cursor == "0" || len(out) > d.limit || d.over() {
			return out, nil
		}
	}
}

// over reports whether nothing more may be asked.
func (d *draw) over() bool {
	d.late = cmp.Or(d.late, d.watch.Over())
	return d.late != nil
}

// slot takes the texts of one place.
func (d *draw) slot(on, name string) func([]byte) {
	add, ok := d.slots[on]
	if !ok {
		add = d.tally.Column(on, name)
		d.slots[on] = add
	}
	return add
}

// text reads one value, which may be JSON or of any other format.
func (d *draw) text(ctx context.Context, place, name string, b []byte) error {
	d.bytes += int64(len(b))
	rep, err := content.Read(ctx, "", bytes.NewReader(b), content.Options{}, func(c *content.Column, cell []byte) error {
		if c.Path == "" {
			d.slot(place, name)(cell)
		} else {
			d.slot(place+"."+c.Path, c.Name)(cell)
		}
		return nil
	})
	if rep.Gap != nil && len(b) < cut { // what was cut ends anywhere
		d.short++
	}
	return err
}

// labels are what was found, and why that may not be all.
func (d *draw) labels(from *probity.Origin, total probity.Fact[int], err error) probity.List[probity.Label] {
	if d.method == "all" && (d.late != nil || d.bytes >= d.left) {
		d.method = "first"
	}
	labels := d.tally.Labels()
	for i := range labels {
		labels[i].Origin, labels[i].AsOf = from, from.At
		labels[i].Sample = probity.Sample{Unit: "keys", Read: d.keys, Total: total, Method: d.method}
	}
	gap := d.gap()
	if err != nil {
		g := lost(err, "+@read on its keys")
		gap = &g
	}
	if gap != nil {
		return probity.Open(*gap, from, labels...)
	}
	return probity.Whole(from, labels...)
}

func (d *draw) gap() *probity.Gap {
	switch {
	case d.late != nil:
		return d.late
	case d.bytes >= d.left:
		return &probity.Gap{Reason: probity.Sampled, Because: "the budget of bytes is used up", Needs: "a larger --sample-bytes"}
	case d.closed > 0:
		return &probity.Gap{Reason: probity.Denied, Because: fmt.Sprintf("keys that this user may not read: %d", d.closed), Needs: "~* and +@read"}
	case d.method != "all":
		return &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("%d keys were read", d.keys), Needs: "a larger --rows"}
	case d.short > 0:
		return &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("long values read in part: %d", d.short)}
	case d.odd > 0:
		return &probity.Gap{Reason: probity.NotCollected, Because: fmt.Sprintf("keys of types that are not read: %d", d.odd)}
	}
	return nil
}
