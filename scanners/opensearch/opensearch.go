// Package opensearch scans clusters of OpenSearch by their HTTP interface: one asset for the cluster and one for each index, with
// labels on the fields of a sample of documents.
package opensearch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"net/url"
	"os"
	"slices"
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
		t, err := parse(u.Target)
		if err != nil {
			return err
		}
		t.word, shared.Target = os.Getenv(secret), t.ref().ID
		v := &visit{Visit: shared, target: t, opts: s.opts, watch: visits.NewWatch(u.Asks.Content, s.opts.Clock, 0)}
		return v.all(ctx)
	})
}

// visit is the scan of one cluster.
type visit struct {
	*visits.Visit
	target
	opts  database.Options
	watch *visits.Watch
	read  probity.Read
}

// about is what a server tells to whom it lets in.
type about struct {
	Version struct {
		Distribution string `json:"distribution"`
		Number       string `json:"number"`
	} `json:"version"`
}

func (v *visit) all(ctx context.Context) error {
	supplies := v.supplies()
	var hello about
	c, err := newClient(v.target)
	if err == nil {
		defer c.close()
		err = c.get(ctx, v.User, "/", nil, &hello)
	}
	if err == nil && hello.Version.Distribution != Name {
		return fmt.Errorf("%s is no server of OpenSearch", v.ref().ID)
	}
	if err != nil {
		g := lost(err, "cluster:monitor/main")
		return errors.Join(ctx.Err(), v.Cover(supplies, &g))
	}
	if err := v.Give(v.cluster(ctx, c, hello)); err != nil {
		return err
	}
	list, gap := v.indices(ctx, c)
	v.read = probity.Read{Identity: v.User, Store: v.ref(), Purpose: "sample for personal data", At: v.Now}
	if v.read.Identity == "" {
		v.read.Identity = "everybody"
	}
	for _, i := range list {
		if err = v.index(ctx, c, i); err != nil {
			break
		}
	}
	if v.read.Bytes > 0 && !errors.Is(err, visits.ErrStop) {
		err = errors.Join(err, v.Give(v.read))
	}
	if err != nil {
		return err
	}
	if err := v.Cover(supplies[:1], nil); err != nil {
		return err
	}
	return v.Cover(supplies[1:], gap)
}

// index is one as the cluster lists it.
type index struct {
	Name   string `json:"index"`
	Status string `json:"status"`
	Docs   string `json:"docs.count"`
	Size   string `json:"pri.store.size"` // bytes
	docs   int
	each   int64 // bytes of a document, about
}

// indices lists those that hold somebody's documents: names that begin with a point are the cluster's own, but for those of data streams.
func (v *visit) indices(ctx context.Context, c *client) ([]index, *probity.Gap) {
	var list []index
	if err := c.get(ctx, v.User, "/_cat/indices/"+url.PathEscape(v.Path)+"?format=json&bytes=b&expand_wildcards=all&h=index,status,docs.count,pri.store.size", nil, &list); err != nil {
		g := lost(err, "indices:monitor/* and cluster:monitor/*")
		return nil, &g
	}
	out := slices.DeleteFunc(list, func(i index) bool { return strings.HasPrefix(i.Name, ".") && !strings.HasPrefix(i.Name, ".ds-") })
	for k := range out {
		i := &out[k]
		i.docs, _ = strconv.Atoi(i.Docs) // closed ones tell none
		size, _ := strconv.ParseInt(i.Size, 10, 64)
		i.each = size / int64(max(i.docs, 1))
	}
	slices.SortFunc(out, func(a, b index) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// index yields one index, with labels of a sample of its documents.
func (v *visit) index(ctx context.Context, c *client, i index) error {
	from := v.From("documents of " + i.Name)
	a := probity.Asset{Ref: probity.Ref{ID: v.ref().ID + "/" + i.Name}, Name: i.Name, Kind: kinds.SearchIndex, Class: probity.Table, Scope: probity.Scope{Provider: Name},
		Origin: from, Links: probity.Whole(from, probity.Link{Kind: probity.ContainedIn, To: v.ref()}), Settings: probity.SettingsOf(kinds.Rows{Rows: probity.Known(i.docs, from)})}
	left := int64(math.MaxInt64)
	if v.Content != nil && v.Content.Total > 0 {
		left = v.Content.Total - v.read.Bytes
	}
	switch {
	case v.Content == nil:
		a.Labels = probity.Open[probity.Label](probity.Gap{Reason: probity.NotCollected, Because: "content is not read", Needs: "a scan without --no-content"}, from)
		return v.Give(a)
	case i.Status != "open":
		gap := probity.Gap{Reason: probity.Unreadable, Because: "the index is closed", Needs: "a scan while it is open"}
		a.Labels, a.Settings = probity.Open[probity.Label](gap, from), probity.SettingsOf(kinds.Rows{Rows: probity.Missing[int](gap, from)})
		return v.Give(a)
	case left <= 0:
		a.Labels = probity.Open[probity.Label](*spent(), from)
		return v.Give(a)
	}
	v.watch.Table()
	d := &draw{client: c, watch: v.watch, index: i, tally: v.opts.Tally(), limit: v.Content.Rows, left: left, slots: map[string]func([]byte){}}
	if d.limit <= 0 {
		d.limit = rows
	}
	err := d.read(ctx)
	v.read.Objects, v.read.Bytes = v.read.Objects+d.docs, v.read.Bytes+d.bytes
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	a.Labels = d.labels(from, err)
	return v.Give(a)
}
