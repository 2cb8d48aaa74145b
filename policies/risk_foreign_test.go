package policies

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
)

func loadRiskOf(t *testing.T, text string, deadline time.Duration) (*Corpus, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "risk.rego")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Load(t.Context(), Options{Rules: []string{"encryption-at-rest"}, Risk: file, Program: program, Limits: child.Limits{Deadline: deadline}})
	if err == nil {
		t.Cleanup(c.Close)
	}
	return c, err
}

const ownRisk = `package user.risk

severity := "low" if input.finding.fact == "encryption.at_rest"

because contains "encryption.at_rest"
`

// TestRiskOfUsers: a risk of one's own weighs findings in place of ours, explained by the facts that it names.
func TestRiskOfUsers(t *testing.T) {
	t.Parallel()
	c, err := loadRiskOf(t, ownRisk, 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time it is remembered
		f := judgeUsers(t, c, bucket(probity.Known(false, nil)))["encryption-at-rest"].Findings[0]
		if f.Risk.Severity != probity.Low || len(f.Risk.Because) != 1 || f.Risk.Because[0].Fact != "encryption.at_rest" {
			t.Errorf("got %+v, want low because of encryption.at_rest", f.Risk)
		}
	}
	ours, err := Load(t.Context(), Options{Rules: []string{"encryption-at-rest"}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := c.Digest()
	if err != nil {
		t.Fatal(err)
	}
	if b, err := ours.Digest(); err != nil || a == b {
		t.Errorf("got the digest of ours, %v, want another", err)
	}
	if got := c.RiskTrouble(); len(got) > 0 {
		t.Errorf("got %v, want no trouble", got)
	}
}

// TestBadRisks: one that cannot be taken is refused at once.
func TestBadRisks(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"syntax":      {"package user.risk\n\nseverity := ", "risk.rego:3:"},
		"our package": {"package probity.risk\n\nseverity := \"low\"\n\nbecause := []", "begins with user"},
		"network":     {"package user.risk\n\nseverity := http.send({\"url\": \"http://127.0.0.1\", \"method\": \"get\"}).body\n\nbecause := []", "http.send is not allowed"},
		"no severity": {"package user.risk\n\nbecause := []", "there is no severity"},
	} {
		if _, err := loadRiskOf(t, tc.text, 0); err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want %q in one line", name, err, tc.want)
		}
	}
	if _, err := Load(t.Context(), Options{Risk: filepath.Join(t.TempDir(), "none.rego")}); err == nil {
		t.Error("got no error for a file that is not there")
	}
}

// TestHostileRisks: one that says nonsense, loops or eats memory leaves findings with the severity of their rules; what failed is told.
func TestHostileRisks(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		text, trouble string
		deadline      time.Duration
	}{
		"no severity that is one": {"package user.risk\n\nseverity := \"urgent\"\n\nbecause := []", "", 0},
		"nothing":                 {"package user.risk\n\nseverity := \"low\" if input.asset.name == \"another\"\n\nbecause := []", "", 0},
		"endless":                 {"package user.risk\n\nseverity := \"low\" if count([1 | some i in numbers.range(1, 100000); some j in numbers.range(1, 100000); i == j + input.asset.nothing]) == 0\n\nbecause := []", "took longer than 1s and was stopped", time.Second},
		"a bomb":                  {"package user.risk\n\nseverity := \"low\" if count([[i, j] | some i in numbers.range(1, 20000); some j in numbers.range(1, 20000); i + j > count(input.asset)]) > 0\n\nbecause := []", "was stopped", 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := loadRiskOf(t, tc.text, tc.deadline)
			if err != nil {
				t.Fatal(err)
			}
			f := judgeUsers(t, c, bucket(probity.Known(false, nil)))["encryption-at-rest"].Findings[0]
			if f.Risk.Severity != probity.High || len(f.Risk.Because) > 0 {
				t.Errorf("got %+v, want the rule's own severity", f.Risk)
			}
			got := c.RiskTrouble()
			if (len(got) > 0) != (tc.trouble != "") || len(got) > 0 && !strings.Contains(got[0].Gap.Because, tc.trouble) {
				t.Errorf("got %+v, want %q", got, tc.trouble)
			}
		})
	}
}
