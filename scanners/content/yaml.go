package content

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity"
)

// yamls reads documents by their keys, at the places that JSON has. A piece at a time is held, and an alias is not followed: what it
// stands for is read once, at its anchor. A piece that does not parse is read as text.
type yamls struct {
	*tree
	*cutter
	free *Column
	lost int // the line of the first piece that does not parse; 0: all do
}

func (p *parser) yaml() error {
	y := &yamls{tree: &tree{lexer: p.lexer()}, cutter: &cutter{in: p.in, block: -1}, free: &Column{}}
	for more, begun := false, true; ; {
		whole := y.next(more)
		if len(y.buf) == y.head {
			break
		}
		var docs []*yaml.Node
		var bad error
		if whole {
			docs, bad = parsed(y.buf)
		}
		if more = bad != nil && y.cut; more {
			continue // perhaps what looked like a key was none
		}
		if err := y.piece(docs, whole && bad == nil, begun); err != nil {
			return err
		}
		begun = !y.cut
	}
	if y.lost > 0 {
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: fmt.Sprintf("YAML that does not parse is read as text, without its keys: the first at line %d", y.lost)}
	}
	return nil
}

// piece reads one that parses, or its text; begun: it is the first of its document.
func (y *yamls) piece(docs []*yaml.Node, parses, begun bool) error {
	if !parses {
		return y.asText()
	}
	for _, d := range docs {
		if err := y.document(d, begun); err != nil {
			return err
		}
	}
	return nil
}

// parsed gives the documents of a piece. What the library says of a failure may quote it, and is not told.
func parsed(b []byte) (docs []*yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			docs, err = nil, errors.New("malformed YAML")
		}
	}()
	if first, _, ok := bytes.Cut(b, []byte{'\n'}); ok && bytes.HasPrefix(first, []byte("%YAML ")) {
		b = b[len(first):] // the library knows one version, and all are read alike
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	for {
		n := &yaml.Node{}
		switch err := d.Decode(n); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return nil, err
		}
		docs = append(docs, n)
	}
}

// asText hands over the lines of a piece, and the rest of the last one. A template of YAML is none yet, and is text.
func (y *yamls) asText() error {
	in := y.in
	if template := bytes.Contains(y.buf, []byte("{{")) || bytes.Contains(y.buf, []byte("{%")); !template && y.lost == 0 && !in.cut() {
		y.lost = y.line
	}
	for l := range bytes.Lines(y.buf[y.head:]) {
		text := bytes.TrimRight(l, "\r\n")
		if len(text) == len(l) && !in.ended() {
			if err := y.add(y.free, text); err != nil {
				return err
			}
			return y.rest()
		}
		y.rep.Records++
		if err := y.end(y.free, text); err != nil {
			return err
		}
	}
	return nil
}

// rest hands over what is left of a line.
func (y *yamls) rest() error {
	for {
		b, stop, ok := y.in.until("\n")
		if !ok || stop != 0 {
			y.rep.Records++
			return y.end(y.free, bytes.TrimSuffix(b, []byte{'\r'}))
		}
		if err := y.add(y.free, b); err != nil {
			return err
		}
	}
}

// document reads one, or a part of one; the elements of a sequence are the records.
func (y *yamls) document(d *yaml.Node, begun bool) error {
	for _, n := range d.Content {
		if n.Kind == yaml.SequenceNode {
			y.rep.Records += len(n.Content)
		} else if begun {
			y.rep.Records++
		}
	}
	return y.node(y.root, d, y.line-1-y.around)
}

// node reads what stands at a place; its own line counts from behind the lines above.
func (y *yamls) node(at *keys, n *yaml.Node, above int) error {
	for _, c := range []string{n.HeadComment, n.LineComment, n.FootComment} {
		if err := y.end(y.free, []byte(c)); err != nil {
			return err
		}
	}
	switch n.Kind {
	case yaml.DocumentNode:
		for _, e := range n.Content {
			if err := y.node(at, e, above); err != nil {
				return err
			}
		}
	case yaml.SequenceNode:
		below := y.places.element(at)
		for _, e := range n.Content {
			if err := y.node(below, e, above); err != nil {
				return err
			}
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			below, err := y.member(at, n.Content[i], above)
			if err != nil {
				return err
			}
			if err := y.node(below, n.Content[i+1], above); err != nil {
				return err
			}
		}
	case yaml.ScalarNode:
		if n.Tag != "!!null" && n.Tag != "!!bool" {
			return y.end(at.column(above+n.Line), []byte(n.Value))
		}
	}
	return nil
}

// member reads a key. One that is no text is data, and what a mapping takes from another is its own.
func (y *yamls) member(of *keys, key *yaml.Node, above int) (*keys, error) {
	if key.Kind == yaml.AliasNode {
		key = key.Alias
	}
	if key.Tag == "!!merge" {
		return of, nil
	}
	if key.Kind != yaml.ScalarNode {
		at, _ := y.places.key(of, nil)
		return at, y.node(at, key, above)
	}
	for _, c := range []string{key.HeadComment, key.LineComment, key.FootComment} {
		if err := y.end(y.free, []byte(c)); err != nil {
			return nil, err
		}
	}
	return y.place(of, []byte(key.Value))
}
