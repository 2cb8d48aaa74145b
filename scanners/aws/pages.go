package aws

import "context"

// pages is a listing that the kit has no paginator for. It is asked again until an answer names no next page.
type pages[P, O any] struct {
	ask  func(ctx context.Context, token *string, options ...func(*O)) (page P, next *string, err error)
	next *string
	done bool
}

// paged is such a listing, from its first page on.
func paged[P, O any](ask func(context.Context, *string, ...func(*O)) (P, *string, error)) *pages[P, O] {
	return &pages[P, O]{ask: ask}
}

// HasMorePages implements [pager].
func (p *pages[P, O]) HasMorePages() bool { return !p.done }

// NextPage implements [pager].
func (p *pages[P, O]) NextPage(ctx context.Context, options ...func(*O)) (P, error) {
	page, next, err := p.ask(ctx, p.next, options...)
	p.done = err == nil && (value(next) == "" || value(next) == value(p.next))
	p.next = next
	return page, err
}

// inRegion is an operation with options of its own: to ask another region.
func inRegion[In, Out, O any](op func(context.Context, *In, ...func(*O)) (*Out, error), options ...func(*O)) func(context.Context, *In, ...func(*O)) (*Out, error) {
	return func(ctx context.Context, in *In, more ...func(*O)) (*Out, error) {
		return op(ctx, in, append(options, more...)...)
	}
}
