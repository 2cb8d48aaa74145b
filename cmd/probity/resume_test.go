//go:build unix

package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// live runs this binary against a proxy in front of an emulator.
type live struct {
	t       *testing.T
	dir     string
	program string
	proxy   *awstest.Proxy
}

func (l live) command(args ...string) *exec.Cmd {
	l.t.Helper()
	cmd := exec.CommandContext(l.t.Context(), l.program, append([]string{"scan", "-q", "--fail-on", "none", "--now", "2026-11-24T00:00:00Z"}, args...)...)
	cmd.Dir = l.dir
	cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+filepath.Join(l.dir, "state"), "PROBITY_KEY_FILE="+filepath.Join(l.dir, "key"))
	return cmd
}

// scan gives exit code, stderr, and the verdicts with their findings.
func (l live) scan(args ...string) (code int, stderr string, told []string) {
	l.t.Helper()
	var said strings.Builder
	cmd := l.command(append([]string{"-o", "json=scan.json"}, args...)...)
	cmd.Stderr = &said
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		l.t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(l.dir, "scan.json"))
	if err != nil {
		return code, said.String(), nil
	}
	var doc struct{ Outcomes []probity.Outcome }
	if err := json.Unmarshal(b, &doc); err != nil {
		l.t.Fatal(err)
	}
	for _, o := range doc.Outcomes {
		text := o.Rule + " " + o.Asset.ID + " " + string(o.Verdict)
		for _, f := range o.Findings {
			text += " " + f.Fingerprint + " " + string(f.Risk.Severity) + " " + f.Digest
		}
		told = append(told, text)
	}
	return code, said.String(), told
}

// regions are those in which calls were made, but for calls that find accounts.
func (l live) regions() []string {
	var out []string
	for _, r := range l.proxy.Seen() {
		if r.Service != "sts" {
			out = append(out, r.Region)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func in(region string) func(awstest.Request) bool {
	return func(r awstest.Request) bool { return r.Region == region }
}

// TestResumeLive: kill -9, expired credentials: what is done is not read again, and the outcome is that of a scan in one go. A
// recording of it is judged alike without credentials.
func TestResumeLive(t *testing.T) {
	endpoint := awstest.Emulator(t)
	yes, no, engine, class, user, size := true, false, "postgres", "db.t3.micro", "app", int32(20)
	password := "p" + user + user + user
	for _, region := range []string{"eu-central-1", "eu-west-2", "eu-west-3"} {
		name := "clinic-" + region
		if _, err := rds.NewFromConfig(awstest.Config(t, endpoint, region)).CreateDBInstance(t.Context(), &rds.CreateDBInstanceInput{DBInstanceIdentifier: &name, Engine: &engine,
			DBInstanceClass: &class, MasterUsername: &user, MasterUserPassword: &password, AllocatedStorage: &size, PubliclyAccessible: &yes, StorageEncrypted: &no}); err != nil {
			t.Fatal(err)
		}
	}
	program, err := exec.LookPath("probity") // this binary: see TestMain
	if err != nil {
		t.Fatal(err)
	}
	l := live{t, t.TempDir(), program, awstest.NewProxy(t, endpoint)}
	target := "aws:region=eu-central-1;eu-west-2;eu-west-3,services=rds,endpoint=" + l.proxy.URL
	_, _, want := l.scan("--record", "recorded", target)
	if len(want) < 10 {
		t.Fatalf("got %d outcomes", len(want))
	}
	l.nothingKept()

	held, release := make(chan struct{}, 1000), make(chan struct{})
	l.proxy.Set(func(r awstest.Request, _ http.ResponseWriter) bool {
		if r.Region == "eu-west-3" && r.Service == "rds" {
			held <- struct{}{}
			<-release
		}
		return false
	})
	first := l.command(target)
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	<-held
	for range 600 { // the account, and the regions that are not held
		if files, _ := filepath.Glob(filepath.Join(l.dir, "state/probity/checkpoints/*/*.jsonl")); len(files) >= 3 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if code, stderr, _ := l.scan(target); code != 2 || !strings.Contains(stderr, "another scan works in it: wait for its end, or name another folder by --state") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("a second scan: exit %d, %s", code, stderr)
	}
	_ = first.Process.Kill()
	_ = first.Wait()
	close(release)

	l.proxy.Set()
	_, stderr, got := l.scan("--resume", target)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resumed after kill -9: %s\n%s", diff, stderr)
	}
	if regions := l.regions(); !slices.Equal(regions, []string{"eu-west-3"}) {
		t.Errorf("calls were made again in %v", regions)
	}
	l.nothingKept()

	l.proxy.Set(awstest.Answer(awstest.From(5, in("eu-west-2")), 400, "ExpiredToken", "The security token included in the request is expired"))
	code, stderr, _ := l.scan("--parallel", "1", target)
	last := stderr[strings.LastIndex(strings.TrimSuffix(stderr, "\n"), "\n")+1:]
	if code != 3 || !strings.HasPrefix(last, "probity: the credentials expired: log in, and go on with probity scan aws:") || !strings.Contains(last, "--resume") {
		t.Errorf("expired: exit %d, last line %s", code, last)
	}
	if regions := l.regions(); slices.Contains(regions, "eu-west-3") {
		t.Errorf("dispatch went on: %v", regions)
	}
	l.proxy.Set()
	code, stderr, got = l.scan("--resume", target)
	if diff := cmp.Diff(want, got); diff != "" || code != 0 {
		t.Errorf("resumed after a login: exit %d: %s\n%s", code, diff, stderr)
	}
	if regions := l.regions(); slices.Contains(regions, "eu-central-1") {
		t.Errorf("calls were made again in %v", regions)
	}

	l.proxy.Set(awstest.Deny(func(awstest.Request) bool { return true }))
	if _, stderr, got = l.scan("recorded"); len(l.proxy.Seen()) > 0 || !cmp.Equal(want, got) {
		t.Errorf("the recording: %s\n%s", cmp.Diff(want, got), stderr)
	}
}

func (l live) nothingKept() {
	l.t.Helper()
	if left, _ := filepath.Glob(filepath.Join(l.dir, "state/probity/checkpoints/*")); len(left) > 0 {
		l.t.Errorf("a whole scan leaves %v", left)
	}
}
