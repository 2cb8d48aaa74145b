package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/reports/history"
)

// historyVariable names the history where no flag does; unlike a flag it may hold a password.
const historyVariable = "PROBITY_HISTORY"

// historyFlags say where the history is, and how a scan is kept in it.
type historyFlags struct {
	history string
	series  string
	days    int
	kept    *history.Store // that is open to read scans from; nil: none
}

func (f *historyFlags) place(fs *pflag.FlagSet) {
	fs.StringVar(&f.history, "history", "", "`folder` of the history, or postgres://user@host/database (default $PROBITY_HISTORY)")
}

func (f *historyFlags) flags(fs *pflag.FlagSet) {
	f.place(fs)
	fs.StringVar(&f.series, "series", "", "`name` of the series of scans that this one goes on with in the history (default: scans of the same targets)")
	fs.IntVar(&f.days, "history-days", -1, "`days` for which the history keeps details of assets, outcomes and fixed findings; 0: for ever (default 400)")
	fs.Lookup("history-days").DefValue = "0" // not shown: the text says what holds
}

// where is the history that is named; empty: none is.
func (f *historyFlags) where() (string, error) {
	if f.history == "" {
		return os.Getenv(historyVariable), nil
	}
	if past.Server(f.history) {
		u, err := url.Parse(f.history)
		if err != nil {
			return "", errors.New("--history: the address of PostgreSQL is malformed: write postgres://user@host:port/database")
		}
		_, secret := u.User.Password()
		if secret || u.Query().Has("password") {
			return "", fmt.Errorf("--history: other users of this machine see flags: give the password by PGPASSWORD or PGPASSFILE, or the address by %s", historyVariable)
		}
	}
	return f.history, nil
}

// retention is how long the history keeps what.
func (f *historyFlags) retention() history.Retention {
	r := history.DefaultRetention()
	if f.days >= 0 {
		r.Details = time.Duration(f.days) * 24 * time.Hour
		r.Counts = max(r.Counts, r.Details)
	}
	if f.days == 0 {
		r.Counts = 0
	}
	return r
}

// needed is open for commands that are nothing without a history.
func (f *historyFlags) needed(ctx context.Context, say func(string)) (*past.Past, error) {
	p, err := f.open(ctx, say)
	if err == nil && p == nil {
		err = fmt.Errorf("name the history by --history or %s", historyVariable)
	}
	return p, err
}

// open opens the history to write; nil: none is named.
func (f *historyFlags) open(ctx context.Context, say func(string)) (*past.Past, error) {
	at, err := f.where()
	if err != nil || at == "" {
		return nil, err
	}
	p, err := past.Open(ctx, at, history.Options{Now: time.Now, Say: say})
	if errors.Is(err, state.ErrLocked) {
		return nil, fmt.Errorf("%w: wait for its end, or name another history", err)
	}
	return p, err
}

// look opens the history to read; with none named, the one of the person's own state folder.
func (f *historyFlags) look(ctx context.Context) (*past.Past, error) {
	at, err := f.where()
	if err != nil {
		return nil, err
	}
	if at == "" {
		if at = stateFolder(); !isFile(filepath.Join(at, history.File)) {
			return nil, fmt.Errorf("name the history by --history or %s", historyVariable)
		}
	}
	return past.Look(ctx, at, history.Options{Now: time.Now})
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
