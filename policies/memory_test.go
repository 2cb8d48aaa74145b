package policies

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// TestRememberingChangesNothing: rules say the same of an estate whether they remember nothing, forget at once, or remember all.
func TestRememberingChangesNothing(t *testing.T) {
	t.Parallel()
	for _, gaps := range []int{0, 10, 40} {
		t.Run(fmt.Sprint(gaps), func(t *testing.T) {
			t.Parallel()
			c, err := Load(t.Context(), Options{Parameters: parameters()})
			if err != nil {
				t.Fatal(err)
			}
			assets := crossed(newEstate(uint64(6+gaps), gaps).alike(120), newEstate(uint64(7+gaps), gaps).different(60)) //nolint:gosec // a small number
			c.remembered = 0
			want, err := judgeAll(t, c, assets)
			if err != nil {
				t.Fatal(err)
			}
			for _, limit := range []int64{1, 4 << 10, remembered} {
				c.remembered = limit
				got, err := judgeAll(t, c, assets)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("remembering in %d bytes: %s", limit, diff)
				}
			}
			p, err := c.prepare(t.Context(), Estate{Assets: walk(assets), Linked: nobody, Now: time.Unix(1_800_000_000, 0)})
			if err != nil {
				t.Fatal(err)
			}
			if err := p.judge(t.Context(), &batch{assets: assets, rows: make([][]probity.Outcome, len(assets))}); err != nil {
				t.Fatal(err)
			}
			met := 0
			for i := range p.worth {
				met += int(p.worth[i].met.Load() + p.rests[i].met.Load())
			}
			if met*2 < len(want) {
				t.Errorf("%d of %d verdicts were remembered: the test tries little", met, len(want))
			}
		})
	}
}

// crossed are assets, and as many again that have each part of theirs from one of those of its kind: what rules read is met again
// beside other things.
func crossed(estates ...[]probity.Asset) []probity.Asset {
	r := rand.New(rand.NewPCG(8, 0))
	var out []probity.Asset
	by := map[probity.Kind][]int{}
	for _, assets := range estates {
		for _, a := range assets {
			by[a.Kind] = append(by[a.Kind], len(out))
			out = append(out, a)
		}
	}
	for i := range out {
		a := out[i]
		v := reflect.ValueOf(&a).Elem()
		for n := range v.NumField() {
			switch v.Type().Field(n).Name {
			case "Ref", "Kind", "Class":
			default:
				from := by[a.Kind][r.IntN(len(by[a.Kind]))]
				v.Field(n).Set(reflect.ValueOf(&out[from]).Elem().Field(n))
			}
		}
		out = append(out, a)
	}
	return out
}

// TestBounded: a memory holds no more than twice its limit, and what was asked for last.
func TestBounded(t *testing.T) {
	t.Parallel()
	m, s := &memory{limit: 64 << 10}, newSeeds()
	often := s.of([]byte("often"))
	m.put(often, 1, 20)
	for i := range 10_000 {
		m.put(s.of(fmt.Append(nil, i)), i, 20)
		if m.get(often) != 1 {
			t.Fatal("what is asked for is forgotten")
		}
	}
	held := 0
	for i := range m.shards {
		for _, entries := range []map[stamp]memo{m.shards[i].young, m.shards[i].old} {
			for _, e := range entries {
				held += e.size
			}
		}
	}
	if held > 3*64<<10 {
		t.Errorf("%d bytes are held", held)
	}
}
