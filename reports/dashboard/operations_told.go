package dashboard

import (
	"context"

	"github.com/probity-scan/probity/reports/history"
)

// NotificationsIn says which notices.
type NotificationsIn struct {
	Schedule string `query:"schedule"`
	Sink     string `query:"sink" doc:"told to it"`
	State    string `query:"state" enum:"waiting,sent,given up" doc:"of a message"`
	Kind     string `query:"kind" enum:"findings,failed scan,missed scan,no whole scan"`
	After    string `query:"after" doc:"what next was in the page before"`
	Limit    int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"rows of a page"`
}

// Notifications are notices, the newest first, and where the next page begins.
type Notifications struct {
	Rows []history.Notice `json:"rows"`
	Next string           `json:"next,omitempty"`
}

// Notifications lists who was told what. They count everything, so viewers without bounds alone see them.
func (o *Operations) Notifications(ctx context.Context, in *NotificationsIn) (Notifications, error) {
	b, err := bounds(ctx)
	if err != nil {
		return Notifications{}, err
	}
	rows, next, err := o.Store.Notifications(ctx, history.NotificationsQuery{Series: in.Schedule, Sink: in.Sink, State: history.DeliveryState(in.State), Kind: history.NoticeKind(in.Kind), After: in.After, Limit: in.Limit, Bounds: b})
	return Notifications{append([]history.Notice{}, rows...), next}, err
}

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
	if err := o.Schedules.Retry(ctx, in.ID); err != nil {
		return Again{}, err
	}
	v, _ := ViewerFrom(ctx)
	o.note(ctx, v, "retry", in.ID)
	return Again{in.ID}, nil
}
