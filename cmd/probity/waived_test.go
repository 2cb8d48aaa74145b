package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/reports/history"
)

// TestWaivedInHistory: a waiver that somebody makes who looks at the history shows at once, counts in the scans that follow, beside
// those of the file, and lapses after its last day.
func TestWaivedInHistory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	disk := func(name string) string {
		return "resource \"aws_ebs_volume\" \"" + name + "\" {\n  availability_zone = \"eu-west-1a\"\n  size = 10\n  encrypted = false\n}\n"
	}
	code := write("code/main.tf", disk("one")+disk("two"))
	file := write("probity.yaml", "waivers: [{rule: encryption-at-rest, asset: aws_ebs_volume.two, reason: test, owner: me, until: \"2099-01-01\"}]\n")
	day := time.Date(2027, 3, 1, 3, 0, 0, 0, time.UTC)
	now := day
	p, err := past.Open(t.Context(), filepath.Join(dir, "data"), history.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.Close() }()
	log := logrus.New()
	log.SetOutput(os.Stderr)
	log.SetLevel(logrus.ErrorLevel)
	plans := planner{config: file, past: p, folder: p.Folder, dir: filepath.Join(dir, "data"), log: log}
	x := config.Schedule{Name: "nightly", Targets: []string{filepath.Dir(code)}, Rules: []string{"encryption-at-rest"}}
	night := func() history.Record {
		t.Helper()
		r, err := scanned(t.Context(), plans, x, now)
		if err != nil {
			t.Fatal(err)
		}
		now = now.AddDate(0, 0, 1)
		return r
	}
	if r := night(); r.Findings != 1 {
		t.Fatalf("got %+v, want the one finding that the file does not waive", r)
	}
	open, err := p.Findings(t.Context(), history.FindingsQuery{})
	if err != nil || len(open.Rows) != 1 || open.Rows[0].Asset.ID != "aws_ebs_volume.one" {
		t.Fatalf("got %+v, %v, want the disk that the file does not waive", open, err)
	}
	fingerprint := open.Rows[0].Fingerprint
	states := func() []history.Standing {
		t.Helper()
		var out []history.Standing
		for _, s := range []history.Standing{history.Open, history.Waived} {
			got, err := p.Findings(t.Context(), history.FindingsQuery{States: []history.Standing{s}})
			if err != nil {
				t.Fatal(err)
			}
			for _, k := range got.Rows {
				if k.Fingerprint == fingerprint {
					out = append(out, k.State)
				}
			}
		}
		return out
	}
	if _, err := p.Waive(t.Context(), history.Waiver{Fingerprint: fingerprint, Reason: "moves to another disk", Owner: "storage", By: "somebody", Expires: day.AddDate(0, 0, 3)}, history.Bounds{}); err != nil {
		t.Fatal(err)
	}
	if got := states(); !slices.Equal(got, []history.Standing{history.Waived}) {
		t.Errorf("got %v, want it waived at once", got)
	}
	if r := night(); r.Findings != 0 {
		t.Errorf("got %+v, want a scan in which it is waived", r)
	}
	night()
	night() // after its last day
	life, err := p.Life(t.Context(), fingerprint, history.Bounds{})
	if err != nil {
		t.Fatal(err)
	}
	var events []history.Event
	for _, m := range life.Moments {
		events = append(events, m.Event)
	}
	if want := []history.Event{history.Appeared, history.Accepted, history.Lapsed}; !slices.Equal(events, want) || life.State != history.Open {
		t.Errorf("got %v and that it is %s, want %v and open", events, life.State, want)
	}
	if len(life.Waivers) != 1 || life.Waivers[0].Owner != "storage" || life.Outcome == nil || life.Of == nil {
		t.Errorf("got %+v, want its waiver, outcome and rule", life)
	}
}

// scanned is one scan of a schedule, judged and taken in as the server does it.
func scanned(ctx context.Context, plans planner, x config.Schedule, at time.Time) (history.Record, error) {
	plan, err := plans.plan(ctx, x, at)
	if err != nil {
		return history.Record{}, err
	}
	defer plan.Close()
	scan, err := pipeline.Run(ctx, plan.Options)
	if err == nil {
		scan, err = plan.Judge(scan)
	}
	if err != nil {
		return history.Record{}, err
	}
	id, err := plans.past.Begin(ctx, history.Run{Series: x.Name, Targets: x.Targets, Tool: scan.Tool, Started: at})
	if err != nil {
		return history.Record{}, err
	}
	return plans.past.Take(ctx, id, scan)
}
