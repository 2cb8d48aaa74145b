package aws

import (
	"context"
	"errors"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	probity "github.com/probity-scan/probity"
)

// TestBacksOffTogether: one call that is throttled holds back all others to the service in the region, longer each time, and
// none to another service.
func TestBacksOffTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMeter("1", Options{Pause: longest})
		busy, other := m.join("eu-west-1", "RDS"), m.join("eu-west-1", "S3")
		waits := func(l *limit) time.Duration {
			start := time.Now()
			if err := l.enter(t.Context()); err != nil {
				t.Fatal(err)
			}
			l.leave()
			return time.Since(start)
		}
		last := time.Duration(0)
		for _, least := range []time.Duration{firstPause / 2, firstPause, 2 * firstPause} {
			busy.told(true)
			if last = waits(busy); last < least || last > 2*least {
				t.Errorf("waited %v, want between %v and twice that", last, least)
			}
		}
		if w := waits(other); w != 0 {
			t.Errorf("another service waited %v", w)
		}
		for range 20 {
			busy.told(true)
			last = waits(busy)
		}
		if last < longest/2 || last > longest {
			t.Errorf("waited %v at last", last)
		}
		for range 20 {
			busy.told(false)
		}
		if w := waits(busy); w != 0 {
			t.Errorf("waited %v after all is well", w)
		}
	})
}

// TestLetsGo: at the end of a unit nothing is kept of its region but what another unit is to know.
func TestLetsGo(t *testing.T) {
	t.Parallel()
	m, down := newMeter("1", Options{Pause: longest}), errors.New("no connection")
	for service, do := range map[string]func(*limit){
		"well":      func(l *limit) { l.told(false); _ = l.outage("List").told(wall(), nil) },
		"throttled": func(l *limit) { l.told(true) },
		"failing":   func(l *limit) { _ = l.outage("List").told(wall(), down) },
	} {
		l := m.join("eu-west-1", service)
		do(l)
		m.part(l)
	}
	m.join("eu-west-1", "in use")
	m.part(m.join("us-east-1", "elsewhere"))
	m.take("eu-west-1")
	var kept []string
	for _, r := range m.regions {
		kept = slices.AppendSeq(kept, maps.Keys(r.limits))
	}
	slices.Sort(kept)
	if diff := cmp.Diff([]string{"elsewhere", "failing", "in use", "throttled"}, kept); diff != "" {
		t.Error(diff)
	}
}

// TestNotOffered: a name that DNS does not know in one region only is of a service that the region lacks; where it knows none, the
// network is to blame.
func TestNotOffered(t *testing.T) {
	t.Parallel()
	absent := &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "dax.eu-south-2.amazonaws.com", IsNotFound: true}}
	for name, c := range map[string]struct {
		known string
		want  probity.Reason
	}{
		"elsewhere": {"dax.us-east-1.amazonaws.com", probity.NotApplicable},
		"nowhere":   {"", probity.Unreachable},
	} {
		m := newMeter("1", Options{Lookup: func(_ context.Context, host string) ([]string, error) {
			if host != c.known {
				return nil, absent
			}
			return []string{"127.0.0.1"}, nil
		}})
		if g := newPermits().gap(m.notOffered(t.Context(), "eu-south-2", absent)); g.Reason != c.want {
			t.Errorf("%s: got %+v, want %s", name, g, c.want)
		}
	}
}

// TestOutage: a service that failed many times in a row is left alone for a while, and then asked again.
func TestOutage(t *testing.T) {
	t.Parallel()
	var o outage
	now, down := time.Unix(0, 0), errors.New("no connection")
	worth := func(err error) bool { return !errors.As(err, new(spent)) }
	for range inARow - 1 {
		if err := o.told(now, down); !worth(err) || o.shut(now) != nil {
			t.Fatal("it is given up too soon")
		}
	}
	if err := o.told(now, down); worth(err) || !errors.Is(o.shut(now), down) {
		t.Error("it is not given up")
	}
	if later := now.Add(rest + 1); o.shut(later) != nil || o.told(later, nil) != nil || o.shut(later) != nil {
		t.Error("it is not asked again")
	}
}

// TestGuard: an operation that no policy names is refused before anything is sent, and so is reading content without leave.
func TestGuard(t *testing.T) {
	t.Parallel()
	sent := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { sent++ }))
	defer server.Close()
	api := func(content bool) *s3.Client {
		cfg := aws.Config{Region: "eu-west-1", BaseEndpoint: &server.URL, Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")}
		newPermits().apply(&cfg, content, newMeter("1", Options{Pause: 1}))
		return s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true })
	}
	name := "clinic"
	_, deletes := api(true).DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: &name})
	_, writes := api(true).PutObject(t.Context(), &s3.PutObjectInput{Bucket: &name, Key: &name})
	_, reads := api(false).GetObject(t.Context(), &s3.GetObjectInput{Bucket: &name, Key: &name})
	var of *smithy.OperationError
	if deletes == nil || writes == nil || reads == nil || !errors.As(reads, &of) || sent != 0 {
		t.Errorf("%d calls were sent: %v, %v, %v", sent, deletes, writes, reads)
	}
	if _, err := api(true).GetObject(t.Context(), &s3.GetObjectInput{Bucket: &name, Key: &name}); err != nil || sent != 1 {
		t.Errorf("content that was asked for is refused: %v", err)
	}
}
