package main

import (
	"crypto/rand"
	"strings"
	"testing"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/signin"
)

// TestOwnToken: the server's own token comes last, and no other is taken for it.
func TestOwnToken(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"ops": "", "server": "the server's own"} {
		o, err := withOwn(signin.Options{Tokens: []signin.Token{{Name: name, Secret: rand.Text()}}}, config.Serve{Data: t.TempDir()})
		if want == "" && (err != nil || len(o.Tokens) != 2 || o.Tokens[1].Role != "admin") || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %d tokens, %v, want %q", name, len(o.Tokens), err, want)
		}
	}
}
