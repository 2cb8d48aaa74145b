package serve

import (
	"context"
	"errors"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/sirupsen/logrus"
)

// relay hands what the job engine says to our log: of its chatter only what is wrong.
type relay struct{ log logrus.FieldLogger }

func (relay) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }

func (r relay) Handle(_ context.Context, rec slog.Record) error {
	log := r.log
	rec.Attrs(func(a slog.Attr) bool {
		if a.Key == "panic_val" {
			return true
		}
		log = log.WithField(a.Key, a.Value.String())
		return true
	})
	if rec.Level >= slog.LevelError {
		log.Error(rec.Message)
	} else {
		log.Warn(rec.Message)
	}
	return nil
}

func (r relay) WithAttrs(as []slog.Attr) slog.Handler {
	log := r.log
	for _, a := range as {
		log = log.WithField(a.Key, a.Value.String())
	}
	return relay{log}
}

func (r relay) WithGroup(string) slog.Handler { return r }

// uncrashed makes an error of a crash, whose value may be content: the engine would keep and log it.
func uncrashed(ctx context.Context, _ *rivertype.JobRow, do func(context.Context) error) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("it crashed: please report it")
		}
	}()
	return do(ctx)
}

// told says when a job failed: the engine tries it again.
type told struct{ log logrus.FieldLogger }

func (t told) HandleError(_ context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	t.log.WithField("job", job.Kind).WithField("attempt", job.Attempt).WithError(err).Warn("a job failed, and is tried again")
	return nil
}

// HandlePanic has nothing to handle: crashes are errors.
func (t told) HandlePanic(context.Context, *rivertype.JobRow, any, string) *river.ErrorHandlerResult {
	return nil
}
