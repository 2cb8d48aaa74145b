package renderer

import (
	"io"
	"strings"
	"testing"
)

// TestLimited: what a process writes is copied, and a copy must not find a way round the limit.
func TestLimited(t *testing.T) {
	t.Parallel()
	l := &limited{left: 10}
	_, err := io.Copy(l, io.MultiReader(strings.NewReader("12345"), strings.NewReader("678901")))
	if err == nil || !l.full || l.kept.String() != "12345" {
		t.Errorf("got %q, full %v, %v", l.kept.String(), l.full, err)
	}
}
