package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// certificate writes one for this machine, and its key.
func certificate(t *testing.T, dir string) (cert, key string, trust *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	public, err := x509.CreateCertificate(rand.Reader, &c, &c, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	trust = x509.NewCertPool()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: public}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		text := pem.EncodeToMemory(block)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		trust.AppendCertsFromPEM(text)
	}
	return cert, key, trust
}

// TestServeOverTLS: a server with a certificate answers by TLS alone, shows nothing to nobody, and lets in whoever has a token.
func TestServeOverTLS(t *testing.T) {
	t.Setenv("PROBITY_KEY_FILE", filepath.Join(t.TempDir(), "key"))
	dir := t.TempDir()
	cert, key, trust := certificate(t, dir)
	token, file := rand.Text(), filepath.Join(dir, "probity.yaml")
	for name, text := range map[string]string{file: "serve:\n  data: " + filepath.Join(dir, "data") + "\n  listen: 127.0.0.1:0\n  tls: {cert: " + cert + ", key: " + key + "}\n" +
		"  tokens: [{name: office, token: \"file:" + filepath.Join(dir, "token") + "\", role: viewer}]\n  schedules: [{name: nightly, targets: [" + dir + "]}]\n", filepath.Join(dir, "token"): token + "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var log shared
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"serve", "--config", file}, strings.NewReader(""), &log, &log) }()
	address := ""
	for end := time.Now().Add(time.Minute); address == ""; time.Sleep(50 * time.Millisecond) {
		if m := regexp.MustCompile(`address="?(127\.0\.0\.1:\d+)`).FindStringSubmatch(log.String()); m != nil {
			address = m[1]
		} else if time.Now().After(end) {
			t.Fatalf("waited in vain for the server: %s", log.String())
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust}}}
	type answer struct {
		status  int
		header  http.Header
		cookies []*http.Cookie
	}
	ask := func(method, path string, form url.Values) (answer, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, "https://"+address+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", "text/html")
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		var b bytes.Buffer
		if _, err := b.ReadFrom(res.Body); err != nil {
			t.Fatal(err)
		}
		return answer{res.StatusCode, res.Header, res.Cookies()}, b.String()
	}
	for _, path := range []string{"/", "/findings", "/map?country=DE", "/api/v1/status", "/api/v1/openapi.json", "/api/v1/map?format=csv", "/metrics", "/debug/pprof/", "/signout", "/nowhere", "//signin", "/signin/../map", "/style-0.css"} {
		if res, body := ask(http.MethodGet, path, nil); res.status/100 == 2 || res.header.Get("Strict-Transport-Security") == "" || strings.Contains(body, "nightly") {
			t.Errorf("%s as nobody: got %d %v", path, res.status, res.header)
		}
	}
	if res, body := ask(http.MethodGet, "/signin", nil); res.status != http.StatusOK || !strings.Contains(body, `autocomplete="username"`) || strings.Contains(body, "nightly") {
		t.Errorf("the page to sign in at: got %d %s", res.status, body)
	}
	if res, _ := ask(http.MethodPost, "/signin", url.Values{"username": {"server"}, "token": {token}}); res.status != http.StatusUnauthorized || len(res.cookies) > 0 {
		t.Errorf("by the name of another token: got %d %v", res.status, res.header)
	}
	res, _ := ask(http.MethodPost, "/signin", url.Values{"username": {"office"}, "token": {token}, "next": {"/schedules"}})
	if c := res.cookies; res.status != http.StatusSeeOther || res.header.Get("Location") != "/schedules" || len(c) != 1 || !strings.HasPrefix(c[0].Name, "__Host-") || !c[0].Secure || !c[0].HttpOnly || c[0].SameSite != http.SameSiteLaxMode {
		t.Fatalf("signing in: got %d %v", res.status, res.header)
	}
	if res, body := ask(http.MethodGet, "/schedules", nil); res.status != http.StatusOK || !strings.Contains(body, "nightly") || !strings.Contains(body, "office") {
		t.Errorf("who is signed in: got %d %s", res.status, body)
	}
	if res, _ := ask(http.MethodGet, "/audit", nil); res.status != http.StatusForbidden {
		t.Errorf("a viewer at the audit log: got %d", res.status)
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"serve", "status", "--config", file}, strings.NewReader(""), &out, &out); code != 0 || !strings.Contains(out.String(), "nightly") {
		t.Errorf("status: %d %s", code, &out)
	}
	for name, c := range map[string]*tls.Config{"an old version": {RootCAs: trust, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}, "nobody's certificate": {RootCAs: x509.NewCertPool()}} { //nolint:gosec // what must not do
		if conn, err := (&tls.Dialer{Config: c}).DialContext(t.Context(), "tcp", address); err == nil {
			_ = conn.Close()
			t.Errorf("%s is taken", name)
		}
	}
	plain, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/healthz", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := http.DefaultClient.Do(plain); err == nil {
		if res.Body.Close(); res.StatusCode != http.StatusBadRequest {
			t.Errorf("without TLS: got %d", res.StatusCode)
		}
	}
	client.CloseIdleConnections()
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("the server ended with %d: %s", code, log.String())
	}
}
