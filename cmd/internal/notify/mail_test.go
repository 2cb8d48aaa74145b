package notify

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"maps"
	"math/big"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/reports/language"
	"github.com/probity-scan/probity/reports/news"
)

// office is a server of mail.
type office struct {
	mu     sync.Mutex
	user   string
	secret string
	refuse error // what it says to a letter
	got    []string
}

func (o *office) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{o: o}, nil }

// visit is one connection.
type visit struct {
	o  *office
	in bool
}

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != v.o.user || password != v.o.secret {
			return smtp.ErrAuthFailed
		}
		v.in = true
		return nil
	}), nil
}

func (v *visit) Mail(string, *smtp.MailOptions) error {
	if v.o.user != "" && !v.in {
		return smtp.ErrAuthRequired
	}
	return v.o.refuse
}
func (v *visit) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (v *visit) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	v.o.mu.Lock()
	defer v.o.mu.Unlock()
	v.o.got = append(v.o.got, string(b))
	return err
}
func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

// certificate is one for loopback.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, of, of, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, roots
}

// TestMail: letters go by STARTTLS and by TLS, with a password or without, and arrive as text and as HTML.
func TestMail(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		scheme         string
		user, password string
		refuse         error
		strange        bool // nobody trusts its certificate
		want           Error
	}{
		"STARTTLS":          {scheme: "smtp", user: "probity", password: "right"},
		"TLS":               {scheme: "smtps", user: "probity", password: "right"},
		"nobody's":          {scheme: "smtp"},
		"wrong password":    {scheme: "smtp", user: "probity", password: "wrong", want: Error{Why: "the server of mail does not take user and password"}},
		"strange":           {scheme: "smtps", strange: true, want: Error{Why: "its certificate is not trusted"}},
		"strange, STARTTLS": {scheme: "smtp", strange: true, want: Error{Why: "its certificate is not trusted"}},
		"later":             {scheme: "smtp", refuse: &smtp.SMTPError{Code: 451, Message: "secret of the server"}, want: Error{Why: "the server of mail does not take it, code 451"}},
		"never":             {scheme: "smtp", refuse: &smtp.SMTPError{Code: 550, Message: "secret of the server"}, want: Error{Why: "the server of mail does not take it, code 550", For: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := &office{user: c.user, secret: "right", refuse: c.refuse}
			cert, roots := certificate(t)
			server := smtp.NewServer(o)
			server.Domain, server.TLSConfig = "127.0.0.1", &tls.Config{Certificates: []tls.Certificate{cert}}
			server.ErrorLog = quiet{}
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			where := fmt.Sprintf("%s://%s", c.scheme, l.Addr())
			if c.scheme == "smtps" {
				l = tls.NewListener(l, server.TLSConfig)
			}
			go func() { _ = server.Serve(l) }()
			t.Cleanup(func() { _ = server.Close() })
			options := options(nil, map[string]string{"env:URL": where, "env:PASSWORD": c.password})
			if options.Roots = roots; c.strange {
				options.Roots = x509.NewCertPool()
			}
			sink := config.Sink{Kind: config.Email, Where: "env:URL", From: "Probity <probity@example.com>", To: []string{"officer@example.com"}, User: c.user, Password: "env:PASSWORD", Lang: "fr"}
			err = Send(t.Context(), sink, message(), options)
			if c.want.Why != "" {
				is(t, err, c.want)
				return
			}
			if err != nil || len(o.got) != 1 {
				t.Fatalf("got %d letters, %v", len(o.got), err)
			}
			reads(t, o.got[0])
		})
	}
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// reads opens a letter as a program of mail does.
func reads(t *testing.T, letter string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || !strings.HasPrefix(subject, "Probity nightly: 1 nouveau constat") {
		t.Errorf("subject: %q, %v", subject, err)
	}
	if id := m.Header.Get("Message-ID"); id != "<0123456789abcdef@example.com>" {
		t.Errorf("its ID is %s", id)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct{ kind, text string }{{"text/plain", `arn:aws:s3:::a"b<!channel>\`}, {"text/html", "arn:aws:s3:::a&#34;b&lt;!channel&gt;"}} {
		p, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(p)
		if err != nil || !strings.HasPrefix(p.Header.Get("Content-Type"), want.kind) || !strings.Contains(string(b), want.text) {
			t.Errorf("%s lacks %s: %s %v", want.kind, want.text, b, err)
		}
	}
}

// TestLetterHoldsNames: whatever a schedule and a store are called, a letter has the headers that it is to have, and no more.
func TestLetterHoldsNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"x\r\nBcc: all@example.com\r\n\r\nbody", "x\nX-Injected: 1", "=?utf-8?q?=0ABcc:_all?=", "\u202egnp.exe", "bad\xff", ".\r\n.\r\nMAIL FROM:<x@example.com>", strings.Repeat("ü", 3000)} {
		m := message()
		m.Schedule, m.Findings[0].Store, m.Findings[0].Message = name, name, name
		in, err := language.Of("de")
		if err != nil {
			t.Fatal(err)
		}
		letter, err := sending{config.Sink{From: "a@example.com", To: []string{"b@example.com"}}, options(nil, nil), m, news.Of(m, in), in, ""}.letter()
		if err != nil {
			t.Fatal(err)
		}
		var raw strings.Builder
		if _, err := letter.WriteTo(&raw); err != nil {
			t.Fatal(err)
		}
		got, err := mail.ReadMessage(strings.NewReader(raw.String()))
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		want := []string{"Auto-Submitted", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To", "User-Agent", "X-Mailer"}
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got.Header))); diff != "" {
			t.Errorf("%q: headers (-want +got):\n%s", name, diff)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
		if err != nil || strings.ContainsFunc(subject, unicode.IsControl) || strings.ContainsRune(subject, '\u202e') || len(subject) > 600 {
			t.Errorf("%q: the subject is %q, %v", name, subject, err)
		}
	}
}
