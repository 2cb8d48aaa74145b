package dashboard

import "context"

// RetryIn names a message.
type RetryIn struct {
	ID string `path:"id" doc:"or its beginning"`
}

// Again says what is sent again.
type Again struct {
	ID string `json:"id"`
}

// Retry sends a message again that was given up.
func (o *Operations) Retry(ctx context.Context, in *RetryIn) (Again, error) {
	v, err := operator(ctx)
	if err != nil {
		return Again{}, err
	}
	if err := o.Schedules.Retry(ctx, in.ID); err != nil {
		return Again{}, err
	}
	o.note(ctx, v, "retry", in.ID)
	return Again{in.ID}, nil
}
