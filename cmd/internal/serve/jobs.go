package serve

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"

	"github.com/probity-scan/probity"
)

// tick begins the scan of a schedule that was due at a time, or that somebody asked for.
type tick struct {
	Schedule string `json:"schedule"`
	Due      int64  `json:"due"` // seconds since 1970
	Asked    bool   `json:"asked,omitempty"`
}

func (tick) Kind() string { return "probity_tick" }

// part scans one unit. It holds no more than names: what is asked stands in the configuration of whoever takes it.
type part struct {
	Scan  string `json:"scan"`
	Key   string `json:"key"`
	First int    `json:"first"` // the target that it is of
	Asked string `json:"asked"` // digest of what is asked, by which all units of a scan are scanned
}

func (part) Kind() string { return "probity_unit" }

// ending judges a scan whose units are all done.
type ending struct {
	Scan string `json:"scan"`
}

func (ending) Kind() string { return "probity_end" }

const (
	control  = "control" // ticks and ends
	anywhere = "anywhere"
)

// queueOf is where units of a place wait.
func queueOf(p probity.Place) string {
	if p == (probity.Place{}) {
		return anywhere
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", p.Network, p.Country, p.Identity))
	return "place_" + hex.EncodeToString(sum[:12])
}

// queuesOf are those whose units a process at a place takes: each of them asks for no more than the place has.
func queuesOf(p probity.Place) []string {
	seen, out := map[string]bool{}, []string{}
	for _, n := range []string{"", p.Network} {
		for _, c := range []string{"", p.Country} {
			for _, i := range []string{"", p.Identity} {
				if q := queueOf(probity.Place{Network: n, Country: c, Identity: i}); !seen[q] {
					seen[q] = true
					out = append(out, q)
				}
			}
		}
	}
	return out
}

// mostTries is how often a unit is begun: one that ends the process each time must not do so for ever.
const mostTries = 4

// insert adds a job in a transaction.
func (s *Server) insert(ctx context.Context, tx *sql.Tx, args river.JobArgs, queue string) error {
	o := &river.InsertOpts{Queue: queue, MaxAttempts: mostTries + 1, UniqueOpts: river.UniqueOpts{ByArgs: true}}
	if _, err := s.client.InsertTx(ctx, tx, args, o); err != nil {
		return fmt.Errorf("adding a job: %w", err)
	}
	return nil
}

// completing runs statements and ends the job in one transaction.
func completing[T river.JobArgs](ctx context.Context, s *Server, job *river.Job[T], do func(*sql.Tx) error) error {
	tx, err := s.o.Store.DB().BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("ending a job: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	if _, err := river.JobCompleteTx[riverdriver.Driver[*sql.Tx]](ctx, tx, job); err != nil {
		return fmt.Errorf("ending a job: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("ending a job: %w", err)
	}
	return nil
}

// backoff is how long a job waits that failed.
func backoff(attempt int) time.Duration { return time.Duration(attempt*attempt) * 5 * time.Second }
