package history

import (
	"context"
	"encoding/json"
	"time"
)

// Session is somebody who is signed in. What opens it stands nowhere: not even who reads the database can be somebody else.
type Session struct {
	ID      string // digest of what the browser holds
	Name    string
	Role    string
	Bounds  Bounds
	Via     string // what the person came by: provider, or the name of a token
	Issuer  string // of the provider
	Subject string // as whom it knows the person
	Hint    string // by which the provider ends its own session, under a key that the browser holds
	Proof   string // of what let the person in, so that the session ends when that changes
	Begun   time.Time
	Seen    time.Time // the last request, to the minute
}

// BeginSession keeps a session, and drops those that ended before: begun before limit, or not seen since idle.
func (s *Store) BeginSession(ctx context.Context, x Session, limit, idle time.Time) error {
	bounds, err := json.Marshal(x.Bounds)
	if err != nil {
		return failed(err)
	}
	if _, err := s.write.ExecContext(ctx, s.q("DELETE FROM session WHERE begun < ? OR seen < ?"), limit.Unix(), idle.Unix()); err != nil {
		return failed(err)
	}
	_, err = s.write.ExecContext(ctx, s.q("INSERT INTO session (id, name, role, bounds, via, issuer, subject, hint, proof, begun, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
		x.ID, x.Name, x.Role, string(bounds), x.Via, x.Issuer, x.Subject, x.Hint, x.Proof, x.Begun.Unix(), x.Seen.Unix())
	return failed(err)
}

// Session is that of an ID; ErrUnknown: there is none, or it was ended.
func (s *Store) Session(ctx context.Context, id string) (Session, error) {
	x := Session{ID: id}
	var bounds string
	var begun, seen int64
	err := s.read.QueryRowContext(ctx, s.q("SELECT name, role, bounds, via, issuer, subject, hint, proof, begun, seen FROM session WHERE id = ?"), id).
		Scan(&x.Name, &x.Role, &bounds, &x.Via, &x.Issuer, &x.Subject, &x.Hint, &x.Proof, &begun, &seen)
	if err == nil {
		err = json.Unmarshal([]byte(bounds), &x.Bounds)
	}
	if err != nil {
		return Session{}, failed(err)
	}
	x.Begun, x.Seen = time.Unix(begun, 0).UTC(), time.Unix(seen, 0).UTC()
	return x, nil
}

// SeeSession keeps when somebody who is signed in asked last.
func (s *Store) SeeSession(ctx context.Context, id string, at time.Time) error {
	_, err := s.write.ExecContext(ctx, s.q("UPDATE session SET seen = ? WHERE id = ? AND seen < ?"), at.Unix(), id, at.Unix())
	return failed(err)
}

// EndSession forgets a session, if it is there.
func (s *Store) EndSession(ctx context.Context, id string) error {
	_, err := s.write.ExecContext(ctx, s.q("DELETE FROM session WHERE id = ?"), id)
	return failed(err)
}
