package aws

import (
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// patient tries calls again. How many are made at all is for the limit of the region and service to say, so there is no quota:
// it would lose answers in a long time of throttling. What stands at an endpoint of one's own may be an emulator.
func patient(endpoint string, pause time.Duration) func() aws.Retryer {
	return func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts, o.MaxBackoff, o.RateLimiter = attempts, pause, ratelimit.None
			o.Retryables = append(o.Retryables, retry.IsErrorRetryableFunc(halved))
			if endpoint != "" {
				o.Retryables = append([]retry.IsErrorRetryable{retry.IsErrorRetryableFunc(emulated)}, o.Retryables...)
			}
		})
	}
}

// halved is an answer whose end did not arrive.
func halved(err error) aws.Ternary {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return aws.TrueTernary
	}
	return aws.UnknownTernary
}

// outage is an operation that gives no answer in a region. After a number of failures in a row nobody asks it again, and nobody waits
// for it, but for one call a while: thousands of stores do not take thousands of timeouts.
type outage struct {
	mu    sync.Mutex
	fails int
	last  error
	until time.Time
}

const (
	inARow = 2 * attempts
	rest   = time.Minute
)

// spent is an error that is not worth another attempt.
type spent struct{ error }

// RetryableError is how the kit asks.
func (spent) RetryableError() bool { return false }

// Unwrap gives the error itself.
func (s spent) Unwrap() error { return s.error }

// shut is the last failure of an operation that is not asked now.
func (o *outage) shut(now time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.fails < inARow || now.After(o.until) {
		return nil
	}
	return spent{o.last}
}

func (o *outage) failing() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.fails > 0
}

// told counts failures in a row, and says which of them is not worth another attempt.
func (o *outage) told(now time.Time, err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !broken(err) {
		o.fails = 0
		return err
	}
	if o.fails++; o.fails < inARow {
		return err
	}
	o.last, o.until = err, now.Add(rest)
	return spent{err}
}

// broken reports whether an error says that the service itself fails: it gave no answer, or none of its own.
func broken(err error) bool {
	var offered notOffered
	var response *awshttp.ResponseError
	switch {
	case err == nil, throttled(err), errors.As(err, &offered), emulated(err) == aws.FalseTernary:
		return false
	case errors.Is(err, io.ErrUnexpectedEOF):
		return true
	case errors.As(err, &response) && response.Response != nil && response.HTTPStatusCode() > 0: // 0: it did not arrive
		return response.HTTPStatusCode() >= http.StatusInternalServerError && response.HTTPStatusCode() != http.StatusNotImplemented
	}
	return true
}
