package config

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// comment is a text that stands as a comment in the code.
type comment struct {
	text string
	at   hcl.Range
	last int  // line on which it ends
	own  bool // nothing else stands before it on its line
}

const maxIgnores = 100 // of one block

// ignores finds the comments that ask to let a rule be, by the byte at which the outermost block begins that they belong to:
// they stand in it, at its end, or on the lines just before it.
func ignores(src []byte, name string, b *hclsyntax.Body) map[int][]comment {
	if !bytes.Contains(src, []byte(resource.IgnoreMark)) {
		return nil
	}
	all := comments(src, name)
	blocks := slices.SortedFunc(slices.Values(b.Blocks), func(a, b *hclsyntax.Block) int { return cmp.Compare(a.TypeRange.Start.Byte, b.TypeRange.Start.Byte) })
	out := map[int][]comment{}
	next := len(blocks) // the first block behind the comment
	var below *hclsyntax.Block
	line := -1 // where the comment or block below begins
	for _, c := range slices.Backward(all) {
		for next > 0 && blocks[next-1].TypeRange.Start.Byte > c.at.Start.Byte {
			next--
		}
		if next < len(blocks) && (below == nil || line > blocks[next].TypeRange.Start.Line) {
			below, line = blocks[next], blocks[next].TypeRange.Start.Line
		}
		var of *hclsyntax.Block
		if next > 0 {
			if in := blocks[next-1]; c.at.Start.Byte < in.CloseBraceRange.End.Byte || c.at.Start.Line == in.CloseBraceRange.End.Line {
				of = in
			}
		}
		if of == nil && c.own && c.last+1 == line {
			of, line = below, c.at.Start.Line
		}
		if of == nil || !strings.Contains(c.text, resource.IgnoreMark) {
			continue
		}
		if at := of.TypeRange.Start.Byte; len(out[at]) < maxIgnores {
			out[at] = append(out[at], c)
		}
	}
	for _, cs := range out {
		slices.Reverse(cs)
	}
	return out
}

// comments are those of a file, each line of a long one by itself.
func comments(src []byte, name string) []comment {
	tokens, _ := hclsyntax.LexConfig(src, name, hcl.InitialPos) // what is malformed is told by the parser
	var out []comment
	line := 0 // on which the last token ended
	for _, t := range tokens {
		if t.Type != hclsyntax.TokenComment {
			if line = t.Range.End.Line; t.Type == hclsyntax.TokenNewline {
				line = 0
			}
			continue
		}
		own := line != t.Range.Start.Line
		text := strings.TrimRight(string(t.Bytes), "\r\n")
		at := t.Range
		switch {
		case strings.HasPrefix(text, "#"):
			out = append(out, comment{text[1:], at, at.Start.Line, own})
		case strings.HasPrefix(text, "//"):
			out = append(out, comment{text[2:], at, at.Start.Line, own})
		default:
			for one := range strings.Lines(text) {
				out = append(out, comment{strings.TrimSuffix(strings.TrimLeft(one, " \t/*"), "*/"), at, at.Start.Line, own})
				at.Start = hcl.Pos{Line: at.Start.Line + 1, Column: 1, Byte: at.Start.Byte + len(one)}
				own = true
			}
			line = t.Range.End.Line
		}
	}
	return out
}

// asked are the ignores that comments in this module's code ask for, at the places where its readers find them.
func (s standing) asked(cs []comment) []probity.Ignore {
	var out []probity.Ignore
	for _, c := range cs {
		if i, ok := resource.IgnoreIn(c.text, s.origin(c.at)); ok {
			out = append(out, resource.EachIgnore(i)...)
		}
	}
	return out
}

// ignores are those of a resource's block, and of the calls that lead to it.
func (m *instance) ignores(b *resourceBlock) []probity.Ignore {
	out := m.asked(b.asked)
	for in := m; in.parent != nil; in = in.parent {
		out = append(out, in.parent.asked(in.call.asked)...)
	}
	return out
}
