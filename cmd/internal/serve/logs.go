package serve

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"

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
		log = log.WithField(a.Key, unaddressed(a.Value.String()))
		return true
	})
	if rec.Level >= slog.LevelError {
		log.Error(rec.Message)
	} else {
		log.Warn(rec.Message)
	}
	return nil
}

// unaddressed is an error's text without what the driver tells of a database that it does not reach: its user, name and address.
func unaddressed(text string) string {
	before, _, cut := strings.Cut(text, "failed to connect to ")
	if !cut {
		return text
	}
	return before + "the database is not reached"
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

// traced makes a span of a job. One that waits did not fail.
func (s *Server) traced(ctx context.Context, job *rivertype.JobRow, do func(context.Context) error) error {
	if s.o.Traces == nil {
		return do(ctx)
	}
	var of struct {
		Schedule string `json:"schedule"`
		Scan     string `json:"scan"`
	}
	if json.Unmarshal(job.EncodedArgs, &of) != nil {
		return do(ctx)
	}
	name := map[string]string{tick{}.Kind(): "tick", part{}.Kind(): "unit", ending{}.Kind(): "judge", delivering{}.Kind(): "notification"}[job.Kind]
	ctx, end := s.o.Traces.Span(s.o.Traces.InScan(ctx, of.Scan), cmp.Or(name, "job"), "probity.job", job.Kind, "probity.schedule", of.Schedule, "probity.scan", of.Scan)
	err := do(ctx)
	var waits *river.JobSnoozeError
	if errors.As(err, &waits) {
		end(nil)
	} else {
		end(err)
	}
	return err
}

// told says when a job failed: the engine tries it again.
type told struct{ log logrus.FieldLogger }

func (t told) HandleError(_ context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	t.log.WithField("job", job.Kind).WithField("attempt", job.Attempt).WithField(logrus.ErrorKey, unaddressed(err.Error())).Warn("a job failed, and is tried again")
	return nil
}

// HandlePanic has nothing to handle: crashes are errors.
func (t told) HandlePanic(context.Context, *rivertype.JobRow, any, string) *river.ErrorHandlerResult {
	return nil
}
