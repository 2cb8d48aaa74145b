package bench

import (
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// BenchmarkOrganisation scans organisations of more and more accounts in 17 regions with 30 stores in each, whose answers this
// process makes up, and writes JSON, HTML and text. Time must grow as stores do, and memory stay below 1 GB at 200 accounts. The
// table at the end tells how each compares with the first.
func BenchmarkOrganisation(b *testing.B) {
	program := probity(b)
	accounts := []int{10, 40, 100, 200}
	if os.Getenv("PROBITY_BENCH_ACCOUNTS") != "" {
		accounts = numbers(b, "PROBITY_BENCH_ACCOUNTS")
	}
	var lines []line
	for _, n := range accounts {
		b.Run(fmt.Sprintf("accounts=%d", n), func(b *testing.B) {
			o := &awstest.Organisation{Accounts: n, Regions: 17, Each: 30}
			server := httptest.NewServer(o)
			defer server.Close()
			var runs []run
			before := spent()
			for b.Loop() {
				dir := b.TempDir()
				cmd := command(b.Context(), dir, program, "scan", "-o", "json=scan.json", "-o", "html=scan.html", "aws:org,role=audit,endpoint="+server.URL)
				cmd.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=testing", "AWS_SECRET_ACCESS_KEY=testing", "AWS_EC2_METADATA_DISABLED=true",
					"AWS_CONFIG_FILE="+os.DevNull, "AWS_SHARED_CREDENTIALS_FILE="+os.DevNull, "XDG_STATE_HOME="+filepath.Join(dir, "state"))
				runs = append(runs, measured(b, cmd))
			}
			l := line{accounts: n, stores: o.Stores(), calls: int(o.Calls()) / len(runs), run: report(b, runs), answers: (spent() - before) / time.Duration(len(runs))}
			b.ReportMetric(float64(l.stores), "stores")
			b.ReportMetric(float64(l.calls), "calls")
			b.ReportMetric(l.each(l.wall), "µs/store")
			b.ReportMetric(l.each(l.cpu), "cpu-µs/store")
			lines = append(lines, l)
		})
	}
	tabulate(os.Stdout, lines)
}

// line is what an organisation took. The time on processors is the scan's alone; who answers takes its own from the same machine.
type line struct {
	accounts, stores, calls int
	run
	answers time.Duration // on processors, to make answers up
}

// each is a store's share of a time, in microseconds.
func (l line) each(d time.Duration) float64 { return float64(d.Microseconds()) / float64(l.stores) }

// tabulate compares each line with the first: what grows as stores do stays at 1.0.
func tabulate(to io.Writer, lines []line) {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\naccounts\tstores\tcalls\tseconds\tµs a store\tby first\tcpu seconds\tcpu µs a store\tby first\tpeak MB\tby first\tbackend cpu seconds\t")
	for _, l := range lines {
		first := lines[0]
		fmt.Fprintf(w, "%d\t%d\t%d\t%.1f\t%.0f\t%.2f\t%.1f\t%.0f\t%.2f\t%.0f\t%.2f\t%.1f\t\n", l.accounts, l.stores, l.calls,
			l.wall.Seconds(), l.each(l.wall), l.each(l.wall)/first.each(first.wall), l.cpu.Seconds(), l.each(l.cpu), l.each(l.cpu)/first.each(first.cpu),
			l.peak, l.peak/first.peak, l.answers.Seconds())
	}
	_ = w.Flush()
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
