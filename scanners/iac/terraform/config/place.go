package config

import (
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"

	probity "github.com/probity-scan/probity"
)

// origin is where a range starts. HCL counts columns in grapheme clusters; reports need UTF-16 units.
func origin(sources map[string][]byte, at hcl.Range) *probity.Origin {
	o := &probity.Origin{File: at.Filename, Line: at.Start.Line, Column: at.Start.Column}
	if src, ok := sources[at.Filename]; ok {
		o.Column = column16(src, at.Start)
	}
	return o
}

func column16(src []byte, p hcl.Pos) int {
	if p.Byte > len(src) {
		return p.Column
	}
	start := p.Byte
	for start > 0 && src[start-1] != '\n' {
		start--
	}
	n := 1
	for line := src[start:p.Byte]; len(line) > 0; {
		c, size := utf8.DecodeRune(line)
		if c > 0xffff {
			n++
		}
		n++
		line = line[size:]
	}
	return n
}
