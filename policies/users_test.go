package policies

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/policies/child/childtest"
)

func TestMain(m *testing.M) { childtest.Main(m) }

// ruleText is a user's rule with a body.
func ruleText(id, body string) string {
	return fmt.Sprintf(`# METADATA
# title: A rule of our own
# description: Says that something of ours is wrong.
# custom:
#   id: %s
#   message: "{name} is wrong"
#   severity: low
#   behaviour: 1
#   classes: [bucket]
#   obligations: [own]
#   remediation:
#     any: Mend it.
package user.%s

violation contains {"fact": "encryption.at_rest"} if { %s }
`, id, strings.ReplaceAll(id, "-", "_"), body)
}

func loadUsersOf(t *testing.T, files map[string]string, deadline time.Duration) *Corpus {
	t.Helper()
	return loadLimited(t, files, child.Limits{Deadline: deadline})
}

func loadLimited(t *testing.T, files map[string]string, limits child.Limits) *Corpus {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Load(t.Context(), Options{Dirs: []string{dir}, Program: program, Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// judgeUsers gives the outcomes of users' rules on one bucket.
func judgeUsers(t *testing.T, c *Corpus, a probity.Asset) map[string]probity.Outcome {
	t.Helper()
	assets := func(yield func(probity.Asset, error) bool) { yield(a, nil) }
	out := map[string]probity.Outcome{}
	for o, err := range c.Judge(t.Context(), Estate{Assets: assets, Linked: func(probity.Ref) (probity.Asset, bool) { return probity.Asset{}, false }, Now: time.Unix(0, 0)}) {
		if err != nil {
			t.Fatal(err)
		}
		out[o.Rule] = o
	}
	return out
}

func bucket(encrypted probity.Fact[bool]) probity.Asset {
	a := probity.Asset{Ref: probity.Ref{ID: "b"}, Kind: "aws.s3.bucket", Class: probity.Bucket}
	a.Encryption.AtRest = encrypted
	return a
}

func TestRulesOfUsers(t *testing.T) {
	t.Parallel()
	c := loadUsersOf(t, map[string]string{
		"plain.rego":  ruleText("own-plain", "input.encryption.at_rest == false"),
		"helped.rego": strings.Replace(ruleText("own-helped", "help.clear"), "violation", "import data.user.help\n\nviolation", 1),
		"help.rego":   "package user.help\n\nclear if input.encryption.at_rest == false\n",
		"ours.rego":   strings.Replace(ruleText("own-lib", `"health" in personal.sensitive`), "violation", "import data.probity.lib.personal\n\nviolation", 1),
	}, 0)
	if len(c.Trouble) > 0 {
		t.Fatal(c.Trouble)
	}
	o := judgeUsers(t, c, bucket(probity.Known(false, nil)))
	for _, id := range []string{"own-plain", "own-helped", "own-lib"} {
		if o[id].Verdict != probity.Fail || len(o[id].Findings) != 1 || o[id].Findings[0].Message != "b is wrong" {
			t.Errorf("%s: %+v", id, o[id])
		}
	}
	o = judgeUsers(t, c, bucket(probity.Missing[bool](probity.Gap{Reason: probity.Computed}, nil)))
	if got := o["own-plain"]; got.Verdict != probity.Unknown || got.Findings[0].Message != "unknown: depends on encryption.at_rest, which is known only after apply" {
		t.Errorf("a gap must reach the child: %+v", got)
	}
}

// TestBadRulesOfUsers: each is named, with its line, and the good one beside it still judges.
func TestBadRulesOfUsers(t *testing.T) {
	t.Parallel()
	good := ruleText("own-good", "input.encryption.at_rest == false")
	for name, tc := range map[string]struct{ text, want string }{
		"syntax":          {ruleText("own-bad", "input.encryption.at_rest =="), "bad.rego:15:"},
		"no metadata":     {"package user.bad\n\nviolation contains {\"fact\": \"x\"} if true\n", "bad.rego:1: no METADATA"},
		"unknown key":     {strings.Replace(good, "#   severity:", "#   colour: red\n#   severity:", 1), `bad.rego:7: METADATA has no key "colour"`},
		"missing key":     {strings.Replace(good, "#   severity: low\n", "", 1), "custom.severity is missing"},
		"bad severity":    {strings.Replace(good, "low", "urgent", 1), `severity "urgent"`},
		"duplicate":       {strings.Replace(good, "user.own_good", "user.other", 1), `id "own-good" is taken by`},
		"ours":            {ruleText("encryption-at-rest", "true"), "is taken by a built-in rule"},
		"our package":     {strings.Replace(ruleText("own-bad", "true"), "package user.own_bad", "package probity.lib.personal", 1), "packages that begin with user"},
		"no such path":    {ruleText("own-bad", "input.encrytion.at_rest == false"), "bad.rego:15:"},
		"no such word":    {ruleText("own-bad", `input.encryption.key_manager == "customr"`), "customr"},
		"below every":     {ruleText("own-bad", `every l in input.labels { l.categry == "health" }`), "categry"},
		"network":         {ruleText("own-bad", `http.send({"method": "get", "url": "http://127.0.0.1"}).status_code == 200`), "http.send is not allowed"},
		"clock":           {ruleText("own-bad", "time.now_ns() > 0"), "time.now_ns is not allowed"},
		"environment":     {ruleText("own-bad", "opa.runtime().env.HOME"), "opa.runtime is not allowed"},
		"bad message":     {strings.Replace(ruleText("own-bad", "true"), "{name} is", "{nmae} is", 1), "no placeholder {nmae}"},
		"no such fact":    {strings.Replace(ruleText("own-bad", "true"), `"fact": "encryption.at_rest"`, `"fact": "encryption.at_rst"`, 1), "bad.rego:15:1: assets have no fact encryption.at_rst"},
		"element, number": {strings.Replace(ruleText("own-bad", "true"), `"fact": "encryption.at_rest"`, `"fact": "encryption.at_rest", "element": 7`, 1), "a violation is"},
		"another key":     {strings.Replace(ruleText("own-bad", "true"), `"fact": "encryption.at_rest"`, `"fact": "encryption.at_rest", "msg": "x"`, 1), "a violation is"},
		"settings":        {ruleText("own-bad", "input.settings.website == true"), "name the kinds"},
		"unknown kind":    {strings.Replace(ruleText("own-bad", "true"), "#   classes:", "#   kinds: [aws.s4]\n#   classes:", 1), `kind "aws.s4" is not known`},
		"not even utf-8":  {"package user.x\n\xff\xfe", "bad.rego"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := loadUsersOf(t, map[string]string{"bad.rego": tc.text, "agood.rego": good}, 0)
			if len(c.Trouble) != 1 || !strings.Contains(c.Trouble[0].Gap.Because, tc.want) || strings.Contains(c.Trouble[0].Gap.Because, "\n") {
				t.Errorf("got %+v, want one trouble with %q", c.Trouble, tc.want)
			}
			if o := judgeUsers(t, c, bucket(probity.Known(false, nil))); o["own-good"].Verdict != probity.Fail {
				t.Errorf("the good rule says %q", o["own-good"].Verdict)
			}
		})
	}
}

// TestHostileRules: a rule that loops, fills memory or contradicts itself is named, and stops nothing else.
func TestHostileRules(t *testing.T) {
	t.Parallel()
	if !child.Limited {
		t.Fatal("memory cannot be limited on this system")
	}
	hostile(t, 3*time.Second, map[string]string{
		"a.rego": ruleText("own-loop", "some i in numbers.range(1, 100000); some j in numbers.range(1, 100000); i * j == -1; input.encryption.at_rest == false"),
		"d.rego": ruleText("own-good", "input.encryption.at_rest == false"),
	}, map[string]string{"own-loop": "took longer than 3s"})
	hostile(t, 5*time.Minute, map[string]string{ // so that a slow machine comes to the end of memory first
		"b.rego": ruleText("own-bomb", `s := concat("", [x | some i in numbers.range(1, 3000000); x := "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]); t := concat(s, [s, s, s, s, s, s, s, s, s, s]); count(t) > 0; input.encryption.at_rest == false`),
		"c.rego": ruleText("own-clash", "f(input.encryption.at_rest) == 1") + "\nf(x) := 1 if x == false\n\nf(x) := 2 if x == false\n",
		"d.rego": ruleText("own-good", "input.encryption.at_rest == false"),
		"e.rego": strings.Replace(ruleText("own-shape", "true"), `{"fact": "encryption.at_rest"}`, `"just text"`, 1),
	}, map[string]string{"own-bomb": "needed more than 512 MiB", "own-clash": "function data.user.own_clash.f produced conflicting values for the same inputs", "own-shape": "a violation must be"})
}

// hostile wants each rule's loss to tell of what it did, and the others to judge.
func hostile(t *testing.T, deadline time.Duration, rules, want map[string]string) {
	t.Helper()
	c := loadUsersOf(t, rules, deadline)
	if len(c.Trouble) > 0 {
		t.Fatal(c.Trouble)
	}
	o := judgeUsers(t, c, bucket(probity.Known(false, nil)))
	// The race detector's runtime says nothing of memory when it dies of a limit.
	if e := o["own-bomb"].Evidence; len(e) > 0 && e[0].Gap.Because == "crashed" {
		e[0].Gap.Because = "needed more than 512 MiB"
	}
	for id, want := range want {
		if strings.Contains(o[id].Findings[0].Message, "\n") {
			t.Errorf("%s: more than one line: %q", id, o[id].Findings[0].Message)
		}
		if o[id].Verdict != probity.Unknown || len(o[id].Evidence) != 1 || !o[id].Evidence[0].Gap.Reason.Loss() || !strings.Contains(o[id].Evidence[0].Gap.Because, want) {
			t.Errorf("%s: got %+v, want a loss because it %s", id, o[id], want)
		}
	}
	if o["own-good"].Verdict != probity.Fail || o["encryption-at-rest"].Verdict != probity.Fail {
		t.Errorf("the other rules say %q and %q", o["own-good"].Verdict, o["encryption-at-rest"].Verdict)
	}
}
