package history

import (
	"context"
	"strings"
	"time"
)

// By what somebody came.
const (
	ByToken    = "token"
	ByProvider = "oidc"
)

// Entry is something that a person or a program did. A token and a person, or people of two providers, may have one name: Came, Issuer and
// Subject tell them apart.
type Entry struct {
	ID      int64     `json:"id"`
	At      time.Time `json:"at"`
	Who     string    `json:"who"`
	Came    string    `json:"came,omitempty"`    // ByToken or ByProvider; empty: nobody knows who it was, or an older release wrote it
	Issuer  string    `json:"issuer,omitempty"`  // of a provider
	Subject string    `json:"subject,omitempty"` // there, which stays where names change
	Role    string    `json:"role,omitempty"`
	Did     string    `json:"did"`            // sign-in, waive, withdraw, run, refused
	What    string    `json:"what,omitempty"` // to what: a fingerprint, a schedule
	From    string    `json:"from,omitempty"` // address
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

// Audit notes what somebody did. Entries are never changed, and go with the counts of their time.
func (s *Store) Audit(ctx context.Context, e Entry) error {
	if e.At.IsZero() {
		e.At = s.o.Now()
	}
	return s.exec(ctx, s.write, "INSERT INTO audit (at, who, came, issuer, subject, role, did, what, came_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.At.Unix(), line(e.Who), line(e.Came), line(e.Issuer), line(e.Subject), line(e.Role), line(e.Did), line(e.What), line(e.From))
}

// longestText is how much of a text is kept that a stranger may have written.
const longestText = 500

// line is a text on one line, and no longer than a person reads.
func line(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > longestText {
		text = string(r[:longestText]) + "…"
	}
	return text
}

// AuditLog lists what was done.
func (s *Store) AuditLog(ctx context.Context, q AuditQuery) (out AuditPage, err error) {
	p, err := pieceOf(q.After, q.Limit, most)
	if err != nil {
		return out, err
	}
	var c clause
	if q.Who != "" {
		c.and("who = ?", q.Who)
	}
	if q.Did != "" {
		c.and("did = ?", q.Did)
	}
	if !q.Since.IsZero() {
		c.and("at >= ?", q.Since.Unix())
	}
	err = s.looking(ctx, func(l *look) error {
		if err := l.one(ctx, "SELECT COUNT(*) FROM audit WHERE "+c.text(), c.args, &out.Total); err != nil {
			return err
		}
		err := l.each(ctx, "SELECT id, at, who, came, issuer, subject, role, did, what, came_by FROM audit WHERE "+c.text()+" ORDER BY at DESC, id DESC"+p.sql(), c.args, func(scan func(...any) error) error {
			var e Entry
			var at int64
			err := scan(&e.ID, &at, &e.Who, &e.Came, &e.Issuer, &e.Subject, &e.Role, &e.Did, &e.What, &e.From)
			e.At = seconds(at)
			out.Rows = append(out.Rows, e)
			return err
		})
		out.Rows, out.Next = cut(out.Rows, p)
		return err
	})
	return out, err
}
