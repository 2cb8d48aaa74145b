//go:build unix

package main

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// TestClosedRegionIsOneLine: a region that the organisation closes to an account is one line of all that a scan says, and none
// where the configuration says that it is closed. Neither suggests a permission.
func TestClosedRegionIsOneLine(t *testing.T) {
	awstest.Environment(t)
	server := httptest.NewServer(&awstest.Organisation{Accounts: 2, Regions: 2, Each: 30})
	t.Cleanup(server.Close)
	program, err := exec.LookPath("probity") // this binary: see TestMain
	if err != nil {
		t.Fatal(err)
	}
	l := live{t, t.TempDir(), program, awstest.NewProxy(t, server.URL)}
	const account, region = "100000000002", "us-east-2"
	l.proxy.Set(awstest.DenyByOrganisation(func(r awstest.Request) bool { return r.Account == account && r.Region == region }))
	if err := os.WriteFile(filepath.Join(l.dir, "audit.yaml"), []byte("live: {closed: [100000000002/us-east-2]}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const policy = "arn:aws:organizations::111111111111:policy/o-1/service_control_policy/p-1"
	for name, c := range map[string]struct {
		args    []string
		heading string // that the one entry stands below
		names   string
		code    int
	}{
		"closed":   {nil, "Lost", policy, 3},
		"accepted": {[]string{"--config", "audit.yaml"}, "Left out", "as the configuration says", 0},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := l.command(append(c.args, "-o", "text", "aws:org,role=audit,services=sqs;sns;kinesis,endpoint="+l.proxy.URL)...)
			said, _ := cmd.Output()
			if code := cmd.ProcessState.ExitCode(); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			var all []string
			unknown := 0 // entries that sum up what is not known, however many kinds that are
			for heading, entries := range belowHeadings(string(said)) {
				for _, e := range entries {
					if strings.Contains(e, account+"/"+region) || strings.Contains(e, "closes") || strings.Contains(e, policy) {
						if strings.HasPrefix(heading, "Unknown") {
							unknown++
							continue
						}
						all = append(all, heading+": "+e)
					}
				}
			}
			if unknown > 1 {
				t.Errorf("%d entries sum up what is not known:\n%s", unknown, said)
			}
			if len(all) != 1 || !strings.HasPrefix(all[0], c.heading+": probes of "+account+"/"+region) || !strings.Contains(all[0], c.names) {
				t.Errorf("these tell of the region, want one below %q:\n%s\nof\n%s", c.heading, strings.Join(all, "\n"), said)
			}
			if strings.Contains(string(said), ":List") {
				t.Errorf("a permission is suggested:\n%s", said)
			}
		})
	}
}

// belowHeadings are the entries below each heading of a report: an indented line, and those that go on with it deeper.
func belowHeadings(report string) map[string][]string {
	out := map[string][]string{}
	heading := ""
	for line := range strings.Lines(report) {
		line = strings.TrimRight(line, "\n")
		text := strings.TrimLeft(line, " ")
		entries := out[heading]
		switch deep := len(line) - len(text); {
		case deep == 0:
			heading = text
		case deep > 2 && len(entries) > 0:
			entries[len(entries)-1] += " " + text
		default:
			out[heading] = append(entries, text)
		}
	}
	return out
}
