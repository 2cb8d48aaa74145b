// Package access says who may do what, from the policy documents that guard a store. It is pure: text in, grants out, so
// that live AWS and infrastructure code are judged by the same lines.
package access

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	probity "github.com/probity-scan/probity"
)

// limit is well above what providers take (20 KB for a bucket, 32 KB for a key) and write themselves (about 100 KB for the
// policy ReadOnlyAccess), and keeps a stranger's document cheap.
const limit = 1 << 18

// Policy is a resource policy that was read whole.
type Policy struct {
	statements []statement
	gap        *probity.Gap // why a piece is not known
}

// statement is one Allow or Deny, as AWS writes it.
type statement struct {
	Sid          string      `json:"Sid"`
	Effect       string      `json:"Effect"`
	Principal    *principals `json:"Principal"`
	NotPrincipal *principals `json:"NotPrincipal"`
	Action       texts       `json:"Action"`
	NotAction    texts       `json:"NotAction"`
	Resource     texts       `json:"Resource"`
	NotResource  texts       `json:"NotResource"`
	Condition    conditions  `json:"Condition"`

	number int // 1-based, for people
	tests  []test
	lost   bool // a hole: nothing of it is known
}

// Parse reads a resource policy. Its errors name line and column or the statement, and never quote the document.
func Parse(text string) (Policy, error) { return parse(text, true) }

func parse(text string, principal bool) (Policy, error) {
	if len(text) > limit {
		return Policy{}, fmt.Errorf("policy of %d bytes is longer than any provider takes", len(text))
	}
	var doc struct {
		Statement statements `json:"Statement"`
	}
	if err := json.Unmarshal([]byte(text), &doc, json.MatchCaseInsensitiveNames(true)); err != nil {
		return Policy{}, position(text, err)
	}
	if len(doc.Statement) == 0 {
		return Policy{}, errors.New("policy has no statement")
	}
	for i := range doc.Statement {
		s := &doc.Statement[i]
		s.number = i + 1
		if err := s.check(principal); err != nil {
			return Policy{}, fmt.Errorf("statement %d %w", s.number, err)
		}
	}
	return Policy{statements: doc.Statement, gap: gapIn(text)}, nil
}

// check refuses what AWS refuses: a statement read with half its meaning would be a wrong answer.
func (s *statement) check(principal bool) error {
	switch {
	case s.lost:
		return nil
	case s.Effect != "Allow" && s.Effect != "Deny" && !holed(s.Effect):
		return errors.New("has an effect other than Allow and Deny")
	case !principal && (s.Principal != nil || s.NotPrincipal != nil):
		return errors.New("names a principal, which a policy of somebody cannot")
	case principal && (s.Principal == nil) == (s.NotPrincipal == nil):
		return errors.New("needs one of Principal and NotPrincipal")
	case s.Principal.nobody() || s.NotPrincipal.nobody():
		return errors.New("has a principal that names nobody")
	case (s.Action == nil) == (s.NotAction == nil):
		return errors.New("needs one of Action and NotAction")
	case s.Resource != nil && s.NotResource != nil:
		return errors.New("has both Resource and NotResource")
	}
	var err error
	s.tests, err = tests(s.Condition)
	return err
}

func (s *statement) deny() bool { return s.Effect == "Deny" }

// String names the statement by its place: a Sid is the owner's text.
func (s *statement) String() string { return fmt.Sprintf("statement %d", s.number) }

// position rephrases a parser's error, which may quote the document.
func position(text string, err error) error {
	var at int64
	var syntax *jsontext.SyntacticError
	var meaning *json.SemanticError
	what := "is cut short or no JSON"
	switch {
	case errors.As(err, &syntax):
		at = syntax.ByteOffset
		if errors.Is(err, jsontext.ErrDuplicateName) {
			what = "holds the same name twice"
		}
	case errors.As(err, &meaning):
		at, what = meaning.ByteOffset, "holds a value of the wrong type"
	}
	before := text[:min(max(int(at), 0), len(text))]
	line := 1 + strings.Count(before, "\n")
	return fmt.Errorf("policy %s at line %d, column %d", what, line, len(before)-strings.LastIndexByte(before, '\n'))
}

// statements is a list that may be written as its only element.
type statements []statement

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (l *statements) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*l = statements{}
	if d.PeekKind() != '[' {
		return l.next(d)
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != ']' {
		if err := l.next(d); err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}

func (l *statements) next(d *jsontext.Decoder) error {
	var s statement
	lost, err := hole(d)
	if err == nil && !lost {
		err = json.UnmarshalDecode(d, &s)
	}
	s.lost = lost
	*l = append(*l, s)
	return err
}

// conditions are values by operator and key.
type conditions map[string]keys

// keys are values by key of the request.
type keys map[string]texts

// UnmarshalJSONFrom implements [json.UnmarshalerFrom]. A hole in place of the whole has no operator.
func (c *conditions) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if lost, err := hole(d); lost || err != nil {
		*c = conditions{holeOpen: keys{holeOpen: nil}}
		return err
	}
	return json.UnmarshalDecode(d, (*map[string]keys)(c))
}

// UnmarshalJSONFrom implements [json.UnmarshalerFrom]. A hole in place of the whole has no key.
func (k *keys) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if lost, err := hole(d); lost || err != nil {
		*k = keys{holeOpen: nil}
		return err
	}
	return json.UnmarshalDecode(d, (*map[string]texts)(k))
}

// hole reads a hole that stands in place of something else than a text.
func hole(d *jsontext.Decoder) (bool, error) {
	if d.PeekKind() != '"' {
		return false, nil
	}
	t, err := d.ReadToken()
	if err == nil && !holed(t.String()) {
		err = &json.SemanticError{ByteOffset: d.InputOffset(), Err: errors.New("a text")}
	}
	return err == nil, err
}

// texts is a list of strings that may be written as its only element; conditions also hold booleans and numbers.
type texts []string

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (l *texts) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*l = texts{}
	if d.PeekKind() != '[' {
		return l.scalar(d)
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != ']' {
		if err := l.scalar(d); err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}

func (l *texts) scalar(d *jsontext.Decoder) error {
	t, err := d.ReadToken()
	if err != nil {
		return err
	}
	switch t.Kind() {
	case '"', '0', 't', 'f':
		*l = append(*l, t.String())
		return nil
	}
	return &json.SemanticError{ByteOffset: d.InputOffset(), Err: errors.New("no text")}
}
