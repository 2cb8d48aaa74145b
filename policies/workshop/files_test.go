package workshop_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity/policies/workshop"
)

// TestFilesAreBounded: a folder may be a stranger's, and no file of it is taken that is larger than a scan would take.
func TestFilesAreBounded(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		size int
		want string
	}{
		"as large as a rule may be": {1 << 20, ""},
		"larger":                    {1<<20 + 1, "plain.rego: is larger than 1 MiB, as no rule is"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "plain.rego"), bytes.Repeat([]byte("#"), tc.size), 0o600); err != nil {
				t.Fatal(err)
			}
			files, err := workshop.Files(dir)
			switch {
			case tc.want == "" && (err != nil || len(files) != 1):
				t.Errorf("got %d files and %v, want one", len(files), err)
			case tc.want != "" && (err == nil || !strings.HasSuffix(err.Error(), tc.want)):
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}
