package objects

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/tree"
)

func TestNotUTF8(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{"caf\xe9/ü\xe9.csv": "id,mail\n1,a@\n", "a\xff.rar": "Rar!\x1a\x07", "b\xff.json": "{"})
	a, gaps := scan(t, scanner(Files(tree.Formats{})), unit(dir, &probity.Budget{}))
	if d := cmp.Diff([]string{`caf\xe9/ü\xe9.csv:mail 1 of 1/1 all exports/caf\xe9/ü\xe9.csv:1`}, ons(a)); d != "" {
		t.Errorf("labels (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{`unreadable: unexpected end of JSON at line 1: 1 exports/b\xff.json`, "not-collected: format not read: rar: 1"}, gaps); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
}
