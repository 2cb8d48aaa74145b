package past_test

import (
	"errors"
	"os"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/reports/history"
)

// TestFolder: one process writes to a folder, others read meanwhile, and a later scan knows what was found in a store.
func TestFolder(t *testing.T) {
	t.Parallel()
	dir, o := t.TempDir(), history.Options{Now: now}
	if _, err := past.Look(t.Context(), dir, o); err == nil {
		t.Error("a history is read where there is none")
	}
	p, err := past.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := past.Open(t.Context(), dir, o); !errors.Is(err, state.ErrLocked) {
		t.Errorf("got %v, want that another holds it", err)
	}
	store := probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::clients"}, Kind: "aws.s3.bucket", Class: probity.Bucket,
		Labels: probity.Whole(nil, probity.Label{Detector: "email", Category: probity.Contact})}
	scan := probity.Scan{Header: probity.Header{Started: now(), Targets: []string{"aws:"}, Tool: "probity 1.0.0"}, Assets: func(yield func(probity.Asset, error) bool) { yield(store, nil) }}
	id, err := p.Begin(t.Context(), history.Run{Targets: scan.Targets, Tool: scan.Tool, Started: scan.Started})
	if err == nil {
		_, err = p.Take(t.Context(), id, scan)
	}
	if err != nil {
		t.Fatal(err)
	}
	reader, err := past.Look(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	if r, err := reader.Record(t.Context(), "last"); err != nil || r.ID != id {
		t.Errorf("got %+v, %v, want the scan", r, err)
	}
	if _, err := reader.Begin(t.Context(), history.Run{Series: "x", Started: now()}); err == nil {
		t.Error("who only reads writes")
	}
	got, err := p.Prior().Known(t.Context(), "aws.s3.bucket clients")
	if err != nil || len(got) != 0 {
		t.Errorf("got %+v, %v under a name that it does not bear", got, err)
	}
	got, err = p.Prior().Known(t.Context(), store.ID)
	if err != nil || len(got) != 1 || len(got[0].Labels.Items) != 1 || !got[0].Labels.From().At.Equal(now()) {
		t.Errorf("got %+v, %v, want what was found in the store", got, err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(dir); err != nil || st.Mode().Perm() != 0o700 {
		t.Errorf("got %v, %v, want a folder of mode 0700", st, err)
	}
	again, err := past.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	_ = again.Close()
}
