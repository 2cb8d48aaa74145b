package aws_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// allowed are the actions of the published policies that files of deploy/iam hold.
func allowed(t *testing.T, glob string) []string {
	t.Helper()
	files, err := filepath.Glob("../../deploy/iam/" + glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("no policies %s: %v", glob, err)
	}
	var out []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ Statement []struct{ Action []string } }
		if err := json.Unmarshal(b, &doc); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		for _, st := range doc.Statement {
			out = append(out, st.Action...)
		}
	}
	return out
}

// withPolicies: a scan calls nothing that the policies for reading settings do not allow, and finds all where nothing else is.
func (s scene) withPolicies(t *testing.T) {
	allow := append(allowed(t, "settings-*.json"), allowed(t, "keyspaces.json")...)
	may := func(op string) bool { return slices.Contains(allow, s.action[op]) }
	for _, op := range s.called {
		if op != "STS.GetCallerIdentity" && !may(op) {
			t.Errorf("%s is called, and no policy allows %q", op, s.action[op])
		}
	}
	s.same(t, "with the published policies alone", s.proxy.Beside(t, awstest.Deny(func(r awstest.Request) bool {
		return r.Called != "STS.GetCallerIdentity" && !may(r.Called)
	})))
}
