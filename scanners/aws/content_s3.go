package aws

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/objects"
	"github.com/probity-scan/probity/scanners/sample"
)

// bucket samples a bucket's objects.
func (x *sampling) bucket(ctx context.Context) error {
	b := &bucketContent{sampling: x, api: s3.NewFromConfig(x.cfg, pathStyle(x.cfg)), name: x.name(), held: map[string]int{}}
	draw, err := b.frame(ctx)
	if err != nil {
		x.miss(x.permit.gap(err))
		return ctx.Err()
	}
	for _, o := range draw {
		if err := b.object(ctx, o); err != nil {
			return err
		}
		if b.over {
			break
		}
	}
	b.sum(draw)
	return nil
}

// bucketContent is a bucket under way.
type bucketContent struct {
	*sampling
	api    *s3.Client
	name   string
	framed string // what the objects were drawn from
	total  int    // objects in it; below 0: not known
	random int    // objects drawn by chance, and read
	held   map[string]int
	labels []objects.Placed
	keys   []string
	over   bool // the budget is used up
	dumps  objects.Dumps
}

// object reads one object, unless it has not changed since the last scan.
func (b *bucketContent) object(ctx context.Context, o sample.Drawn) error {
	if m := b.s.o.Memory; m != nil && o.Version != "" {
		if found, ok := m.Recall(b.store.ID, o.Key, o.Version); ok {
			b.take(o, found)
			return nil
		}
	}
	if gap := frozen(o.Storage, b.unit.Asks.Live.Cold); gap != nil {
		b.miss(*gap)
		return nil
	}
	budget := b.budget()
	if b.read.Bytes >= budget.Total || !b.spend() {
		b.over = true
		b.miss(probity.Gap{Reason: probity.Sampled, Because: "the budget of the store is used up", Needs: "a larger --sample-bytes or --sample-cost"})
		return nil
	}
	in := &s3.GetObjectInput{Bucket: &b.name, Key: &o.Key}
	if o.Size > budget.Bytes {
		part := fmt.Sprintf("bytes=0-%d", budget.Bytes-1)
		in.Range = &part
	}
	if o.Version != "" {
		in.IfMatch = &o.Version
	}
	out, err := b.api.GetObject(ctx, in)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		b.miss(b.objectGap(err))
		return nil
	}
	defer out.Body.Close()
	of := objects.Object{Name: o.Key, Hint: path.Base(o.Key), Size: o.Size, Dump: b.dumps.Of(ctx, o.Key, b.beside(ctx))}
	at := &parts{bucketContent: b, ctx: ctx, in: *in}
	if o.Size > min(budget.Bytes, held) {
		of.At, at.in.IfMatch = at, out.ETag
	}
	got, err := b.look(ctx, of, out.Body, budget.Bytes)
	if err != nil {
		return err
	}
	cut := o.Size > budget.Bytes && !got.ranged // what was cut off ends in the middle of something
	switch {
	case at.gap != nil:
		b.miss(*at.gap)
	case cut && (got.gap == nil || got.gap.Reason == probity.Unreadable), got.ranged && got.gap != nil && got.gap.Reason == probity.Sampled:
		b.miss(probity.Gap{Reason: probity.Sampled, Because: "objects larger than the budget of bytes", Needs: "a larger --bytes"})
	case got.gap != nil:
		b.miss(*got.gap)
	}
	if m := b.s.o.Memory; m != nil && o.Version != "" && got.gap == nil && !cut { // a part of it would be taken for all
		m.Keep(b.store.ID, o.Key, o.Version, got.found)
	}
	b.take(o, got.found)
	return nil
}

