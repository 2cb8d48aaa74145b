package history

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// versions is our table of migrations; others keep theirs in the same database.
const versions = "history_version"

func (s *Store) provider(all fs.FS) (*goose.Provider, error) {
	dir, err := fs.Sub(all, s.dialect.migrations)
	if err != nil {
		return nil, failed(err)
	}
	options := []goose.ProviderOption{goose.WithTableName(versions), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger())}
	p, err := goose.NewProvider(s.dialect.goose, s.write, dir, options...)
	if err != nil {
		return nil, failed(err)
	}
	return p, nil
}

// migrate brings the database forward, after a backup of what is in it. One that is newer is refused.
func (s *Store) migrate(ctx context.Context, all fs.FS, backup func(ctx context.Context, from int64) error) error {
	p, err := s.provider(all)
	if err != nil {
		return err
	}
	is, newest, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return failed(err)
	case is > newest:
		return fmt.Errorf("history: its format is %d, and this probity knows %d: %w", is, newest, ErrNewer)
	case is == newest:
		return s.backfill(ctx)
	case is > 0:
		if err := backup(ctx, is); err != nil {
			return err
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bringing it to a newer format: %w", failed(err))
	}
	return s.backfill(ctx)
}

// current refuses a database of another format: who only reads migrates nothing.
func (s *Store) current(ctx context.Context, all fs.FS) error {
	sources, err := fs.ReadDir(all, s.dialect.migrations)
	if err != nil {
		return failed(err)
	}
	var is int
	if err := s.read.QueryRowContext(ctx, "SELECT MAX(version_id) FROM "+versions).Scan(&is); err != nil {
		return failed(err)
	}
	switch {
	case is > len(sources):
		return fmt.Errorf("history: its format is %d, and this probity knows %d: %w", is, len(sources), ErrNewer)
	case is < len(sources):
		return fmt.Errorf("history: its format is %d, and this probity writes %d: the next scan with --history brings it forward", is, len(sources))
	}
	return nil
}
