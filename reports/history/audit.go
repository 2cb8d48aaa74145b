package history

import (
	"context"
	"time"
)

// Entry is something that a person or a program did.
type Entry struct {
	ID   int64     `json:"id"`
	At   time.Time `json:"at"`
	Who  string    `json:"who"`
	Role string    `json:"role,omitempty"`
	Did  string    `json:"did"`            // sign-in, waive, withdraw, run, refused
	What string    `json:"what,omitempty"` // to what: a fingerprint, a schedule
	From string    `json:"from,omitempty"` // address
}

// AuditQuery says which entries are asked for, the newest first.
type AuditQuery struct {
	Who   string    `json:"who,omitempty"`
	Did   string    `json:"did,omitempty"`
	Since time.Time `json:"since,omitzero"`
	After string    `json:"after,omitempty"`
	Limit int       `json:"limit,omitempty"` // 0: 100
}

// AuditPage is some of the audit log.
type AuditPage struct {
	Rows  []Entry `json:"rows"`
	Next  string  `json:"next,omitempty"`
	Total int64   `json:"total"`
}

// Audit notes what somebody did. Entries are never changed.
func (s *Store) Audit(ctx context.Context, e Entry) error { return errNotYet }

// AuditLog lists what was done.
func (s *Store) AuditLog(ctx context.Context, q AuditQuery) (AuditPage, error) {
	return AuditPage{}, errNotYet
}
