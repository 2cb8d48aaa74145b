package bench

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// BenchmarkOrganisation scans organisations of more and more accounts in 17 regions with 30 stores in each, whose answers this
// process makes up. Time must grow as stores do, and memory stay below 1 GB at 200 accounts.
func BenchmarkOrganisation(b *testing.B) {
	program := probity(b)
	accounts := []int{50, 100, 200}
	if os.Getenv("PROBITY_BENCH_ACCOUNTS") != "" {
		accounts = numbers(b, "PROBITY_BENCH_ACCOUNTS")
	}
	for _, n := range accounts {
		b.Run(fmt.Sprintf("accounts=%d", n), func(b *testing.B) {
			o := &awstest.Organisation{Accounts: n, Regions: 17, Each: 30}
			server := httptest.NewServer(o)
			defer server.Close()
			var runs []run
			for b.Loop() {
				cmd := command(b.Context(), b.TempDir(), program, "scan", "--quiet", "-o", "json="+filepath.Join(b.TempDir(), "scan.json"), "aws:org,role=audit,endpoint="+server.URL)
				cmd.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=testing", "AWS_SECRET_ACCESS_KEY=testing", "AWS_EC2_METADATA_DISABLED=true",
					"AWS_CONFIG_FILE="+os.DevNull, "AWS_SHARED_CREDENTIALS_FILE="+os.DevNull, "XDG_STATE_HOME="+b.TempDir())
				runs = append(runs, measured(b, cmd))
			}
			r := report(b, runs)
			b.ReportMetric(float64(o.Stores()), "stores")
			b.ReportMetric(float64(o.Calls())/float64(len(runs)), "calls")
			b.ReportMetric(float64(r.wall.Microseconds())/float64(o.Stores()), "µs/store")
		})
	}
}

func numbers(b *testing.B, variable string) []int {
	b.Helper()
	var out []int
	for _, f := range strings.Fields(os.Getenv(variable)) {
		var n int
		if _, err := fmt.Sscan(f, &n); err != nil {
			b.Fatalf("%s: %v", variable, err)
		}
		out = append(out, n)
	}
	return out
}
