package database

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/probity-scan/probity"
)

// piece is what one unit reads: some tables of a database. The next one is known when it was read, so that a server is asked over one
// connection at a time, and a scan that was stopped goes on from there.
type piece struct {
	database string        // empty: that of the target
	after    string        // the table that was listed last, as the engine counts them; empty: none yet
	bytes    int64         // read of the database so far
	spent    time.Duration // on that
}

// String is the part of a unit.
func (p piece) String() string {
	q := url.Values{}
	for k, v := range map[string]string{"database": p.database, "after": p.after} {
		if v != "" {
			q.Set(k, v)
		}
	}
	for k, n := range map[string]int64{"bytes": p.bytes, "ms": p.spent.Milliseconds()} {
		if n > 0 {
			q.Set(k, strconv.FormatInt(n, 10))
		}
	}
	return q.Encode()
}

func parsePiece(part string) (p piece, err error) {
	var ms int64
	q, err := url.ParseQuery(part)
	if err == nil {
		p.bytes, err = strconv.ParseInt(cmp.Or(q.Get("bytes"), "0"), 10, 64)
	}
	if err == nil {
		ms, err = strconv.ParseInt(cmp.Or(q.Get("ms"), "0"), 10, 64)
	}
	p.spent, p.database, p.after = time.Duration(ms)*time.Millisecond, q.Get("database"), q.Get("after")
	return p, err
}

// unit is the one that reads a piece.
func (v *visit) unit(u probity.Unit, p piece) probity.Unit {
	u.Scanner, u.Part = v.login.Engine, p.String()
	l := v.login
	u.Supplies = nil
	if l.Database == "" {
		u.Supplies = v.login.supplies()
		l.Database = p.database
	}
	u.Supplies = append(u.Supplies, l.supplies()...)
	return u
}

// read reads one piece, and tells which comes next, if one does.
func (v *visit) read(ctx context.Context, p piece) (*piece, error) {
	v.bytes = p.bytes
	if v.login.Database != "" {
		return v.database(ctx, v.login, p)
	}
	if err := v.list(ctx, p); err != nil {
		return nil, err
	}
	if p.database != "" {
		l := v.login
		l.Database = p.database
		next, err := v.database(ctx, l, p)
		if next != nil {
			next.database = p.database
		}
		if next != nil || err != nil {
			return next, err
		}
	}
	for _, name := range v.names {
		if name > p.database {
			return &piece{database: name}, nil
		}
	}
	return nil, nil
}

// list asks for the databases of the server, once in a visit. The first piece tells of the server itself.
func (v *visit) list(ctx context.Context, p piece) error {
	if v.listed {
		return nil
	}
	v.listed = true
	s, err := connect(ctx, v.engine, v.login, "", v.opts.Stall)
	if err != nil {
		return errors.Join(ctx.Err(), v.Cover(v.login.supplies(), v.shut(err, "databases")))
	}
	defer s.close()
	if p.database == "" {
		if err := v.machine(ctx, s); err != nil {
			return err
		}
	}
	names, gap, err := s.databases(ctx, s)
	if err != nil {
		g := v.engine.lost(err, "databases")
		gap = &g
	}
	slices.Sort(names)
	v.names = names
	return v.Cover(v.login.supplies(), gap)
}
