// Package visits is what scans of servers share: how one runs, and how it tells what it finds.
package visits

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/probity-scan/probity"
)

// ErrStop ends a scan whose reader wants no more.
var ErrStop = errors.New("stopped by the reader")

// Visit is the scan of one server.
type Visit struct {
	Target  string          // as gaps of the connection name it, without a password
	Content *probity.Budget // nil: content stays unread
	Now     time.Time       // zero: what is found bears no date
	yield   func(probity.Found, error) bool
}

// Run runs a scan. What a context that has ended causes is told by the context's cause.
func Run(ctx context.Context, content *probity.Budget, now func() time.Time, all func(*Visit) error) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		v := &Visit{Content: content, yield: yield}
		if now != nil {
			v.Now = now().UTC()
		}
		err := all(v)
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		if err != nil && !errors.Is(err, ErrStop) {
			yield(nil, err)
		}
	}
}

// Give hands over what was found.
func (v *Visit) Give(x probity.Found) error {
	if !v.yield(x, nil) {
		return ErrStop
	}
	return nil
}

// From is what was asked, without a value.
func (v *Visit) From(question string) *probity.Origin {
	return &probity.Origin{Query: question, At: v.Now}
}

// Cover answers supplies with one gap, or as whole.
func (v *Visit) Cover(supplies []probity.Supply, gap *probity.Gap) error {
	for _, s := range supplies {
		c := probity.Coverage{Supply: s, Gap: gap}
		if gap != nil {
			c.Count, c.Origin = 1, v.From("connection to "+v.Target)
		}
		if err := v.Give(c); err != nil {
			return err
		}
	}
	return nil
}
