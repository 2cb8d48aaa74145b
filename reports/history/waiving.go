package history

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/probity-scan/probity"
)

// Waiver accepts a finding for a time; made by a person who looks at the history, not in a file.
type Waiver struct {
	ID          int64       `json:"id"` // drawn by chance: it tells nothing of how many there are
	Fingerprint string      `json:"fingerprint"`
	Rule        string      `json:"rule"`  // of the finding: it is filled in
	Asset       probity.Ref `json:"asset"` // of the finding: it is filled in
	Reason      string      `json:"reason"`
	Owner       string      `json:"owner"`
	Approver    string      `json:"approver,omitempty"`
	Expires     time.Time   `json:"expires"`            // the first moment at which it does not hold any more
	By          string      `json:"by"`                 // who made it
	At          time.Time   `json:"at"`                 // when
	Withdrawn   time.Time   `json:"withdrawn,omitzero"` // when it was
	WithdrawnBy string      `json:"withdrawn_by,omitempty"`
}

// ErrWaiver means that a waiver says too little, or something that cannot be.
var ErrWaiver = errors.New("the waiver does not count")

// longestWaiver is how far ahead a waiver may hold.
const longestWaiver = 5 * 366 * 24 * time.Hour

// check refuses what the gate would refuse in a file, too.
func (w Waiver) check(now time.Time) error {
	for _, x := range []struct{ name, text string }{{"reason", w.Reason}, {"owner", w.Owner}, {"who makes it", w.By}} {
		if x.text == "" {
			return fmt.Errorf("%w: %s is missing", ErrWaiver, x.name)
		}
	}
	switch {
	case w.Expires.IsZero():
		return fmt.Errorf("%w: say until when it holds", ErrWaiver)
	case !w.Expires.After(now):
		return fmt.Errorf("%w: its last day is over", ErrWaiver)
	case w.Expires.After(now.Add(longestWaiver)):
		return fmt.Errorf("%w: it holds for more than five years", ErrWaiver)
	}
	return nil
}

// Waive keeps a waiver of a finding, which the bounds let its maker see. It shows at once, and holds for following scans until
// its day, unless the facts that decide the finding change. No scan that is taken in meanwhile keeps it waiting.
func (s *Store) Waive(ctx context.Context, w Waiver, b Bounds) (Waiver, error) {
	w.Reason, w.Owner, w.Approver, w.By = line(w.Reason), line(w.Owner), line(w.Approver), line(w.By)
	if w.At.IsZero() {
		w.At = s.o.Now()
	}
	w.At, w.Expires = w.At.UTC().Truncate(time.Second), w.Expires.UTC().Truncate(time.Second)
	if err := w.check(w.At); err != nil {
		return Waiver{}, err
	}
	var finding, asset int64
	var digest string
	err := s.looking(ctx, func(l *look) error {
		v, err := l.veil(ctx, b)
		if err != nil {
			return err
		}
		if finding, err = l.findingNamed(ctx, w.Fingerprint, v); err != nil {
			return err
		}
		var c clause
		l.holds(&c, "x")
		c.and("x.finding = ?", finding)
		var is int64
		err = l.one(ctx, "SELECT x.asset, x.digest, x.fingerprint, r.name, a.root, a.ref, ("+l.state()+") FROM standing x JOIN finding f ON f.id = x.finding JOIN rule r ON r.id = f.rule JOIN asset a ON a.id = x.asset WHERE "+c.text(),
			append(l.stateArgs(), c.args...), &asset, &digest, &w.Fingerprint, &w.Rule, &w.Asset.Root, &w.Asset.ID, &is)
		if err == nil && standingOf(is) == Fixed {
			err = fmt.Errorf("%w: the finding is fixed", ErrWaiver)
		}
		return err
	})
	if err != nil {
		return Waiver{}, err
	}
	if w.ID, err = drawn(); err != nil {
		return Waiver{}, err
	}
	w.Withdrawn, w.WithdrawnBy = time.Time{}, ""
	err = s.exec(ctx, s.write, "INSERT INTO waiver (id, finding, fingerprint, rule, root, ref, asset, digest, reason, owner, approver, expires, made_by, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		w.ID, finding, w.Fingerprint, w.Rule, w.Asset.Root, w.Asset.ID, asset, digest, w.Reason, w.Owner, w.Approver, w.Expires.Unix(), w.By, w.At.Unix())
	return w, err
}

// drawn is a number that programs hold exactly, whatever they are written in.
func drawn() (int64, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return 0, fmt.Errorf("history: %w", err)
	}
	return int64(binary.BigEndian.Uint64(b[:])>>12) + 1, nil
}

