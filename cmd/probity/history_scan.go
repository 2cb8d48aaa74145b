package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/history"
)

// recorder takes a scan into the history; nil: there is none.
type recorder struct {
	past  *past.Past
	flags historyFlags
	id    string
	say   func(string)
}

// remember opens the history that is named.
func (f *scanFlags) remember(ctx context.Context, say func(string)) (*recorder, error) {
	p, err := f.historyFlags.open(ctx, say)
	if err != nil || p == nil {
		return nil, err
	}
	return &recorder{past: p, flags: f.historyFlags, say: say}, nil
}

// begin notes that a scan runs.
func (r *recorder) begin(ctx context.Context, targets []string, started time.Time) (err error) {
	if r == nil {
		return nil
	}
	r.id, err = r.past.Begin(ctx, history.Run{Series: r.flags.series, Targets: targets, Tool: "probity " + versionText(), Started: started})
	return err
}

// folder is the history's, which is held for it; nil: there is none.
func (r *recorder) folder() (dir string, held *state.Folder) {
	if r == nil {
		return "", nil
	}
	return r.past.Dir, r.past.Folder
}

// prior is what earlier scans knew of stores; nil: nothing.
func (r *recorder) prior() probity.Prior {
	if r == nil {
		return nil
	}
	return r.past.Prior()
}

// waivers adds those that people made who look at the history. They are no repository's own, and no limit of one binds them.
func (r *recorder) waivers(ctx context.Context, to *gate.Options) error {
	if r == nil {
		return nil
	}
	return accept(ctx, r.past, to)
}

func accept(ctx context.Context, from *past.Past, to *gate.Options) error {
	made, err := from.Accepted(ctx)
	for _, w := range made {
		to.Waivers = append(to.Waivers, gate.Waiver{Waiver: w, Central: true})
	}
	return err
}

// take takes in what the scan came to, says what became of findings, and forgets what is too old. A scan that was stopped is none of the
// history's.
func (r *recorder) take(ctx context.Context, scan probity.Scan, out *outputs) error {
	if r == nil {
		return nil
	}
	id := r.id
	r.id = ""
	if ctx.Err() != nil {
		return r.past.Fail(context.WithoutCancel(ctx), id, "stopped before its end")
	}
	if _, err := r.past.Take(ctx, id, scan); err != nil {
		return errors.Join(err, r.past.Fail(context.WithoutCancel(ctx), id, "it could not be taken in"))
	}
	if err := out.lived(ctx, r.past, id); err != nil {
		return err
	}
	return r.past.Prune(ctx, r.flags.retention())
}

// close lets others have the history. A scan that did not get as far as being taken in failed.
func (r *recorder) close(ctx context.Context) {
	if r == nil {
		return
	}
	if r.id != "" {
		_ = r.past.Fail(context.WithoutCancel(ctx), r.id, "stopped before its end")
	}
	_ = r.past.Close()
}

// earlier is the scan that --since names: a saved one, or one of the history; nil where it names a revision. Of two scans
// nobody can tell which waiver came with the change.
func (f *scanFlags) earlier(ctx context.Context, r *recorder) (*gate.Base, func(), error) {
	none := func() {}
	switch {
	case f.since == "":
		return nil, none, nil
	case f.since != "-" && saved(f.since):
		scan, closing, err := openScan(f.since, nil)
		if err != nil {
			return nil, none, fmt.Errorf("--since: %w", err)
		}
		return &gate.Base{Name: f.since, Scan: scan}, closing, nil
	case r == nil:
		return nil, none, nil
	}
	found, err := r.past.Record(ctx, f.since)
	if errors.Is(err, history.ErrUnknown) {
		return nil, none, nil
	}
	if err != nil {
		return nil, none, fmt.Errorf("--since: %w", err)
	}
	scan, err := r.past.Scan(ctx, found.ID)
	if err != nil {
		return nil, none, fmt.Errorf("--since: %w", err)
	}
	return &gate.Base{Name: "scan " + found.ID, Scan: scan}, none, nil
}

// lived asks the history what became of findings, where a report tells that; of the first scan of a series there is nothing to tell.
func (o *outputs) lived(ctx context.Context, p *past.Past, scan string) error {
	if !slices.ContainsFunc(o.to, func(x output) bool { return x.format == "sarif" }) {
		return nil
	}
	n, err := p.News(ctx, scan, false)
	if err != nil || n.First {
		return err
	}
	o.life = &reports.Life{New: map[string]bool{}, Worse: map[string]bool{}}
	for _, e := range n.Events {
		switch e.Event {
		case history.Appeared, history.Reopened:
			o.life.New[e.Fingerprint] = true
		case history.Worsened:
			o.life.Worse[e.Fingerprint] = true
		case history.WentAway:
			o.life.Gone = append(o.life.Gone, probity.Gone{Rule: e.Rule, Finding: probity.Finding{Asset: e.Asset, Fact: e.Fact, Element: e.Element, Message: e.Message, Fingerprint: e.Fingerprint, Risk: probity.Risk{Severity: e.Severity}}})
		}
	}
	return nil
}
