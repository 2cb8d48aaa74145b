package opensearch

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/visits"
)

const (
	rows   = 1000      // documents, when nothing else is asked
	page   = 1 << 20   // bytes of documents that are asked for at once
	most   = 200       // documents asked for at once
	window = 10_000    // documents into a search that a cluster goes
	random = 1_000_000 // documents up to which each is given a chance alike: all must be looked at for that
	places = 20        // of a larger index that documents are taken from
)

// draw reads some documents of an index.
type draw struct {
	*client
	index  index
	tally  database.Tally
	limit  int
	left   int64 // bytes that may be read
	watch  *visits.Watch
	docs   int
	bytes  int64
	method string
	bare   int          // documents whose source is not kept
	gap    *probity.Gap // of what was searched in part
	slots  map[string]func([]byte)
}

type hash = map[string]any

// found is the answer to a search.
type found struct {
	Late   bool `json:"timed_out"`
	Shards struct {
		Failed int `json:"failed"`
	} `json:"_shards"`
	Hits struct {
		Hits []struct {
			Source json.RawMessage `json:"_source"`
		} `json:"hits"`
	} `json:"hits"`
	Sums struct {
		High struct {
			Value float64 `json:"value"`
		} `json:"high"`
	} `json:"aggregations"`
}

func (d *draw) read(ctx context.Context) error {
	d.limit = min(d.limit, window)
	if d.index.each > page {
		d.gap = &probity.Gap{Reason: probity.NotCollected, Because: fmt.Sprintf("documents of %d MiB each are not asked for", d.index.each>>20)}
		return nil
	}
	all := hash{"match_all": hash{}}
	switch {
	case d.index.docs <= d.limit:
		d.method = "all"
		return d.pages(ctx, hash{"query": all, "sort": []string{"_doc"}}, d.limit)
	case d.index.docs <= random:
		d.method = "random"
		return d.pages(ctx, hash{"query": hash{"function_score": hash{"query": all, "random_score": hash{"seed": 1, "field": "_seq_no"}, "boost_mode": "replace"}}}, d.limit)
	}
	d.method = "spread"
	var high found
	if err := d.search(ctx, hash{"size": 0, "aggs": hash{"high": hash{"max": hash{"field": "_seq_no"}}}}, &high); err != nil {
		return err
	}
	for i := range places {
		at := int64(high.Sums.High.Value) / places * int64(i)
		if err := d.pages(ctx, hash{"query": hash{"range": hash{"_seq_no": hash{"gte": at}}}, "terminate_after": max(d.limit/places, 1)}, max(d.limit/places, 1)); err != nil {
			return err
		}
	}
	return nil
}

// pages reads the first n documents of a search.
func (d *draw) pages(ctx context.Context, body hash, n int) error {
	each := int(min(most, max(1, page/max(d.index.each, 1))))
	body["track_total_hits"] = false
	for at := 0; at < n && d.bytes < d.left; at += each {
		if late := d.watch.Over(); late != nil {
			d.gap, d.method = late, cut(d.method)
			return nil
		}
		body["from"], body["size"] = at, min(each, n-at)
		var got found
		if err := d.search(ctx, body, &got); err != nil {
			return err
		}
		if err := d.take(ctx, got); err != nil || len(got.Hits.Hits) < each {
			return err
		}
	}
	return nil
}

func (d *draw) search(ctx context.Context, body hash, into *found) error {
	body["timeout"] = fmt.Sprintf("%ds", int(patience.Seconds()))
	if err := d.get(ctx, d.User, "/"+url.PathEscape(d.index.Name)+"/_search?request_cache=false", body, into); err != nil {
		return err
	}
	if into.Late {
		d.gap = &probity.Gap{Reason: probity.Timeout, Because: "a search took too long"}
	}
	if into.Shards.Failed > 0 {
		d.gap = &probity.Gap{Reason: probity.Unreadable, Because: "parts of the index could not be searched"}
	}
	return nil
}

// take reads documents as lines of JSON.
func (d *draw) take(ctx context.Context, got found) error {
	var lines bytes.Buffer
	for _, h := range got.Hits.Hits {
		d.docs++
		if len(h.Source) == 0 {
			d.bare++
			continue
		}
		if err := json.Compact(&lines, h.Source); err != nil {
			return err
		}
		lines.WriteByte('\n')
	}
	d.bytes += int64(lines.Len())
	rep, err := content.Read(ctx, "documents.ndjson", &lines, content.Options{}, func(c *content.Column, cell []byte) error {
		add, ok := d.slots[c.Path]
		if !ok {
			add = d.tally.Column(c.Path, c.Name)
			d.slots[c.Path] = add
		}
		add(cell)
		return nil
	})
	if rep.Gap != nil {
		d.gap = rep.Gap
	}
	return err
}

// cut is what is left of a method that did not come to its end.
func cut(method string) string {
	if method == "spread" {
		return method
	}
	return "first"
}

func spent() *probity.Gap {
	return &probity.Gap{Reason: probity.Sampled, Because: "the budget of bytes is used up", Needs: "a larger --sample-bytes"}
}

// labels are what was found, and why that may not be all.
func (d *draw) labels(from *probity.Origin, err error) probity.List[probity.Label] {
	gap := d.gap
	switch {
	case err != nil:
		g := lost(err, "indices:data/read/search on "+d.index.Name)
		gap = &g
	case gap != nil:
	case d.bytes >= d.left:
		gap, d.method = spent(), cut(d.method)
	case d.bare > 0:
		gap = &probity.Gap{Reason: probity.NotCollected, Because: fmt.Sprintf("documents whose source is not kept: %d", d.bare)}
	case d.method != "all":
		gap = &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("%d documents were read", d.docs), Needs: "a larger --rows"}
	}
	labels := d.tally.Labels()
	for i := range labels {
		labels[i].Origin, labels[i].AsOf = from, from.At
		labels[i].Sample = probity.Sample{Unit: "rows", Read: d.docs, Total: probity.Known(d.index.docs, from), Method: d.method}
	}
	if gap != nil {
		return probity.Open(*gap, from, labels...)
	}
	return probity.Whole(from, labels...)
}
