package history

import (
	"context"
	"database/sql"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// move is a finding that shows on another asset from now on, to which nothing happened: its store is called otherwise, or the snapshot
// that it was shown on is gone. Who may see it goes by the asset that it is on.
type move struct {
	finding, asset       int64
	fingerprint, message string
}

// move shows findings on the assets that they are on now, together with the scan that says so.
func (t *taker) move(ctx context.Context, tx *sql.Tx) error {
	if len(t.moves) == 0 {
		return nil
	}
	st, err := tx.PrepareContext(ctx, t.s.q("UPDATE standing SET asset = ?, fingerprint = ?, message = ? WHERE until IS NULL AND finding = ?"))
	if err != nil {
		return failed(err)
	}
	defer func() { _ = st.Close() }()
	for _, m := range t.moves {
		if _, err := st.ExecContext(ctx, m.asset, m.fingerprint, m.message, m.finding); err != nil {
			return failed(err)
		}
	}
	return nil
}

// follow puts a row of a finding's life on the asset that its store goes by now. Its text does not tell any more what it was called.
func (t *taker) follow(ctx context.Context, id int64, rule string, row *stood, to int64) error {
	var was, is probity.Asset
	for _, x := range []struct {
		id int64
		a  *probity.Asset
	}{{row.asset, &was}, {to, &is}} {
		if err := t.s.read.QueryRowContext(ctx, t.s.q("SELECT root, ref, name FROM asset WHERE id = ?"), x.id).Scan(&x.a.Root, &x.a.ID, &x.a.Name); err != nil {
			return failed(err)
		}
	}
	var fact probity.Path
	var element string
	if err := t.s.read.QueryRowContext(ctx, t.s.q("SELECT fact, element FROM finding WHERE id = ?"), id).Scan(&fact, &element); err != nil {
		return failed(err)
	}
	called, _ := t.called(rule)
	row.asset, row.fingerprint = to, probity.Fingerprint(called, is.Ref, fact, element)
	t.w.run("INSERT INTO finding_name (fingerprint, finding) VALUES (?, ?) ON CONFLICT DO NOTHING", row.fingerprint, id) // nobody may have seen it by that name
	row.message = renamed(row.message, was, is)
	return nil
}

// renamed is a message with the names of one store for those of another. A name counts where it is a whole word: a bucket may be called
// "in", and one name may stand within the other.
func renamed(message string, was, is probity.Asset) string {
	inside := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' || r == '/'
	}
	var out strings.Builder
	for last := ' '; message != ""; {
		found := false
		for _, name := range [][2]string{{was.ID, is.ID}, {was.Name, is.Name}} {
			rest, ok := strings.CutPrefix(message, name[0])
			if next, _ := utf8.DecodeRuneInString(rest); !ok || name[0] == "" || inside(last) || rest != "" && inside(next) {
				continue
			}
			out.WriteString(name[1])
			message, last, found = rest, utf8.RuneError, true
			break
		}
		if !found {
			var size int
			last, size = utf8.DecodeRuneInString(message)
			out.WriteString(message[:size])
			message = message[size:]
		}
	}
	return out.String()
}

// across is the cause of what happened to a finding that this series has judged as it always did: what lies between this scan and that of
// another series which told of the finding last.
func (t *taker) across(ctx context.Context, of *touch, was stood) (cause.Cause, error) {
	side, then, err := t.sideAt(ctx, was.since)
	if err != nil || then == (at{}) {
		return "", err
	}
	var there, here probity.Ref
	for _, x := range []struct {
		id  int64
		ref *probity.Ref
	}{{was.asset, &there}, {of.asset, &here}} {
		if err := t.s.read.QueryRowContext(ctx, t.s.q("SELECT root, ref FROM asset WHERE id = ?"), x.id).Scan(&x.ref.Root, &x.ref.ID); err != nil {
			return "", failed(err)
		}
	}
	bodies := t.s.remembered(ctx, t.p, then)
	side.Asset = func(r probity.Ref) (*probity.Asset, error) {
		if r == here { // as the other series calls it
			r = there
		}
		return bodies(r)
	}
	is := t.is
	is.Asset = t.s.remembered(ctx, t.p, t.at())
	change := cause.Change{Rule: of.rule, Asset: here}
	for _, x := range []struct {
		to  **probity.Outcome
		at  at
		id  int64
		ref probity.Ref
	}{{&change.Was, then, was.asset, there}, {&change.Is, t.at(), of.asset, here}} {
		all, err := t.s.verdicts(ctx, t.p, x.at, x.id, x.ref)
		if err != nil {
			return "", err
		}
		for _, o := range merged(all) {
			if o.Rule == of.rule {
				*x.to = &o
			}
		}
	}
	return cause.Of(side, is, change)
}

// at is this scan.
func (t *taker) at() at { return at{t.series, t.version} }

// sideAt is the scan of a version as one of two that are compared, without its assets. Where the history keeps no details of it any more,
// the next of its series that has some stands for it: a finding that lasts was the same then. The zero at: there is none.
func (t *taker) sideAt(ctx context.Context, version int64) (cause.Side, at, error) {
	var a at
	err := t.s.read.QueryRowContext(ctx, t.s.q(`SELECT s.series, COALESCE(MIN(k.version), 0) FROM scan s LEFT JOIN scan k ON k.series = s.series AND k.published = 1 AND k.pruned = 0 AND k.version >= s.version
		WHERE s.version = ? GROUP BY s.series`), version).Scan(&a.series, &a.version)
	if err != nil {
		return cause.Side{}, at{}, failed(err)
	}
	if a.series == t.series || a.version == 0 {
		return cause.Side{}, at{}, nil
	}
	if side, ok := t.sides[a.version]; ok {
		return side, a, nil
	}
	r, err := t.s.records(ctx, "SELECT "+recordColumns+" WHERE s.version = ?", a.version)
	if err != nil || len(r) == 0 {
		return cause.Side{}, at{}, err
	}
	scan, err := t.s.scan(ctx, r[0])
	if err == nil {
		t.sides[a.version], err = cause.SideOf(scan, nil)
	}
	return t.sides[a.version], a, err
}
