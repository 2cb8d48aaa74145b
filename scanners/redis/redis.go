// Package redis scans servers of Redis and Valkey over one connection that only reads: one asset for each database that holds keys,
// with what guards its server, and labels of a sample of its keys.
package redis

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/visits"
)

// Scanner implements [probity.Scanner].
type Scanner struct{ opts database.Options }

// New is the scanner with its options.
func New(o database.Options) *Scanner { return &Scanner{o} }

// Scan implements [probity.Scanner].
func (s *Scanner) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return visits.Run(ctx, u.Asks.Content, s.opts.Now, func(shared *visits.Visit) error {
		l, err := parse(u.Target)
		if err != nil {
			return err
		}
		l.word, shared.Target = os.Getenv("REDISCLI_AUTH"), l.server().ID
		v := &visit{Visit: shared, login: l, opts: s.opts, watch: visits.NewWatch(u.Asks.Content, s.opts.Clock, 0)}
		return v.all(ctx)
	})
}

// visit is the scan of one server.
type visit struct {
	*visits.Visit
	login target
	opts  database.Options
	watch *visits.Watch
}

func (v *visit) all(ctx context.Context) error {
	c, err := connect(ctx, v.login)
	if err != nil {
		g := lost(err, "a user and REDISCLI_AUTH")
		return errors.Join(ctx.Err(), v.Cover(v.login.supplies(), &g))
	}
	defer c.close()
	s := v.about(c)
	list, gap := v.databases(s.info)
	for _, n := range list {
		if err := v.database(ctx, c, s, n); err != nil {
			return err
		}
	}
	return v.Cover(v.login.supplies(), gap)
}

// databases are the numbers of those to read. INFO lists those that hold keys.
func (v *visit) databases(info told) ([]int, *probity.Gap) {
	if v.login.database >= 0 {
		return []int{v.login.database}, nil
	}
	if info.err != nil {
		g := lost(info.err, "+info")
		return []int{0}, &g
	}
	var out []int
	for line := range strings.Lines(info.text) {
		name, _, ok := strings.Cut(line, ":keys=")
		if n, err := strconv.Atoi(strings.TrimPrefix(name, "db")); ok && err == nil && strings.HasPrefix(name, "db") {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		out = []int{0} // a server without keys is one to judge all the same
	}
	return out, nil
}

// database reads one of them. What fails is a gap of what it was to tell.
func (v *visit) database(ctx context.Context, c *conn, s server, n int) error {
	ref := v.login.ref(n)
	a := probity.Asset{Ref: ref, Name: fmt.Sprintf("%s/%d", v.login.Address(), n), Kind: kinds.RedisDatabase, Class: probity.Cache, Scope: probity.Scope{Provider: Name},
		Origin: v.From("INFO, CONFIG GET and ACL LIST"), Aliases: []string{v.login.Address()}}
	size, sized := c.count(n)
	s.onto(&a, sized)
	if v.Content == nil {
		a.Labels = probity.Open[probity.Label](probity.Gap{Reason: probity.NotCollected, Because: "content is not read", Needs: "a scan without --no-content"}, nil)
		return v.Give(a)
	}
	v.watch.Table()
	d := newDraw(c, v.opts.Tally(), *v.Content, size)
	d.watch = v.watch
	err := d.read(ctx)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	a.Labels = d.labels(v.From("a sample of the keys"), sized, err)
	if err := v.Give(a); err != nil || d.bytes == 0 {
		return err
	}
	return v.Give(probity.Read{Identity: v.login.who(), Store: ref, Objects: d.keys, Bytes: d.bytes, Purpose: "sample for personal data", At: v.Now})
}
