package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// webhook sends the message itself, signed as Standard Webhooks have it where there is a key.
func (t sending) webhook(ctx context.Context) error {
	b, err := json.Marshal(t.m)
	if err != nil {
		return forGood("the message cannot be written")
	}
	h, err := t.headers()
	if err != nil {
		return err
	}
	if t.sink.Secret != "" {
		key, err := t.o.Secret(t.sink.Secret)
		if err != nil {
			return &Error{Why: "secret: " + err.Error()}
		}
		hook, err := standardwebhooks.NewWebhook(key)
		if err != nil {
			return forGood("secret: write it as whsec_ and base64")
		}
		at := t.o.Now()
		signature, err := hook.Sign(t.m.ID, at, b)
		if err != nil {
			return forGood("the message cannot be signed")
		}
		h.Set(standardwebhooks.HeaderWebhookID, t.m.ID)
		h.Set(standardwebhooks.HeaderWebhookTimestamp, fmt.Sprint(at.Unix()))
		h.Set(standardwebhooks.HeaderWebhookSignature, signature)
	}
	return t.send(ctx, b, h)
}

func (t sending) post(ctx context.Context, v any, h http.Header) error {
	b, err := json.Marshal(v)
	if err != nil {
		return forGood("the message cannot be written")
	}
	return t.send(ctx, b, h)
}

// send posts JSON to the sink's address, and nowhere else.
func (t sending) send(ctx context.Context, body []byte, h http.Header) error {
	u, err := url.Parse(t.where)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return forGood("what where names is no address such as https://host/path")
	case u.Scheme == "http" && !t.sink.Plain && !loopback(u.Hostname()):
		return forGood("its address is one of http, by which others can read along: use https, or say plain: true")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return forGood("what where names is no address such as https://host/path")
	}
	if h != nil {
		req.Header = h
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", t.o.Tool)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: t.o.Roots}, MaxResponseHeaderBytes: 64 << 10}}
	res, err := client.Do(req)
	if err != nil {
		return unreached(err)
	}
	defer res.Body.Close()
	_, _ = io.CopyN(io.Discard, res.Body, 64<<10) // what is beyond nobody needs
	switch c := res.StatusCode; {
	case c < 300:
		return nil
	case c < 400:
		return forGood("it answers HTTP %d and sends on to elsewhere: name the address that takes messages", c)
	case c == http.StatusRequestTimeout, c == http.StatusTooEarly, c == http.StatusTooManyRequests, c >= 500, c == http.StatusForbidden && limited(res.Header):
		return &Error{Why: fmt.Sprintf("it answers HTTP %d %s", c, http.StatusText(c)), After: wait(res.Header, t.o.Now())}
	default:
		return forGood("it answers HTTP %d %s", c, http.StatusText(c))
	}
}

// limited reports whether somebody is refused for asking too often: GitHub says that with the status of those who may not.
func limited(h http.Header) bool {
	return h.Get("Retry-After") != "" || h.Get("X-Ratelimit-Remaining") == "0"
}

// wait is how long the other side asks to wait: Retry-After has seconds or a date, and X-RateLimit-Reset seconds since 1970.
func wait(h http.Header, now time.Time) time.Duration {
	if d := retryAfter(h.Get("Retry-After"), now); d > 0 {
		return d
	}
	if at, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64); err == nil && h.Get("X-Ratelimit-Remaining") == "0" {
		return min(max(0, time.Unix(at, 0).Sub(now)), longest)
	}
	return 0
}

// unreached says why somebody is not reached, without the address, which is a secret.
func unreached(err error) error {
	var untrusted *tls.CertificateVerificationError
	var name *net.DNSError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{Why: "it did not answer in time"}
	case errors.As(err, &untrusted):
		return &Error{Why: "its certificate is not trusted"}
	case errors.As(err, &name):
		return &Error{Why: "its name is not found"}
	}
	return &Error{Why: "it cannot be reached"}
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
