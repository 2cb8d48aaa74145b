package history

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/probity-scan/probity"
)

// UnitState is how far a unit is.
type UnitState string

// The states of units.
const (
	UnitWaiting UnitState = "waiting"
	UnitDone    UnitState = "done"
	UnitFailed  UnitState = "failed"
)

// Unit is a unit of a running scan. What is asked of it is not kept: it may hold secrets.
type Unit struct {
	Key   string
	Unit  probity.Unit
	State UnitState
	Why   string // of one that failed
}

// UnitKey names a unit within its scan.
func UnitKey(u probity.Unit) (key, spec string, err error) {
	u.Asks = probity.Asks{}
	b, err := json.Marshal(u)
	if err != nil {
		return "", "", fmt.Errorf("history: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), string(b), nil
}

// AddUnits notes units that are to be scanned, in the caller's transaction: with it jobs come for them, or neither. Those that
// are there already stay as they are. It gives their keys.
func (s *Store) AddUnits(ctx context.Context, c Conn, scan string, units ...probity.Unit) ([]string, error) {
	keys := make([]string, len(units))
	for i, u := range units {
		key, spec, err := UnitKey(u)
		if err != nil {
			return nil, err
		}
		keys[i] = key
		if err := s.exec(ctx, c, "INSERT INTO unit (scan, key, spec, state) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", scan, key, spec, string(UnitWaiting)); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// KeepUnit keeps what a unit found, in the caller's transaction: with it its job is done, or neither. A unit that is done stays as it
// is, and fresh is false.
func (s *Store) KeepUnit(ctx context.Context, c Conn, scan, key string, body []byte) (fresh bool, err error) {
	done, err := c.ExecContext(ctx, s.q("UPDATE unit SET state = ?, why = '', body = ?, finished = ? WHERE scan = ? AND key = ? AND state <> ?"),
		string(UnitDone), body, s.o.Now().Unix(), scan, key, string(UnitDone))
	if err != nil {
		return false, failed(err)
	}
	n, err := done.RowsAffected()
	return n == 1, failed(err)
}

// FailUnit notes that a unit came to nothing, and why in one line.
func (s *Store) FailUnit(ctx context.Context, c Conn, scan, key, why string) error {
	return s.exec(ctx, c, "UPDATE unit SET state = ?, why = ?, finished = ? WHERE scan = ? AND key = ? AND state <> ?", string(UnitFailed), why, s.o.Now().Unix(), scan, key, string(UnitDone))
}

// Units are those of a running scan, through a connection of the caller's, who may be in a transaction.
func (s *Store) Units(ctx context.Context, c Conn, scan string) ([]Unit, error) {
	var out []Unit
	err := s.each(ctx, c, "SELECT key, spec, state, why FROM unit WHERE scan = ? ORDER BY key", []any{scan}, func(row func(...any) error) error {
		var u Unit
		var spec string
		if err := row(&u.Key, &spec, &u.State, &u.Why); err != nil {
			return err
		}
		out = append(out, u)
		return json.Unmarshal([]byte(spec), &out[len(out)-1].Unit)
	})
	return out, err
}

// Waiting counts the units of a running scan that are neither done nor failed.
func (s *Store) Waiting(ctx context.Context, c Conn, scan string) (n int, err error) {
	err = c.QueryRowContext(ctx, s.q("SELECT COUNT(*) FROM unit WHERE scan = ? AND state = ?"), scan, string(UnitWaiting)).Scan(&n)
	return n, failed(err)
}

// UnitBody is what a unit found, as it was given to KeepUnit.
func (s *Store) UnitBody(ctx context.Context, scan, key string) ([]byte, error) {
	var body []byte
	err := s.read.QueryRowContext(ctx, s.q("SELECT body FROM unit WHERE scan = ? AND key = ? AND state = ?"), scan, key, string(UnitDone)).Scan(&body)
	return body, failed(err)
}

// Unit is one of a running scan.
func (s *Store) Unit(ctx context.Context, scan, key string) (Unit, error) {
	var out Unit
	var spec string
	err := s.write.QueryRowContext(ctx, s.q("SELECT key, spec, state, why FROM unit WHERE scan = ? AND key = ?"), scan, key).Scan(&out.Key, &spec, &out.State, &out.Why)
	if err == nil {
		err = json.Unmarshal([]byte(spec), &out.Unit)
	}
	return out, failed(err)
}
