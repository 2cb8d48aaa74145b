package database

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/visits"
)

// Server implements [probity.Scanner] for databases of PostgreSQL, MySQL, MariaDB and Redshift.
type Server struct {
	opts Options
	kept keeper
}

// NewServer is the scanner with its options.
func NewServer(o Options) *Server { return &Server{opts: o} }

// ServerSupplies is what a unit of this scanner supplies.
func ServerSupplies(u probity.Unit) []probity.Supply {
	l, err := ParseTarget(u.Target)
	if err != nil {
		return nil
	}
	return l.supplies()
}

// Scan implements [probity.Scanner]. What follows on the unit is a unit of its own.
func (s *Server) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return visits.Run(ctx, u.Asks.Content, s.opts.Now, func(shared *visits.Visit) error {
		l, err := ParseTarget(u.Target)
		if err != nil {
			return err
		}
		p, err := parsePiece(u.Part)
		if err != nil {
			return fmt.Errorf("the part of the unit: %w", err)
		}
		v := s.visit(l, shared)
		next, err := v.read(ctx, p)
		if next == nil || err != nil {
			return err
		}
		return v.Give(v.unit(u, *next))
	})
}

// Read scans all that a login leads to. Without a budget rows stay unread.
func (s *Server) Read(ctx context.Context, l Login, content *probity.Budget) iter.Seq2[probity.Found, error] {
	return visits.Run(ctx, content, s.opts.Now, func(shared *visits.Visit) error {
		v := s.visit(l, shared)
		for next := new(piece); next != nil; {
			var err error
			if next, err = v.read(ctx, *next); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Server) visit(l Login, shared *visits.Visit) *visit {
	shared.Target = l.Engine + "://" + l.address()
	return &visit{Visit: shared, login: l, engine: engineOf(l.Engine), opts: s.opts, kept: &s.kept}
}

func engineOf(name string) engine {
	switch name {
	case MySQL:
		return &mysqlEngine{}
	case Redshift:
		return redshiftEngine{}
	}
	return postgresEngine{}
}

func kindsOf(engine string) (server, database, table probity.Kind) {
	switch engine {
	case MySQL:
		return kinds.MySQLServer, kinds.MySQLDatabase, kinds.MySQLTable
	case Redshift:
		return kinds.RedshiftServer, kinds.RedshiftDatabase, kinds.RedshiftTable
	}
	return kinds.PostgresServer, kinds.PostgresDatabase, kinds.PostgresTable
}

// visit is the scan of one server.
type visit struct {
	*visits.Visit
	login   Login
	engine  engine
	opts    Options
	bytes   int64         // read of the database so far
	watch   *visits.Watch // of the database
	names   []string      // of the databases, sorted
	listed  bool          // whether they were asked for
	kept    *keeper
	readers readers
}

// left are the bytes that may still be read.
func (v *visit) left() int64 {
	if v.Content.Total <= 0 {
		return math.MaxInt64
	}
	return v.Content.Total - v.bytes
}

// database reads a piece of one. What fails is a gap of what it was to tell.
func (v *visit) database(ctx context.Context, l Login, p piece) (next *piece, _ error) {
	supplies := l.supplies()
	v.watch = visits.NewWatch(v.Content, v.opts.Clock, p.spent)
	defer func() {
		if next == nil {
			v.kept.drop(l)
		}
	}()
	s, err := connect(ctx, v.engine, l, l.Database, v.opts.Stall)
	if err != nil {
		return nil, errors.Join(ctx.Err(), v.Cover(supplies, v.shut(err, "database "+l.Database)))
	}
	defer s.close()
	if p.after == "" {
		if v.login.Database != "" {
			if err := v.machine(ctx, s); err != nil {
				return nil, err
			}
		}
		if err := v.Give(v.asset(ctx, s, l)); err != nil {
			return nil, err
		}
	}
	if v.readers, err = v.kept.readers(ctx, s, l, p); err != nil {
		g := v.engine.lost(err, "the catalogue of "+l.Database)
		v.readers = func(string) probity.List[probity.Grant] {
			return probity.Open[probity.Grant](g, v.From("the catalogue"))
		}
	}
	var list []held
	var after string
	var gap *probity.Gap
	if err := s.again(ctx, func() (err error) { list, after, gap, err = s.tables(ctx, s, l.Database, p.after); return err }); err != nil {
		g := v.engine.lost(err, "tables of "+l.Database)
		gap, after = &g, ""
	}
	if err := v.tables(ctx, s, l, list); err != nil {
		return nil, err
	}
	if err := v.Cover(supplies[:1], nil); err != nil {
		return nil, err
	}
	if err := v.Cover(supplies[1:], gap); err != nil || after == "" {
		return nil, err
	}
	next = &piece{after: after, bytes: v.bytes, spent: v.watch.Spent()}
	return next, nil
}

// tables reads them one after another, and keeps who read how much: a read that was cut off is one too.
func (v *visit) tables(ctx context.Context, s *session, l Login, list []held) (err error) {
	read := probity.Read{Identity: l.User, Store: l.ref(l.Database), Purpose: "sample for personal data", At: v.Now}
	for _, t := range list {
		if err = v.table(ctx, s, l, t, &read); err != nil {
			break
		}
	}
	if (read.Bytes > 0 || read.Unchanged > 0) && !errors.Is(err, visits.ErrStop) {
		err = errors.Join(err, v.Give(read))
	}
	return err
}

// table yields one table, with labels of a sample of its rows.
func (v *visit) table(ctx context.Context, s *session, l Login, t held, read *probity.Read) error {
	from := v.From("rows of " + t.shown)
	a := probity.Asset{Ref: probity.Ref{ID: l.ref(l.Database).ID + "/" + t.shown}, Name: t.shown, Class: probity.Table, Scope: probity.Scope{Provider: l.Engine},
		Origin: from, Links: probity.Whole(from, probity.Link{Kind: probity.ContainedIn, To: l.ref(l.Database)})}
	_, _, a.Kind = kindsOf(l.Engine)
	if v.readers != nil {
		a.Access.Readers = v.readers(t.shown)
	}
	a.Settings = settingsOf(a.Kind, t, probity.Fact[int]{}, from)
	if a.Kind != kinds.RedshiftTable { // where only remarks on columns are asked for
		a.Retention.Stated = t.stated()
	}
	switch {
	case v.Content == nil:
		a.Labels = probity.Open[probity.Label](probity.Gap{Reason: probity.NotCollected, Because: "content is not read", Needs: "a scan without --no-content"}, from)
		return v.Give(a)
	case t.closed:
		a.Labels = probity.Open[probity.Label](*t.gap, from)
		return v.Give(a)
	case v.left() <= 0:
		a.Labels = probity.Open[probity.Label](*spent(), from)
		return v.Give(a)
	case v.watch.Done():
		a.Labels = probity.Open[probity.Label](*v.watch.Over(), from)
		return v.Give(a)
	}
	rows, err := v.rows(ctx, s, l, t, read)
	if err != nil {
		return err
	}
	rows.onto(&a, from)
	if n, ok := rows.Rows.Get(); ok {
		a.Settings = settingsOf(a.Kind, t, probity.Known(n, from), from)
	}
	return v.Give(a)
}
