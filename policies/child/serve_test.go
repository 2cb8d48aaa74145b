package child

import (
	"context"
	"encoding/json"
	"io"
	"testing"

	"github.com/probity-scan/probity/policies/verdict"
)

// TestEndsWithItsParent: whoever asked is gone while a rule loops, and the child ends at once.
func TestEndsWithItsParent(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel() // ends the rule, which in a process of its own ends with that
	r, w := io.Pipe()
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, r, io.Discard) }()
	loop := "package user.loop\n\nviolation contains {\"fact\": \"a\"} if { some i in numbers.range(1, 100000); some j in numbers.range(1, 100000); i * j == -1; input.a }\n"
	a, err := verdict.Value(true)
	if err != nil {
		t.Fatal(err)
	}
	out := json.NewEncoder(w)
	for _, line := range []any{
		Job{Rules: []Source{{File: "loop.rego", Text: loop, Package: "data.user.loop"}}, Schema: map[string]any{"type": "object", "properties": map[string]any{"a": map[string]any{"type": "boolean"}}}},
		ask{Inputs: []*verdict.Node{verdict.Fields(map[string]*verdict.Node{"a": a})}},
	} {
		if err := out.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-served; err != nil {
		t.Errorf("got %v, want a quiet end", err)
	}
}
