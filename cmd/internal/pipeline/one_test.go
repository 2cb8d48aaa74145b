package pipeline

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
)

// stored keeps what units found as bytes, by their parts.
type stored map[string][]byte

func (s stored) Known(u probity.Unit) (state.Result, bool) {
	r, _, err := state.Decode(bytes.NewReader(s[u.Part]))
	return r, err == nil
}

func (stored) Keep(probity.Unit, state.Result) error { return nil }
func (stored) Whole()                                {}

// TestOne: units that were scanned one by one, wherever that was, come to the verdicts of a scan in one go.
func TestOne(t *testing.T) {
	t.Parallel()
	parts := fake{
		"":       {part("done"), part("denied"), part("far"), part("named")},
		"done":   {bare("a"), told("done", nil), probity.Calls{Service: "S3", Operation: "ListBuckets", Made: 3}},
		"denied": {told("denied", &probity.Gap{Reason: probity.Throttled})},
		"far":    {bare("far away"), told("far", nil)},
		"named":  {bare("ann.miller@corp.test"), told("named", nil)},
	}
	o := options(t, parts)
	kept := stored{}
	for waiting := o.Units; len(waiting) > 0; waiting = waiting[1:] {
		u := waiting[0]
		r, again, err := One(t.Context(), o, u)
		if err != nil {
			t.Fatal(err)
		}
		if again != (u.Part == "denied") {
			t.Errorf("%q: another try may tell more: %v", u.Part, again)
		}
		if u.Part == "far" {
			r = Unreached(u, probity.Gap{Reason: probity.Unreachable, Because: "no worker is there"})
		}
		var b bytes.Buffer
		if err := r.Encode(&b, time.Now()); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b.Bytes(), []byte("miller")) {
			t.Errorf("%q names a person", u.Part)
		}
		kept[u.Part] = b.Bytes()
		waiting = append(waiting, r.Children...)
	}
	parts["far"] = []any{told("far", &probity.Gap{Reason: probity.Unreachable, Because: "no worker is there"})}
	want := run(t, o)
	o.Checkpoint, o.Scanners = kept, nil
	got := run(t, o)
	if diff := cmp.Diff(verdicts(t, want), verdicts(t, got)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want.Calls, got.Calls); diff != "" {
		t.Error(diff)
	}
}
