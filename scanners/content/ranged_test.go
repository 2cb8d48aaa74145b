package content_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
)

// store is an object that is read in places, and counts what is asked of it.
type store struct {
	object string
	fails  error // after the first fetch
	n      int64
	calls  int
}

func (s *store) ReadAt(p []byte, at int64) (int, error) {
	s.calls++
	if s.fails != nil {
		return 0, s.fails
	}
	n, err := strings.NewReader(s.object).ReadAt(p, at)
	s.n += int64(n)
	return n, err
}

// readAt is read of an object that can be read in places.
func readAt(t *testing.T, name string, s *store, size int64, o content.Options) ([]string, content.Report) {
	t.Helper()
	var out []string
	o.At, o.Size = s, size
	rep, err := content.Read(t.Context(), name, strings.NewReader(s.object), o, func(c *content.Column, b []byte) error {
		if len(b) < 200 {
			out = append(out, c.Path+"|"+c.Name+"|"+string(b))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, rep
}

// pictured is an archive of which most is a picture, with a table at either end.
func pictured(noise int) string {
	picture := make([]byte, noise)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range picture {
		picture[i] = byte(r.Uint32())
	}
	return stored("a.csv", table, "b.png", "\x89PNG"+string(picture), "c.csv", table)
}

func TestRanged(t *testing.T) {
	t.Parallel()
	in := pictured(20 << 20)
	want := []string{"a.csv:id|id|1", "a.csv:name|name|A", "c.csv:id|id|1", "c.csv:name|name|A"}
	s := &store{object: in}
	got, rep := readAt(t, "a.zip", s, int64(len(in)), content.Options{Bytes: 1 << 20})
	if d := cmp.Diff(want, got); d != "" || !rep.Ranged || gap(rep.Gap) != "not-collected: format not read: png image" {
		t.Errorf("gap %q, ranged %v; cells (-want +got):\n%s", gap(rep.Gap), rep.Ranged, d)
	}
	if s.n > 512<<10 || s.calls > 6 {
		t.Errorf("got %d bytes in %d fetches, want little of 20 MiB", s.n, s.calls)
	}
	got, rep = readAt(t, "a.zip", s, 0, content.Options{})
	if d := cmp.Diff(want, got); d != "" || rep.Ranged {
		t.Errorf("held in memory, ranged %v; cells (-want +got):\n%s", rep.Ranged, d)
	}
}

func TestRangedLosses(t *testing.T) {
	t.Parallel()
	in := pictured(2 << 20)
	size := int64(len(in))
	var files []string
	for i := range 300 {
		files = append(files, strings.Repeat("long", 50)+strconv.Itoa(i), "x")
	}
	many := zipOf(files...)
	for name, tt := range map[string]struct {
		store store
		size  int64
		bytes int64
		gap   string
		most  int64
	}{
		"a budget for the beginning": {store{object: in}, size, 64 << 10, "unreadable: zip archive takes more than 64 KiB to be opened", 0},
		"a budget for the directory": {store{object: many}, int64(len(many)), 96 << 10, "unreadable: zip archive takes more than 96 KiB to be opened", 32 << 10},
		"a store that fails":         {store{object: in, fails: errors.New("secret")}, size, 1 << 20, "unreadable: reading it failed", 0},
		"a store that refuses":       {store{object: in, fails: fs.ErrPermission}, size, 1 << 20, "denied: permission denied", 0},
		"shorter than it is said":    {store{object: in}, size + 100, 1 << 20, "unreadable: zip archive was cut short while it was read", 1 << 20},
		"packed, so not in places":   {store{object: zip(in)}, int64(len(zip(in))), 1 << 20, "unreadable: zip archive is larger than 1 MiB", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, rep := readAt(t, "a.zip", &tt.store, tt.size, content.Options{Bytes: tt.bytes})
			if got := gap(rep.Gap); got != tt.gap || tt.store.n > tt.most {
				t.Errorf("got gap %q after %d bytes, want %q after at most %d", got, tt.store.n, tt.gap, tt.most)
			}
		})
	}
}

func TestRangedCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	in := pictured(1 << 20)
	rep, err := content.Read(ctx, "a.zip", strings.NewReader(in), content.Options{At: &store{object: in}, Size: int64(len(in))}, func(*content.Column, []byte) error {
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v and gap %q, want %v", err, gap(rep.Gap), context.Canceled)
	}
	if rep.Gap != nil && rep.Gap.Reason != probity.NotCollected {
		t.Errorf("got gap %q of a reading that was stopped", gap(rep.Gap))
	}
}
