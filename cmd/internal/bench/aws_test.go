package bench

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// asked are the services that both scanners read, by the names of each.
func asked() (ours, theirs []string) {
	return []string{"s3", "rds", "dynamodb", "ebs", "kms", "sqs", "sns", "secretsmanager"},
		[]string{"s3", "rds", "dynamodb", "ec2", "kms", "sqs", "sns", "secretsmanager"}
}

// BenchmarkAWS scans an account of the emulator beside Prowler (PROBITY_PROWLER), through a proxy that counts calls and how long
// the emulator was waited for. "remembered" is the same scan with answers from memory, without the emulator.
func BenchmarkAWS(b *testing.B) {
	program := probity(b)
	if file, err := filepath.Abs(program); err == nil {
		program = file
	}
	endpoint := awstest.Emulator(b)
	planted := awstest.Crowd(b, endpoint, awstest.Amounts{Buckets: 300, Objects: 3000, Databases: 50, Tables: 100, Volumes: 100, Queues: 60, Topics: 60, Secrets: 40, Keys: 30})
	p := awstest.NewProxy(b, endpoint)
	ours, theirs := asked()
	scan := func(dir string) *exec.Cmd {
		cmd := command(b.Context(), dir, program, "scan", "--quiet", "-o", "json=scan.json", "aws:region="+awstest.Region+",services="+strings.Join(ours, ";")+",endpoint="+p.URL)
		cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+b.TempDir())
		return cmd
	}
	var we run
	b.Run("probity", func(b *testing.B) {
		dir := b.TempDir()
		we = asking(b, p, func() *exec.Cmd { return scan(dir) })
		failed := probityFailed(b, filepath.Join(dir, "scan.json"))
		score(b, planted, func(s awstest.Planted) (bad, told bool) { return s.Bad, failed[[2]string{s.Rule, s.Asset}] })
	})
	if prowler := installed("PROBITY_PROWLER", "prowler"); prowler != nil {
		b.Run("prowler", func(b *testing.B) {
			here, err := filepath.Abs("testdata/prowler")
			if err != nil {
				b.Fatal(err)
			}
			they := asking(b, p, func() *exec.Cmd {
				args := append([]string{"aws", "--no-banner", "-z", "--region", awstest.Region, "-M", "json-ocsf", "-o", b.TempDir(), "--service"}, theirs...)
				cmd := command(b.Context(), b.TempDir(), prowler[0], append(prowler[1:len(prowler):len(prowler)], args...)...)
				cmd.Env = append(os.Environ(), "AWS_ENDPOINT_URL="+p.URL, "PYTHONPATH="+here, "PYTHONDONTWRITEBYTECODE=1")
				return cmd
			})
			b.ReportMetric(ratio(they.wall, we.wall), "×time")
			b.ReportMetric(ratio(they.peak, we.peak), "×memory")
		})
	}
	p.Remember()
	b.Run("remembered", func(b *testing.B) {
		measured(b, scan(b.TempDir())) // which fills the memory
		asking(b, p, func() *exec.Cmd { return scan(b.TempDir()) })
	})
}

// asking measures scans, the calls that they make, and the part of their time that somebody waited for an answer.
func asking(b *testing.B, p *awstest.Proxy, scan func() *exec.Cmd) run {
	b.Helper()
	var runs []run
	var waited time.Duration
	calls := 0
	for b.Loop() {
		p.Set(awstest.Unsupported(), awstest.EventStores)
		r := measured(b, scan())
		runs = append(runs, r)
		calls, waited = len(p.Seen()), p.Inside()
		b.ReportMetric(ratio(waited, r.wall), "emulator")
	}
	b.ReportMetric(float64(calls), "calls")
	return report(b, runs)
}
