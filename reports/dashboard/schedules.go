package dashboard

import (
	"context"
	"time"

	"github.com/probity-scan/probity/reports/history"
)

// Schedules are those of the server that shows the history.
type Schedules interface {
	Status(ctx context.Context) (Status, error)
	Ask(ctx context.Context, schedule string) error // for a scan that begins at once
	Retry(ctx context.Context, id string) error     // sends a message again that was given up
}

// Status is how the schedules of a server stand.
type Status struct {
	Schedules []ScheduleStatus `json:"schedules"`
}

// ScheduleStatus is one schedule with its last scan and the next.
type ScheduleStatus struct {
	Name    string          `json:"name"`
	Cron    string          `json:"cron,omitempty"`
	Zone    string          `json:"zone,omitempty"`
	Next    time.Time       `json:"next,omitzero"`
	Last    *history.Record `json:"last,omitempty"`
	Running *history.Record `json:"running,omitempty"`
	Waiting int             `json:"waiting,omitempty"` // units of the running scan that are not done
}
