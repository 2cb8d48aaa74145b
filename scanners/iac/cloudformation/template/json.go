package template

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"
)

// parseJSON reads JSON into the nodes that YAML has: YAML's parser takes most of JSON, but no surrogate pairs and no long keys.
func parseJSON(src []byte) (*yaml.Node, error) {
	p := &jsonParser{dec: jsontext.NewDecoder(bytes.NewReader(src), jsontext.AllowDuplicateNames(true)), src: src, line: 1, column: 1}
	n, err := p.value()
	if err != nil {
		return nil, err
	}
	if _, err := p.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return n, nil
}

type jsonParser struct {
	dec          *jsontext.Decoder
	src          []byte
	offset       int // of what line and column count
	line, column int
}

func (p *jsonParser) value() (*yaml.Node, error) {
	kind := p.dec.PeekKind() // moves on to the token
	n := &yaml.Node{}
	p.place(n)
	tok, err := p.dec.ReadToken()
	if err != nil {
		return nil, err
	}
	switch kind {
	case '{', '[':
		n.Kind, n.Tag = yaml.MappingNode, "!!map"
		end := jsontext.Kind('}')
		if kind == '[' {
			n.Kind, n.Tag, end = yaml.SequenceNode, "!!seq", ']'
		}
		for p.dec.PeekKind() != end {
			child, err := p.value()
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, child)
		}
		_, err := p.dec.ReadToken()
		return n, err
	case '"':
		n.Kind, n.Tag, n.Value, n.Style = yaml.ScalarNode, "!!str", tok.String(), yaml.DoubleQuotedStyle
	case 'n':
		n.Kind, n.Tag, n.Value = yaml.ScalarNode, "!!null", "null"
	case 't', 'f':
		n.Kind, n.Tag, n.Value = yaml.ScalarNode, "!!bool", tok.String()
	default:
		n.Kind, n.Tag, n.Value = yaml.ScalarNode, "!!float", tok.String()
	}
	return n, nil
}

// place counts on to the token that comes next.
func (p *jsonParser) place(n *yaml.Node) {
	to := int(p.dec.InputOffset())
	for to < len(p.src) && bytes.IndexByte([]byte(" \t\r\n,:"), p.src[to]) >= 0 {
		to++
	}
	for p.offset < to {
		c, size := utf8.DecodeRune(p.src[p.offset:])
		if p.offset += size; c == '\n' {
			p.line, p.column = p.line+1, 1
		} else {
			p.column++
		}
	}
	n.Line, n.Column = p.line, p.column
}
