package aws

import (
	"context"
	"fmt"
	"io"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	probity "github.com/probity-scan/probity"
)

const held = 16 << 20 // bytes of an object up to which one request for all of it is better than many for parts

// parts reads anywhere in one object, by requests for ranges. The object must not change meanwhile.
type parts struct {
	*bucketContent
	ctx context.Context
	in  s3.GetObjectInput
	gap *probity.Gap // why a part could not be had
}

// ReadAt implements [io.ReaderAt].
func (p *parts) ReadAt(b []byte, at int64) (int, error) {
	if !p.spend() {
		p.over = true
		p.gap = &probity.Gap{Reason: probity.Sampled, Because: "the budget of the store is used up", Needs: "a larger --sample-bytes or --sample-cost"}
		return 0, fmt.Errorf("reading %d bytes at %d: no request left", len(b), at)
	}
	in, part := p.in, fmt.Sprintf("bytes=%d-%d", at, at+int64(len(b))-1)
	in.Range = &part
	out, err := p.api.GetObject(p.ctx, &in)
	if err != nil {
		gap := p.objectGap(err)
		p.gap = &gap
		return 0, err
	}
	defer out.Body.Close()
	n, err := io.ReadFull(out.Body, b)
	p.read.Bytes += int64(n)
	if err != nil {
		p.gap = &probity.Gap{Reason: probity.Unreachable, Because: "answers that were cut off, or are not what was stored", Needs: "another try"}
	}
	return n, err
}

// beside opens another object, which tells what the one that is read holds. It is one read more.
func (b *bucketContent) beside(ctx context.Context) func(key string) (io.ReadCloser, error) {
	return func(key string) (io.ReadCloser, error) {
		if !b.spend() {
			return nil, fmt.Errorf("reading %s: no request left", key)
		}
		part := fmt.Sprintf("bytes=0-%d", b.budget().Bytes-1)
		out, err := b.api.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: &key, Range: &part})
		if err != nil {
			return nil, err
		}
		b.read.Bytes += value(out.ContentLength)
		return out.Body, nil
	}
}
