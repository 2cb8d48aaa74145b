package policies

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
)

// TestRulesReachNothing: what asks the network, files, the clock, the environment or chance does not compile.
func TestRulesReachNothing(t *testing.T) {
	t.Parallel()
	files, want := map[string]string{"good.rego": ruleText("own-good", "input.encryption.at_rest == false")}, map[string]string{}
	for i, call := range []string{
		`http.send({"method": "get", "url": "http://127.0.0.1/"})`, `net.lookup_ip_addr("localhost")`, "opa.runtime()", "time.now_ns() > 0",
		`rand.intn("a", 5) == 1`, `uuid.rfc4122("a")`, `trace("a")`, `rego.parse_module("a.rego", "package a")`,
		`io.jwt.decode_verify("a", {})`, `io.jwt.encode_sign({}, {}, {})`, `io.jwt.encode_sign_raw("", "", "")`,
		`json.match_schema("{}", {"$ref": "file:///etc/passwd"})`, `json.verify_schema({"$ref": "http://127.0.0.1/"})`,
		`crypto.x509.parse_and_verify_certificates("")`, `crypto.x509.parse_and_verify_certificates_with_options("", {})`,
		`providers.aws.sign_req({}, {}, 1)`,
	} {
		name, _, _ := strings.Cut(call, "(")
		file := fmt.Sprintf("own%02d.rego", i)
		files[file], want[file] = ruleText(fmt.Sprintf("own%02d", i), "input.encryption.at_rest == false; x := "+call+"; x"), name
	}
	c := loadUsersOf(t, files, time.Minute)
	if len(c.Trouble) != len(want) {
		t.Errorf("%d rules are refused, want %d", len(c.Trouble), len(want))
	}
	for _, trouble := range c.Trouble {
		file := trouble.What[strings.LastIndex(trouble.What, "/")+1:]
		if !strings.Contains(trouble.Gap.Because, want[file]+" is not allowed in rules") {
			t.Errorf("%s: %s", want[file], trouble.Gap.Because)
		}
	}
	if o := judgeUsers(t, c, bucket(probity.Known(false, nil))); o["own-good"].Verdict != probity.Fail {
		t.Errorf("the rule beside says %q", o["own-good"].Verdict)
	}
}

// TestRulesSeeNoPlace: a rule knows neither the hour nor the place of the machine.
func TestRulesSeeNoPlace(t *testing.T) {
	t.Parallel()
	c := loadUsersOf(t, map[string]string{"a.rego": ruleText("own-zone", `time.clock([0, "Local"]) == [0, 0, 0]; input.encryption.at_rest == false`)}, time.Minute)
	if o := judgeUsers(t, c, bucket(probity.Known(false, nil))); o["own-zone"].Verdict != probity.Fail {
		t.Errorf("local time is not that of UTC: %+v, %v", o["own-zone"], c.Trouble)
	}
}

// TestBombs: rules that grow without end are stopped by name, whichever way they grow, and the others judge.
func TestBombs(t *testing.T) {
	t.Parallel()
	if !child.Limited {
		t.Fatal("memory cannot be limited on this system")
	}
	const clear = "; input.encryption.at_rest == false"
	huge := strings.Replace(ruleText("own-huge", `x := concat("", [y | some i in numbers.range(1, 300000); y := "0123456789"])`+clear), `"encryption.at_rest"}`, `"encryption.at_rest", "element": x}`, 1)
	c := loadLimited(t, map[string]string{
		"a.rego": ruleText("own-cidr", `count(net.cidr_expand("0.0.0.0/1")) > 0`+clear),
		"b.rego": ruleText("own-object", `count({[i, j]: s | some i in numbers.range(1, 100000); some j in numbers.range(1, 100000); s := sprintf("%d %d", [i, j])}) > 0`+clear),
		"c.rego": ruleText("own-pad", `count(sprintf("%0999999999d", [1])) > 0`+clear),
		"d.rego": huge,
		"e.rego": ruleText("own-good", "input.encryption.at_rest == false"),
		"f.rego": ruleText("own-deep", strings.Repeat("[", 200_000)+strings.Repeat("]", 200_000)+" != []"),
		"g.rego": ruleText("own-long", "input.encryption.at_rest == false") + strings.Repeat("# no rule is so long\n", 60_000),
	}, child.Limits{Deadline: 5 * time.Minute, Memory: 256 << 20, Answer: 1 << 20})
	o := judgeUsers(t, c, bucket(probity.Known(false, nil)))
	for id, want := range map[string][]string{
		"own-cidr": {"needed more than 256 MiB", "crashed"}, "own-object": {"needed more than 256 MiB", "crashed"}, "own-pad": {""},
		"own-huge": {"answered with more than 1 MiB"},
	} {
		if len(o[id].Evidence) == 0 || o[id].Verdict == probity.Pass || o[id].Verdict == probity.Unknown && !tells(o[id], want) {
			t.Errorf("%s: got %+v, want it to tell one of %q", id, o[id], want)
		}
	}
	if o["own-good"].Verdict != probity.Fail || o["encryption-at-rest"].Verdict != probity.Fail {
		t.Errorf("the other rules say %q and %q", o["own-good"].Verdict, o["encryption-at-rest"].Verdict)
	}
	if len(c.Trouble) != 2 {
		t.Errorf("got %v, want the rules that are too deep and too long", c.Trouble)
	}
}

func tells(o probity.Outcome, any []string) bool {
	for _, s := range any {
		if strings.Contains(o.Evidence[0].Gap.Because, s) {
			return true
		}
	}
	return false
}
