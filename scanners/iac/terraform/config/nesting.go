package config

import "errors"

const (
	maxFile  = 16 << 20
	maxDepth = 4000
	maxChain = 50_000
)

var errNested = errors.New("too deeply nested")

// checkNesting keeps from the parser, which recurses, what would exhaust its stack: deep brackets, and long chains of
// operators within one expression. It reads bytes and may count brackets inside texts, so its limits are generous.
func checkNesting(src []byte) error {
	if len(src) > maxFile {
		return errors.New("larger than 16 MiB")
	}
	var open []byte
	chain := 0
	for _, c := range src {
		switch c {
		case '{', '[', '(':
			if open = append(open, c); len(open) > maxDepth {
				return errNested
			}
			chain++
		case '}', ']', ')':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case ',':
			chain = 0
		case '\n':
			if len(open) == 0 || open[len(open)-1] == '{' {
				chain = 0
			}
		case '!', '-', '+', '*', '/', '%', '?', '<', '>', '=', '&', '|', '.':
			chain++
		}
		if chain > maxChain {
			return errNested
		}
	}
	return nil
}
