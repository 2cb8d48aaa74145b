package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail"
)

// mail sends the message as text and as HTML.
func (t sending) mail(ctx context.Context) error {
	u, err := url.Parse(t.where)
	if err != nil || u.Host == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || u.User != nil {
		return forGood("what where names is no server of mail, such as smtp://host:587")
	}
	port, _ := strconv.Atoi(u.Port())
	o := []mail.Option{mail.WithTLSConfig(&tls.Config{MinVersion: tls.VersionTLS12, ServerName: u.Hostname(), RootCAs: t.o.Roots}), mail.WithoutNoop()}
	switch {
	case u.Scheme == "smtps":
		o = append(o, mail.WithSSL(), mail.WithPort(orElse(port, 465)))
	case t.sink.Plain || loopback(u.Hostname()):
		o = append(o, mail.WithTLSPolicy(mail.TLSOpportunistic), mail.WithPort(orElse(port, 587)))
	default:
		o = append(o, mail.WithTLSPolicy(mail.TLSMandatory), mail.WithPort(orElse(port, 587)))
	}
	if t.sink.User != "" {
		password, err := t.o.Secret(t.sink.Password)
		if err != nil {
			return &Error{Why: "password: " + err.Error()}
		}
		o = append(o, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(t.sink.User), mail.WithPassword(password))
	}
	client, err := mail.NewClient(u.Hostname(), o...)
	if err != nil {
		return forGood("what where names is no server of mail, such as smtp://host:587")
	}
	m, err := t.letter()
	if err != nil {
		return err
	}
	return unsent(client.DialAndSendWithContext(ctx, m))
}

func orElse(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

// letter is the mail. Its ID is the message's, by which a second one is known as the same.
func (t sending) letter() (*mail.Msg, error) {
	m := mail.NewMsg()
	if m.From(t.sink.From) != nil || m.To(t.sink.To...) != nil {
		return nil, forGood("from and to take addresses such as ops@example.com")
	}
	page, err := t.text.HTML(t.in)
	if err != nil {
		return nil, forGood("%v", err)
	}
	_, domain, _ := strings.Cut(t.sink.From, "@")
	m.SetMessageIDWithValue(t.m.ID + "@" + strings.Trim(domain, "> "))
	m.SetDateWithValue(t.o.Now())
	m.SetUserAgent(t.o.Tool)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.Subject(strings.ReplaceAll(t.text.Title, "=?", "= ?")) // by which a name would be decoded
	m.SetBodyString(mail.TypeTextPlain, t.text.Plain())
	m.AddAlternativeString(mail.TypeTextHTML, page)
	return m, nil
}

// unsent says why a mail did not go, without what the server said: that may be anything.
func unsent(err error) error {
	if err == nil {
		return nil
	}
	var sent *mail.SendError
	var network net.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &sent):
		return &Error{Why: "the server of mail does not take it, code " + strconv.Itoa(sent.ErrorCode()), For: !sent.IsTemp() && sent.ErrorCode() >= 500}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &dns), errors.As(err, &network):
		return unreached(err)
	}
	var said *textproto.Error
	text := err.Error()
	switch {
	case errors.As(err, &said) && (said.Code == 535 || said.Code == 534 || said.Code == 530 || said.Code == 454):
		return &Error{Why: "the server of mail does not take user and password"}
	case strings.Contains(text, "x509"), strings.Contains(text, "certificate"):
		return &Error{Why: "its certificate is not trusted"}
	case strings.Contains(text, "STARTTLS"):
		return forGood("the server of mail offers no STARTTLS: use another, or say plain: true")
	case strings.Contains(text, "AUTH"):
		return forGood("the server of mail offers no way to sign in that is safe")
	}
	return &Error{Why: "the server of mail breaks off"}
}
