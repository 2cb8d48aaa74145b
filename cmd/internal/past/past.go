// Package past opens the history that a command names: a folder, which one process holds at a time, or a database of PostgreSQL.
package past

import (
	"context"
	"errors"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/reports/history"
)

// Past is an open history.
type Past struct {
	*history.Store
	Dir    string        // of a folder
	Folder *state.Folder // that is held for it, also for what else is kept there; nil: none is
}

// Server reports whether a history is named that PostgreSQL holds.
func Server(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// Open opens a history to write to it, and makes it where there is none. A folder is held until it is closed.
func Open(ctx context.Context, where string, o history.Options) (*Past, error) {
	o.Names = inventory.Keys
	if Server(where) {
		s, err := history.Connect(ctx, where, o)
		return &Past{Store: s}, err
	}
	held, err := state.Open(where)
	if err != nil {
		return nil, err
	}
	p := &Past{Dir: where, Folder: held}
	if p.Store, err = history.OpenFolder(ctx, where, o); err != nil {
		return nil, errors.Join(err, p.release())
	}
	return p, nil
}

// Look opens a history to read it, while another process may write to it.
func Look(ctx context.Context, where string, o history.Options) (*Past, error) {
	o.Names = inventory.Keys
	var s *history.Store
	var err error
	if Server(where) {
		s, err = history.LookAt(ctx, where, o)
	} else {
		s, err = history.Look(ctx, where, o)
	}
	return &Past{Store: s}, err
}

// Prior is what earlier scans knew of stores.
func (p *Past) Prior() probity.Prior { return inventory.Over(p.Store) }

// Close lets others have the history.
func (p *Past) Close() error { return errors.Join(p.Store.Close(), p.release()) }

func (p *Past) release() error {
	if p.Folder == nil {
		return nil
	}
	return p.Folder.Close()
}
