package policies

import (
	"os"
	"path/filepath"
	"testing"
)

// The digest is of what judges: of the chosen rules, and of those of users.
func TestDigestOfRules(t *testing.T) {
	t.Parallel()
	of := func(o Options) string {
		c, err := Load(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		d, err := c.Digest()
		if err != nil || len(d) != 64 {
			t.Fatalf("digest %q, %v", d, err)
		}
		return d
	}
	all := of(Options{})
	if again := of(Options{}); again != all {
		t.Errorf("got %s, then %s", all, again)
	}
	if some := of(Options{Rules: []string{"encryption-at-rest"}}); some == all {
		t.Error("fewer rules have the digest of all")
	}
	if parametrised := of(Options{Parameters: map[string]any{"a": 1}}); parametrised != all {
		t.Error("parameters are no rules")
	}
}

func TestDigestOfUsersRules(t *testing.T) {
	t.Parallel()
	u := &users{sources: map[string]string{}}
	c := &Corpus{users: u}
	before, err := c.Digest()
	if err != nil {
		t.Fatal(err)
	}
	u.sources["own/rule.rego"] = "package user.rule"
	if after, err := c.Digest(); err != nil || after == before {
		t.Errorf("a user's rule changes nothing: %s, %v", after, err)
	}
}

// What gather reads of users' folders is in the digest, helpers too.
func TestSourcesOfUsers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "helper.rego"), []byte("package user.helper\n\nyes := true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	u := &users{number: map[string]int{}, sources: map[string]string{}}
	if _, _, err := u.gather(Options{Dirs: []string{dir}}, nil); err != nil {
		t.Fatal(err)
	}
	if len(u.sources) != 1 || len(u.trouble) != 0 {
		t.Errorf("got %d sources, trouble %v", len(u.sources), u.trouble)
	}
}

func TestDigestOfParameters(t *testing.T) {
	t.Parallel()
	digest := func(p map[string]any) string {
		d, err := (&Corpus{options: Options{Parameters: p}}).ParametersDigest()
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if digest(nil) != "" || digest(map[string]any{"a": 1, "b": 2}) != digest(map[string]any{"b": 2, "a": 1}) || digest(map[string]any{"a": 1}) == digest(map[string]any{"a": 2}) {
		t.Error("parameters are told apart by their order, or not by what they say")
	}
}
