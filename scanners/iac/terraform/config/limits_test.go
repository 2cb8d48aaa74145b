package config_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// What a stranger writes to wear the evaluation out is one gap, told soon, and leaves the rest as it is.
func TestLimits(t *testing.T) {
	t.Parallel()
	doubled := "locals {\n d0 = \"xxxxxxxxxxxxxxxx\"\n"
	for i := range 40 {
		doubled += " d" + string(rune('a'+i%26)) + strings.Repeat("z", i/26) + " = join(\"\", [local.d" + before(i) + ", local.d" + before(i) + "])\n"
	}
	doubled += "}\n"
	for name, c := range map[string]struct{ code, expr, want string }{
		"texts that double":     {doubled, "length(local." + "d" + before(40) + ")", "could not be resolved"},
		"loops in loops":        {"", "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : \"x\"]]]", "could not be resolved (the root is too large to evaluate)"},
		"products":              {"", "length(setproduct(range(1000), range(1000), range(1000)))", "could not be resolved"},
		"powers":                {"", "pow(10, 100000000)", "could not be resolved"},
		"numbers of many zeros": {"", "1e1000000 * 1e1000000", "could not be resolved (the number is too large)"},
		"padding":               {"", `format("%1000000000d", 1)`, "could not be resolved"},
		"patterns":              {"", `length(regexall("(a*)*b", "` + strings.Repeat("a", 5000) + `"))`, "0"},
		"aliases of YAML":       {"", `yamldecode(file("bomb.yaml"))`, "could not be resolved"},
		"a large file":          {"", `length(file("large.txt"))`, "could not be resolved"},
		"brackets":              {"", "length(" + strings.Repeat("[", 500) + strings.Repeat("]", 500) + ")", "1"},
		"signs":                 {"", strings.Repeat("-", 200) + "1", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			out, _ := read(t, map[string]string{"main.tf": c.code + "resource \"a\" \"it\" {\n v = " + c.expr + "\n}\nresource \"a\" \"sound\" { v = 1 }\n",
				"bomb.yaml": bomb(), "large.txt": strings.Repeat("x", 17<<20)}, config.Options{Dir: "."})
			if len(out) != 2 {
				t.Fatalf("got %d resources, want two", len(out))
			}
			if got := show(out[0].Get("v")); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %.100s, want %s", got, c.want)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// before names the local before number i.
func before(i int) string {
	if i == 0 {
		return "0"
	}
	return string(rune('a'+(i-1)%26)) + strings.Repeat("z", (i-1)/26)
}

func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c < 'k'; c++ {
		b.WriteString(string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+", ", 9) + "]\n")
	}
	return b.String()
}

// A file that cannot be read is a loss that names its place and leaves the others.
func TestLostFiles(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"not UTF-8": "resource \"a\" \"x\" { v = \"\xff\" }\n", "open": "resource \"a\" \"x\" {\n", "deep": "x = " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
		"large": "# " + strings.Repeat("x", 17<<20), "chain": "x = 1" + strings.Repeat("+1", 60_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, losses := read(t, map[string]string{"main.tf": "resource \"a\" \"it\" {}\n", "bad.tf": text}, config.Options{Dir: "."})
			if len(out) != 1 || len(losses) != 1 || !losses[0].Any || losses[0].Origin.File != "bad.tf" {
				t.Errorf("got %d resources and losses %v, want the sound one and one loss of bad.tf", len(out), losses)
			}
		})
	}
}

func TestStopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	fsys := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte("resource \"a\" \"it\" {}\n")}}
	if _, _, err := config.Read(ctx, fsys, config.Options{Dir: ".", Types: []string{"a"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if _, _, err := config.Read(t.Context(), fsys, config.Options{Dir: "gone", Types: []string{"a"}}); err == nil {
		t.Error("got no error of a directory that is not there")
	}
}
