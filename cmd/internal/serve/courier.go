package serve

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/riverqueue/river"
	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/notify"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
)

// delivering sends a message to its sink.
type delivering struct {
	Delivery string `json:"delivery"`
	Round    int    `json:"round"` // how often somebody asked for it again
}

func (delivering) Kind() string { return "probity_delivery" }

// outgoing is the queue of messages.
const outgoing = "outgoing"

// courier works on messages.
type courier struct {
	river.WorkerDefaults[delivering]
	s *Server
}

func (w *courier) Timeout(*river.Job[delivering]) time.Duration { return 2 * time.Minute }

func (w *courier) NextRetry(job *river.Job[delivering]) time.Time {
	return time.Now().Add(backoff(job.Attempt))
}

// Work sends once. That it is being sent is noted before: whoever finds it so knows that a process died meanwhile, and sends it once
// more, and no second time.
func (w *courier) Work(ctx context.Context, job *river.Job[delivering]) error {
	s := w.s
	d, err := s.o.Store.Delivery(ctx, job.Args.Delivery)
	switch {
	case errors.Is(err, history.ErrUnknown), err == nil && (d.State != history.DeliveryWaiting || d.Round != job.Args.Round):
		return nil
	case err != nil:
		return err
	}
	sink, ok := s.sink(d.Sink)
	if !ok {
		return w.end(ctx, job, d, history.DeliveryDead, "its sink is gone from the configuration")
	}
	if d.Begun >= 2 {
		return w.end(ctx, job, d, history.DeliveryDead, "two processes ended while they sent it: it may have arrived")
	}
	var m news.Message
	if json.Unmarshal(d.Body, &m) != nil {
		return w.end(ctx, job, d, history.DeliveryDead, "the message is damaged")
	}
	if err := s.o.Store.BeginDelivery(ctx, d.ID); err != nil {
		return err
	}
	sent := s.o.Send(ctx, sink, m)
	if sent != nil && ctx.Err() != nil { // it is stopped, and nobody knows whether it arrived
		return sent
	}
	var e *notify.Error
	switch {
	case sent == nil:
		return w.end(ctx, job, d, history.DeliverySent, "")
	case errors.As(sent, &e) && e.For, d.Tries+1 >= notify.Tries:
		return w.end(ctx, job, d, history.DeliveryDead, sent.Error())
	}
	s.o.Log.WithFields(logrus.Fields{"sink": d.Sink, "notification": d.ID}).WithError(sent).Warn("a message did not arrive, and is sent again")
	if err := s.o.Store.EndDelivery(ctx, s.o.Store.DB(), d.ID, history.DeliveryWaiting, sent.Error()); err != nil {
		return err
	}
	return river.JobSnooze(notify.Pause(d.Tries+1, s.o.retry(), sent))
}

// end notes how it ended together with the end of the job.
func (w *courier) end(ctx context.Context, job *river.Job[delivering], d history.Delivery, state history.DeliveryState, why string) error {
	s := w.s
	s.metrics.sent.WithLabelValues(d.Sink, string(state)).Inc()
	if state == history.DeliveryDead {
		s.o.Log.WithFields(logrus.Fields{"sink": d.Sink, "notification": d.ID, "why": why}).Error("a message is given up: probity serve notifications retry sends it again")
	}
	return completing(ctx, s, job, func(tx *sql.Tx) error { return s.o.Store.EndDelivery(ctx, tx, d.ID, state, why) })
}

// sink is that of a name.
func (s *Server) sink(name string) (config.Sink, bool) {
	for _, x := range s.o.Config.Notify {
		if x.Name == name {
			return x, true
		}
	}
	return config.Sink{}, false
}

// Retry sends a message again that was given up.
func (s *Server) Retry(ctx context.Context, id string) error {
	d, err := s.o.Store.Delivery(ctx, id)
	if err != nil {
		return err
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		round, err := s.o.Store.RetryDelivery(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		return s.dispatch(ctx, tx, delivering{d.ID, round})
	})
}
