package content

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/probity-scan/probity"
)

// letters tells messages by name or a first header; empty: none.
func letters(name string, head []byte) Format {
	switch ext(name) {
	case "eml":
		return Mail
	case "mbox":
		return Mbox
	case "":
		for _, header := range []string{"Received: ", "Return-Path: ", "Delivered-To: ", "MIME-Version: ", "Message-ID: "} {
			if bytes.HasPrefix(head, []byte(header)) {
				return Mail
			}
		}
	}
	return ""
}

// mail reads one message: its headers by name, its texts, and what is attached as objects of their own.
func (p *parser) mail() error {
	if p.deep > nesting {
		return p.tooDeep()
	}
	n := p.nested()
	p.in.begin("the header at line")
	return n.done(n.message(p.in, p.in.finish))
}

// message reads headers and body; begun is called between them.
func (n *nested) message(r io.Reader, begun func()) error {
	n.rep.Records++
	b := bufio.NewReader(r)
	header, damaged := textproto.NewReader(b).ReadMIMEHeader()
	if damaged != nil && (n.in.err == nil || errors.Is(n.in.err, io.EOF)) {
		n.lose("", &probity.Gap{Reason: probity.Unreadable, Because: "headers of a message are damaged"})
	}
	begun()
	words := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
		if c := inCharset(charset, r); c != nil {
			return c, nil
		}
		return nil, errors.New("unknown charset")
	}}
	for _, name := range []string{"From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Delivered-To", "Return-Path", "X-Originating-Ip"} {
		c := cell{max: n.opts.Cell, out: n.each}
		for _, v := range header[name] {
			if plain, err := words.DecodeHeader(v); err == nil {
				v = plain
			}
			if !utf8.ValidString(v) {
				v, _ = charmap.Windows1252.NewDecoder().String(v) // which every byte has a meaning in, or U+FFFD
			}
			if err := c.end(n.place(name, name), []byte(v)); err != nil {
				return err
			}
		}
	}
	if damaged != nil {
		return n.entry("body", b) // whatever follows
	}
	return n.body(header, b, 0)
}

// body reads one part of a message, or those it consists of.
func (n *nested) body(h textproto.MIMEHeader, r io.Reader, depth int) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	_, named, _ := mime.ParseMediaType(h.Get("Content-Disposition")) // without one the part has no name
	name := named["filename"]
	if name == "" {
		name = params["name"]
	}
	switch {
	case kind == "multipart/encrypted", kind == "application/pkcs7-mime" && params["smime-type"] != "signed-data":
		n.lose("", &probity.Gap{Reason: probity.Unreadable, Because: "encrypted message"})
		return n.more()
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return n.parts(multipart.NewReader(r, params["boundary"]), depth+1)
	case name == "" && kind == "message/rfc822":
		name = "message.eml"
	case name == "" && kind == "text/html":
		name = "body.html"
	case name == "":
		name = "body"
	}
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	r = stream{r, &packed{name: "mail"}}
	if strings.HasPrefix(kind, "text/") {
		if r = inCharset(params["charset"], r); r == nil {
			n.lose(entryName(name), &probity.Gap{Reason: probity.Unreadable, Because: "a charset that is not read"})
			return n.more()
		}
	}
	return n.entry(name, r)
}

func (n *nested) parts(r *multipart.Reader, depth int) error {
	if depth > 20 {
		n.lose("", &probity.Gap{Reason: probity.Unreadable, Because: "parts of a message in parts, more than 20 deep"})
		return nil
	}
	for {
		part, err := r.NextRawPart()
		switch {
		case err == io.EOF: // a wrapped one is that of a message cut off
			return nil
		case err != nil:
			if n.in.err == nil || errors.Is(n.in.err, io.EOF) {
				n.lose("", &probity.Gap{Reason: probity.Unreadable, Because: "parts of a message are damaged or cut off"})
			}
			return nil
		}
		if err := n.body(part.Header, part, depth); err != nil {
			return err
		}
	}
}

// inCharset gives UTF-8, or what shows by itself to be; nil for a charset that is not known.
func inCharset(name string, r io.Reader) io.Reader {
	if asItIs(name) {
		return r
	}
	if c := charsetOf(name); c != nil {
		return c.NewDecoder().Reader(r)
	}
	return nil
}

// asItIs reports whether a charset is one that shows by its bytes.
func asItIs(charset string) bool {
	switch letterwise(charset) {
	case "", "utf8", "usascii", "ascii", "iso88591", "latin1", "windows1252", "utf16", "utf16le", "utf16be":
		return true
	}
	return false
}

// letterwise is a name of a charset as they are compared: "iso88591".
func letterwise(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}
