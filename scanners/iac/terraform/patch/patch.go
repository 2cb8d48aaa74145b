// Package patch writes the smallest change of Terraform code that mends a finding, for people to look at. It changes no file.
package patch

import (
	"errors"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	probity "github.com/probity-scan/probity"
)

var (
	// ErrNone means that no change is known for the fact.
	ErrNone = errors.New("no change is known for this")
	// ErrPlace means that no resource stands at the line.
	ErrPlace = errors.New("no resource stands there")
)

// Propose gives a file's text with the change that mends a fact of the resource at a 1-based line.
func Propose(src []byte, name string, line int, fact probity.Path) ([]byte, error) {
	f, diags := hclwrite.ParseConfig(src, name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, ErrPlace
	}
	b := blockAt(f, line)
	if b == nil || b.Type() != "resource" || len(b.Labels()) != 2 {
		return nil, ErrPlace
	}
	fix, ok := fixes()[change{b.Labels()[0], fact}]
	if !ok {
		return nil, ErrNone
	}
	if fix.beside != "" {
		beside(f, b, fix)
	} else {
		set(b.Body(), fix)
	}
	return f.Bytes(), nil
}

// blockAt is the top-level block that covers a line. Its text starts after what precedes it, comments excepted.
func blockAt(f *hclwrite.File, line int) *hclwrite.Block {
	at := 1
	blocks := map[*hclwrite.Body]*hclwrite.Block{}
	for _, b := range f.Body().Blocks() {
		blocks[b.Body()] = b
	}
	tokens := f.BuildTokens(nil)
	starts := make([]int, len(tokens)+1)
	for i, t := range tokens {
		starts[i] = at
		for _, c := range t.Bytes {
			if c == '\n' {
				at++
			}
		}
	}
	starts[len(tokens)] = at
	i := 0
	for _, b := range f.Body().Blocks() {
		own := b.BuildTokens(nil)
		for i < len(tokens) && tokens[i] != own[0] {
			i++
		}
		if i+len(own) > len(tokens) {
			return nil
		}
		if starts[i] <= line && line <= starts[i+len(own)-1] {
			return b
		}
	}
	return nil
}
