package tree

import (
	"bytes"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// ignored is one ignore file: patterns over the paths below its folder. The libraries at hand read one such file each, without
// what it means inside another; the stack below has git's order, and a test compares it with git's own answers.
type ignored struct {
	base     string // folder, below the repository; empty: the repository itself
	patterns []pattern
}

type pattern struct {
	glob     string
	literal  bool // glob has no wildcard
	suffix   bool // glob is "*" and literal text
	negated  bool
	dirs     bool // matches folders only
	anchored bool // over the whole path, else over the last name
}

// parse reads the lines of an ignore file.
func parse(base string, text []byte) ignored {
	ig := ignored{base: base}
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))) {
		if p, ok := parseLine(strings.TrimRight(string(line), "\r\n")); ok {
			ig.patterns = append(ig.patterns, p)
		}
	}
	return ig
}

func parseLine(s string) (p pattern, ok bool) {
	for strings.HasSuffix(s, " ") && !strings.HasSuffix(s, `\ `) {
		s = s[:len(s)-1]
	}
	if s == "" || s[0] == '#' {
		return p, false
	}
	if s[0] == '!' {
		p.negated, s = true, s[1:]
	}
	if strings.HasSuffix(s, "/") {
		p.dirs, s = true, strings.TrimSuffix(s, "/")
	}
	if s == "" {
		return p, false
	}
	p.anchored = strings.Contains(s, "/")
	p.glob = glob(strings.TrimPrefix(s, "/"))
	p.literal = !strings.ContainsAny(p.glob, `*?[\`)
	p.suffix = p.glob[0] == '*' && !strings.ContainsAny(p.glob[1:], `*?[\/`)
	return p, true
}

// glob turns git's pattern into doublestar's, which knows alternatives in braces and lets a/** match a.
func glob(s string) string {
	s = strings.NewReplacer("{", `\{`, "}", `\}`, "[:alpha:]", "a-zA-Z", "[:digit:]", "0-9", "[:alnum:]", "a-zA-Z0-9",
		"[:upper:]", "A-Z", "[:lower:]", "a-z", "[:xdigit:]", "0-9a-fA-F", "[:space:]", ` \t`).Replace(s)
	if s == "**" || strings.HasSuffix(s, "/**") {
		s += "/*"
	}
	return s
}

func (p *pattern) match(below, name string, dir bool) bool {
	if p.dirs && !dir {
		return false
	}
	s := name
	if p.anchored {
		s = below
	}
	switch {
	case p.literal:
		return s == p.glob
	case p.suffix && !p.anchored:
		return strings.HasSuffix(s, p.glob[1:])
	}
	ok, err := doublestar.Match(p.glob, s)
	return ok && err == nil
}

// stack holds the ignore files that apply in a folder, outermost first.
type stack []ignored

// with is a copy that ends in one more file, so that a sibling folder does not see it.
func (s stack) with(ig ignored) stack {
	if len(ig.patterns) == 0 {
		return s
	}
	return append(s[:len(s):len(s)], ig)
}

// match reports whether git leaves out a path of the repository whose parent folders it does not leave out: the last
// pattern of the innermost file decides.
func (s stack) match(p string, dir bool) bool {
	name := path.Base(p)
	for i := len(s) - 1; i >= 0; i-- {
		below := p
		if s[i].base != "" {
			below = strings.TrimPrefix(p, s[i].base+"/")
		}
		for j := len(s[i].patterns) - 1; j >= 0; j-- {
			if q := &s[i].patterns[j]; q.match(below, name, dir) {
				return !q.negated
			}
		}
	}
	return false
}

// matchAny is match for a path of which a parent may be left out.
func (s stack) matchAny(p string, dir bool) bool {
	for i, c := range p {
		if c == '/' && s.match(p[:i], true) {
			return true
		}
	}
	return s.match(p, dir)
}
