package compile

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestBuiltins: rules may call what somebody has looked at. A new release of OPA brings others, which may reach further.
func TestBuiltins(t *testing.T) {
	t.Parallel()
	const file = "testdata/builtins.txt"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Fields(string(b))
	for _, b := range capabilities().Builtins {
		if !slices.Contains(known, b.Name) {
			t.Errorf("rules may call %s, which is not in %s: add it if its answer rests on its arguments alone, else to those that are impure", b.Name, file)
		}
	}
	for _, name := range impure() {
		if slices.Contains(known, name) {
			t.Errorf("%s is impure, and in %s", name, file)
		}
	}
}
