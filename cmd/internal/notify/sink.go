package notify

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/reports/language"
	"github.com/probity-scan/probity/reports/news"
)

// Options are what sinks need besides their configuration. All are required but Roots and Limit.
type Options struct {
	Secret func(ref string) (string, error) // what env:NAME or file:PATH hold
	Now    func() time.Time
	Tool   string         // as programs name themselves
	Lang   string         // of sinks that say none
	Roots  *x509.CertPool // authorities that certificates are of; nil: the system's
	Limit  time.Duration  // that one sending may take; default 30 s
}

// Error is why a message did not arrive. It tells no address and no secret.
type Error struct {
	Why   string
	For   bool          // for good: it would not arrive later either
	After time.Duration // that the other side asks to wait; 0: it says nothing
}

func (e *Error) Error() string { return e.Why }

func forGood(format string, args ...any) error {
	return &Error{Why: fmt.Sprintf(format, args...), For: true}
}

// Send tells a sink. It makes one attempt.
func Send(ctx context.Context, s config.Sink, m news.Message, o Options) error {
	limit := o.Limit
	if limit == 0 {
		limit = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	code := s.Lang
	if code == "" {
		code = o.Lang
	}
	in, err := language.Of(code)
	if err != nil {
		return forGood("%v", err)
	}
	where, err := o.Secret(s.Where)
	if err != nil {
		return &Error{Why: "where: " + err.Error()} // who mends it has it sent
	}
	t := sending{s, o, m, news.Of(m, in), in, where}
	switch s.Kind {
	case config.Webhook:
		return t.webhook(ctx)
	case config.Slack:
		return t.post(ctx, t.text.Slack(), nil)
	case config.Teams:
		return t.post(ctx, t.text.Teams(), nil)
	case config.Issue:
		return t.issue(ctx)
	case config.Email:
		return t.mail(ctx)
	}
	return forGood("no kind of sink %q", s.Kind)
}

// sending is one message to one sink.
type sending struct {
	sink  config.Sink
	o     Options
	m     news.Message
	text  news.Text
	in    *language.Language
	where string
}

// headers are those that the configuration names.
func (t sending) headers() (http.Header, error) {
	h := http.Header{}
	for name, ref := range t.sink.Headers {
		v, err := t.o.Secret(ref)
		if err != nil {
			return nil, &Error{Why: "header " + name + ": " + err.Error()}
		}
		h.Set(name, v)
	}
	return h, nil
}

// Pause is how long to wait after a number of tries, the first 1; base is after the first.
func Pause(tries int, base time.Duration, err error) time.Duration {
	d := base
	for range tries - 1 {
		d = min(4*d, longest)
	}
	var e *Error
	if errors.As(err, &e) {
		d = max(d, min(e.After, longest))
	}
	return d
}

// longest is how long a message waits for its next try at most, whatever the other side asks for.
const longest = 2 * time.Hour

// Tries is how often a message is sent before it is given up: with half a minute after the first, for some seven hours.
const Tries = 8

// retryAfter reads what a server asks to wait, in seconds or as a date.
func retryAfter(s string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n > 0 {
		return min(time.Duration(min(n, 1<<20))*time.Second, longest)
	}
	if at, err := http.ParseTime(s); err == nil {
		return min(max(0, at.Sub(now)), longest)
	}
	return 0
}

// templateOf is the text of a template: one of ours, or a file.
func templateOf(name string) (string, error) {
	switch name {
	case "github":
		return github, nil
	case "jira":
		return jira, nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return "", forGood("template %s cannot be read", name)
	}
	return string(b), nil
}
