package opensearch

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/login"
)

const (
	patience = 10 * time.Second // that a server has to search
	longest  = 32 << 20         // bytes of an answer
)

// client asks the cluster. Its requests bear a name, so that the list of tasks tells who reads.
type client struct {
	target
	http *http.Client
}

func newClient(t target) (*client, error) {
	transport := &http.Transport{MaxConnsPerHost: 1, ResponseHeaderTimeout: 2 * patience, TLSHandshakeTimeout: patience}
	if t.TLS {
		var err error
		if transport.TLSClientConfig, err = t.Config(); err != nil {
			return nil, err
		}
	}
	// A redirect would take the password elsewhere.
	return &client{t, &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, nil
}

func (c *client) close() { c.http.CloseIdleConnections() }

// refused is an answer that is none.
type refused struct{ status int }

func (e *refused) Error() string { return fmt.Sprintf("status %d", e.status) }

var errLong = errors.New("the answer is too long")

// get reads the answer to a question, as somebody: without a user nobody is named.
func (c *client) get(ctx context.Context, user, path string, body, into any) error {
	ctx, cancel := context.WithTimeout(ctx, 3*patience)
	defer cancel()
	scheme, method := "http", http.MethodGet
	if c.TLS {
		scheme = "https"
	}
	var send io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		send, method = bytes.NewReader(b), http.MethodPost
	}
	req, err := http.NewRequestWithContext(ctx, method, scheme+"://"+c.Address()+path, send)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Opaque-Id", "probity")
	if user != "" {
		req.SetBasicAuth(user, c.word)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, longest+1))
	switch {
	case err != nil:
		return err
	case resp.StatusCode != http.StatusOK:
		return &refused{resp.StatusCode}
	case len(b) > longest:
		return errLong
	}
	return json.Unmarshal(b, into)
}

// lost is the gap of an error, in our words: a server's may quote documents.
func lost(err error, needs string) probity.Gap {
	var unknown *tls.CertificateVerificationError
	var said *refused
	switch {
	case errors.As(err, &unknown):
		return probity.Gap{Reason: probity.Unreachable, Because: "its certificate is of no authority that is known here", Needs: "that authority's: sslrootcert=FILE"}
	case errors.Is(err, http.ErrSchemeMismatch):
		return probity.Gap{Reason: probity.Unreachable, Because: "the server speaks no TLS", Needs: "sslmode=disable in the target"}
	case errors.Is(err, login.ErrRoots):
		return probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	case errors.As(err, &said) && said.status == http.StatusUnauthorized:
		return probity.Gap{Reason: probity.Denied, Because: "the server does not let this user in", Needs: "a user and " + secret}
	case errors.As(err, &said) && said.status == http.StatusForbidden:
		return probity.Gap{Reason: probity.Denied, Because: "permission denied", Needs: needs}
	case errors.As(err, &said) && said.status == http.StatusTooManyRequests:
		return probity.Gap{Reason: probity.Throttled, Because: "the server is busy", Needs: "a scan later"}
	case errors.As(err, &said):
		return probity.Gap{Reason: probity.Unreadable, Because: fmt.Sprintf("the server refuses (%d)", said.status)}
	case errors.Is(err, errLong):
		return probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		return probity.Gap{Reason: probity.Timeout, Because: "it took too long"}
	}
	var bad *json.SyntaxError
	if errors.As(err, &bad) {
		return probity.Gap{Reason: probity.Unreadable, Because: "the answer is no JSON: this may be no OpenSearch"}
	}
	return probity.Gap{Reason: probity.Unreachable, Because: "no connection to the server", Needs: "a network that reaches it"}
}