// take keeps what an object holds.
func (b *bucketContent) take(o sample.Drawn, found []objects.Placed) {
	b.random += oneIf(o.Random)
	seen := map[string]bool{}
	for _, l := range found {
		l.Version = o.Version
		if l.AsOf.IsZero() { // else it was read by an earlier scan
			l.AsOf = b.now
		}
		l.On = strings.TrimSuffix(o.Key+":"+l.Column, ":")
		l.Origin = &probity.Origin{Call: "s3:GetObject", At: b.now}
		b.labels, b.keys = append(b.labels, l), append(b.keys, o.Key)
		if !seen[l.Detector] && o.Random {
			b.held[l.Detector]++
		}
		seen[l.Detector] = true
	}
}

func oneIf(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// sum says of each label what it was drawn from, and of what was not read how much may be there.
func (b *bucketContent) sum(draw []sample.Drawn) {
	unknown := probity.Missing[int](probity.Gap{Reason: probity.Sampled, Because: "nobody listed all objects"}, nil)
	total, chance := unknown, b.total >= 0
	drawn := 0
	for _, o := range draw {
		drawn += oneIf(o.Random)
	}
	unread := drawn - b.random // each may hold anything
	if chance {
		total = probity.Known(b.total, nil)
	}
	for i, l := range b.labels {
		l.Sample.Frame = &probity.Frame{Name: b.framed, Unit: "objects", Read: b.random, Found: b.held[l.Detector], Total: total,
			Upper: probity.Missing[float64](probity.Gap{Reason: probity.Sampled, Because: "the objects were not drawn by chance alone"}, nil)}
		if chance {
			l.Sample.Frame.Upper = sample.Bound(b.held[l.Detector]+unread, drawn, l.Recall)
		}
		b.sampling.labels.Add(b.keys[i], l.Column, l.Label)
	}
	switch {
	case chance && b.total == len(draw):
	case chance:
		b.miss(probity.Gap{Reason: probity.Sampled, Needs: fmt.Sprintf("--sample-objects %d", b.total),
			Because: fmt.Sprintf("%d of %d objects drawn at random from %s; with 95 %% confidence at most %.2g %% of them hold what none of those read does", b.random, b.total, b.framed, 100*sample.Upper(unread, drawn))})
	default:
		b.miss(probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("%d objects found by random seeks, which tell nothing of the others", len(draw)), Needs: "an S3 Inventory of the bucket, or a larger --list-requests"})
	}
}

// objectGap says why an object could not be read: its key is a permission of its own.
func (b *bucketContent) objectGap(err error) probity.Gap {
	gap := b.permit.gap(err)
	text := err.Error()
	switch {
	case gap.Reason == probity.Denied && (strings.Contains(text, "kms:") || strings.Contains(text, "master key")): // the key's policy, or that of another account
		gap.Needs = "kms:Decrypt on the key of the objects"
	case strings.Contains(gap.Because, "KMS."): // KMS.DisabledException, KMS.NotFoundException
		gap.Needs = "the key of the objects enabled"
	case gap.Reason == probity.Denied: // S3 answers alike where the reader is to pay and does not offer to
		gap.Needs += ", or, of a bucket whose readers pay, a role of its own account"
	case says(err, "InvalidObjectState"):
		return *frozen("GLACIER", false)
	case says(err, "PreconditionFailed", "NoSuchKey"):
		return probity.Gap{Reason: probity.Sampled, Because: "objects that changed or went while the bucket was read", Needs: "another scan"}
	}
	return gap
}

// frozen says why objects of a storage class are not read: they would have to be restored, or reading them costs more.
func frozen(class string, cold bool) *probity.Gap {
	switch class {
	case "GLACIER", "DEEP_ARCHIVE":
		return &probity.Gap{Reason: probity.NotCollected, Because: "archived objects", Needs: "the objects restored"}
	case "STANDARD_IA", "ONEZONE_IA", "GLACIER_IR", "INTELLIGENT_TIERING":
		if !cold {
			return &probity.Gap{Reason: probity.Filtered, Because: "objects of colder tiers, which cost more to read", Needs: "--sample-cold"}
		}
	}
	return nil
}
