package bench

import (
	"bytes"
	"cmp"
	"os/exec"
	"slices"
	"testing"

	"github.com/probity-scan/probity/scanners/personaldata/synthetic"
)

func commandOf(b *testing.B, dir string, program, args []string) *exec.Cmd {
	return command(b.Context(), dir, program[0], append(slices.Clone(program[1:]), args...)...)
}

// at finds a text on a line of a file, where a program tells no offsets.
func at(files []synthetic.File, name string, line int, text, id string) []synthetic.Label {
	for _, f := range files {
		if f.Name != name || text == "" {
			continue
		}
		from := 0
		for range line - 1 {
			i := bytes.IndexByte(f.Text[from:], '\n')
			if i < 0 {
				return nil
			}
			from += i + 1
		}
		if i := bytes.Index(f.Text[from:], []byte(text)); i >= 0 {
			return []synthetic.Label{{Start: from + i, End: from + i + len(text), Detector: id}}
		}
	}
	return nil
}

func sorted(got map[string][]synthetic.Label) map[string][]synthetic.Label {
	for name, labels := range got {
		slices.SortFunc(labels, func(a, b synthetic.Label) int {
			return cmp.Or(a.Start-b.Start, a.End-b.End, cmp.Compare(a.Detector, b.Detector))
		})
		got[name] = slices.Compact(labels)
	}
	return got
}
