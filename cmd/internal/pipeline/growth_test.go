package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/probity-scan/probity/cmd/internal/corpus"
)

// TestGrowth: what a scan asks of memory grows as what it scans does, in every language. It is counted and not timed, and not in
// parallel, for the count is of the whole process. What each scan asks whatever its size is taken off by looking at increments.
func TestGrowth(t *testing.T) { //nolint:paralleltest // see above
	const size, most = 200, 2.3 // linear growth asks twice as much from 2 to 4 as from 1 to 2, quadratic four times
	for _, c := range []struct {
		name string
		make func(t *testing.T, n int) (target string)
	}{
		{"code", func(t *testing.T, n int) string { return filepath.Join(sow(t, n), "infra") }},
		{"plan", func(t *testing.T, n int) string { return filepath.Join(sow(t, n), "plan.json") }},
		{"CloudFormation", func(t *testing.T, n int) string {
			return repeated(t, n, "Resources:\n", "  B%[1]d:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Sub 'b%[1]d-${AWS::Region}'}\n"+
				"  V%[1]d:\n    Type: AWS::EC2::Volume\n    Properties: {Size: 8, Encrypted: %[2]t, AvailabilityZone: !Sub '${AWS::Region}a'}\n")
		}},
		{"Kubernetes", func(t *testing.T, n int) string {
			return repeated(t, n, "", "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: p%[1]d, namespace: n%[1]d}\nspec: {accessModes: [ReadWriteOnce]}\n"+
				"---\napiVersion: v1\nkind: Service\nmetadata: {name: s%[1]d, namespace: n%[1]d, labels: {even: \"%[2]t\"}}\nspec: {selector: {app: s%[1]d}, ports: [{port: 5432}]}\n")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked [3]float64
			for i := range asked {
				j := job{dir: c.make(t, size<<i), base: "infra", parallel: 1}
				if i == 0 {
					outcomes(t, j.run(t)) // what is made once is made now
				}
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				n := len(outcomes(t, j.run(t)))
				runtime.ReadMemStats(&after)
				if n < size<<i {
					t.Fatalf("got %d outcomes of %d resources, want one each at least", n, size<<i)
				}
				asked[i] = float64(after.TotalAlloc - before.TotalAlloc)
			}
			if ratio := (asked[2] - asked[1]) / (asked[1] - asked[0]); ratio > most {
				t.Errorf("got %.2f times as many bytes for twice as many resources more, want at most %.1f", ratio, most)
			}
		})
	}
}

func sow(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	if err := corpus.New(1, n, corpus.Styles()...).Save(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// repeated is a file of a text that is written n/2 times below a head.
func repeated(t *testing.T, n int, head, text string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(head)
	for i := range n / 2 {
		fmt.Fprintf(&b, text, i, i%2 == 0)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "all.yaml"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}