// Withdraw ends a waiver, which the bounds let somebody see. It shows at once.
func (s *Store) Withdraw(ctx context.Context, id int64, by string, b Bounds) (Waiver, error) {
	var found []Waiver
	err := s.looking(ctx, func(l *look) (err error) {
		var c clause
		c.and("w.id = ?", id)
		found, err = l.waivers(ctx, c, b, piece{limit: 1})
		return err
	})
	switch {
	case err != nil:
		return Waiver{}, err
	case len(found) == 0:
		return Waiver{}, fmt.Errorf("waiver %d: %w", id, ErrUnknown)
	case !found[0].Withdrawn.IsZero():
		return Waiver{}, fmt.Errorf("%w: it was withdrawn on %s", ErrWaiver, found[0].Withdrawn.Format(time.DateOnly))
	}
	w := found[0]
	w.Withdrawn, w.WithdrawnBy = s.o.Now().UTC().Truncate(time.Second), line(by)
	done, err := s.write.ExecContext(ctx, s.q("UPDATE waiver SET withdrawn = ?, withdrawn_by = ? WHERE id = ? AND withdrawn = 0"), w.Withdrawn.Unix(), w.WithdrawnBy, id)
	if err != nil {
		return Waiver{}, failed(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return Waiver{}, first(failed(err), fmt.Errorf("%w: somebody else withdraws it now", ErrWaiver))
	}
	return w, nil
}

// WaiversQuery says which waivers are asked for, the newest first.
type WaiversQuery struct {
	Fingerprint string `json:"fingerprint,omitempty"`
	Holding     bool   `json:"holding,omitempty"` // those alone that hold
	After       string `json:"after,omitempty"`
	Limit       int    `json:"limit,omitempty"` // 0: 100
	Bounds      Bounds `json:"-"`
}

// WaiversPage is some of a list.
type WaiversPage struct {
	Rows  []Waiver `json:"rows"`
	Next  string   `json:"next,omitempty"`
	Total int64    `json:"total"`
}

// Waivers lists waivers that were made here.
func (s *Store) Waivers(ctx context.Context, q WaiversQuery) (out WaiversPage, err error) {
	p, err := pieceOf(q.After, q.Limit, most)
	if err != nil {
		return out, err
	}
	var c clause
	if q.Fingerprint != "" {
		c.and("w.finding IN (SELECT finding FROM finding_name WHERE fingerprint = ?)", q.Fingerprint)
	}
	if q.Holding {
		c.and("w.withdrawn = 0 AND w.expires > ?", s.o.Now().Unix())
	}
	err = s.looking(ctx, func(l *look) error {
		seen, err := l.bounded(ctx, q.Bounds)
		if err != nil {
			return err
		}
		all := c
		all.within("a.", seen)
		if err := l.one(ctx, "SELECT COUNT(*) FROM waiver w LEFT JOIN asset a ON a.id = w.asset WHERE "+all.text(), all.args, &out.Total); err != nil {
			return err
		}
		rows, err := l.waivers(ctx, c, q.Bounds, p)
		out.Rows, out.Next = cut(rows, p)
		return err
	})
	return out, err
}

// waivers reads those that a condition on rows w asks for, the newest first.
func (l *look) waivers(ctx context.Context, c clause, b Bounds, p piece) ([]Waiver, error) {
	seen, err := l.bounded(ctx, b)
	if err != nil {
		return nil, err
	}
	c.within("a.", seen)
	var out []Waiver
	err = l.each(ctx, `SELECT w.id, w.fingerprint, w.rule, w.root, w.ref, w.reason, w.owner, w.approver, w.expires, w.made_by, w.made, w.withdrawn, w.withdrawn_by
		FROM waiver w LEFT JOIN asset a ON a.id = w.asset WHERE `+c.text()+" ORDER BY w.made DESC, w.id"+p.sql(), c.args, func(scan func(...any) error) error {
		var w Waiver
		var expires, made, withdrawn int64
		err := scan(&w.ID, &w.Fingerprint, &w.Rule, &w.Asset.Root, &w.Asset.ID, &w.Reason, &w.Owner, &w.Approver, &expires, &w.By, &made, &withdrawn, &w.WithdrawnBy)
		w.Expires, w.At, w.Withdrawn = seconds(expires), seconds(made), seconds(withdrawn)
		out = append(out, w)
		return err
	})
	return out, err
}

func (l *look) waiversOf(ctx context.Context, finding int64) ([]Waiver, error) {
	var c clause
	c.and("w.finding = ?", finding)
	return l.waivers(ctx, c, Bounds{}, piece{limit: 999})
}

// accepted fills in owner and last moment of findings that are waived here, and that no scan has judged with it yet.
func (l *look) accepted(ctx context.Context, of []Known) error {
	place := map[int64]int{}
	var ids []int64
	for i, k := range of {
		if k.State == Waived && k.Owner == "" {
			place[k.ID], ids = i, append(ids, k.ID)
		}
	}
	for at := 0; at < len(ids); at += 500 {
		some := ids[at:min(at+500, len(ids))]
		err := l.each(ctx, "SELECT finding, owner, expires FROM waiver WHERE withdrawn = 0 AND expires > ? AND finding IN "+several(len(some))+" ORDER BY made", append([]any{l.s.o.Now().Unix()}, anys(some)...), func(scan func(...any) error) error {
			var id, expires int64
			var owner string
			err := scan(&id, &owner, &expires)
			of[place[id]].Owner, of[place[id]].Lapses = owner, seconds(expires)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// waivedBy is a waiver of the history as the gate takes it, with its number.
type waivedBy struct {
	probity.Waiver
	id int64
}

// Accepted are the waivers that were made here and hold, as the gate takes them: each for a rule on one asset, and for the facts that
// were looked at.
func (s *Store) Accepted(ctx context.Context) ([]probity.Waiver, error) {
	all, err := s.waivedBy(ctx, "withdrawn = 0 AND expires > ?", s.o.Now().Unix())
	out := make([]probity.Waiver, len(all))
	for i, w := range all {
		out[i] = w.Waiver
	}
	return out, err
}

// waivedBy are those that a condition asks for.
func (s *Store) waivedBy(ctx context.Context, where string, args ...any) ([]waivedBy, error) {
	var out []waivedBy
	err := s.each(ctx, s.read, "SELECT id, rule, root, ref, digest, reason, owner, approver, expires FROM waiver WHERE "+where+" ORDER BY made, id", args, func(scan func(...any) error) error {
		w := waivedBy{Waiver: probity.Waiver{Kind: probity.AcceptedRisk, Exact: true, Origin: &probity.Origin{Call: "a waiver made in the history"}}}
		var digest string
		var expires int64
		err := scan(&w.id, &w.Rule, &w.Root, &w.Asset, &digest, &w.Reason, &w.Owner, &w.Approver, &expires)
		if digest != "" {
			w.Accepted = []string{digest}
		}
		w.Until = seconds(expires)
		out = append(out, w)
		return err
	})
	return out, err
}

// said tells which waiver of the history it is that waives a finding; 0: another.
func (t *taker) said(w *probity.Waiver) int64 {
	if w == nil {
		return 0
	}
	for _, x := range t.waivers {
		if x.Rule == w.Rule && x.Asset == w.Asset && x.Root == w.Root && x.Owner == w.Owner && x.Reason == w.Reason && x.Until.Equal(w.Until) && slices.Equal(x.Accepted, w.Accepted) && x.Origin.String() == w.Origin.String() {
			return x.id
		}
	}
	return 0
}
