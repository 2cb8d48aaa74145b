package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAppendWaiver(t *testing.T) {
	t.Parallel()
	w := Waiver{Rule: "versioning", Asset: `aws_s3_bucket.a["x"]`, Reason: "rebuilt: nightly # really", Owner: "data", Until: "2027-01-31", Accepted: []string{"0123456789abcdef"}}
	const entry = "- rule: versioning\n    asset: aws_s3_bucket.a[\"x\"]\n    reason: 'rebuilt: nightly # really'\n    owner: data\n    until: 2027-01-31\n    accepted: [0123456789abcdef]\n"
	for name, c := range map[string]struct{ before, after string }{
		"nothing":           {"", "waivers:\n  " + entry},
		"comment alone":     {"# ours\n", "# ours\nwaivers:\n  " + entry},
		"no such key":       {"fail_on: high # as agreed\n", "fail_on: high # as agreed\n\nwaivers:\n  " + entry},
		"empty list":        {"waivers: []  # none\nfail_on: high\n", "waivers:   # none\n  " + entry + "fail_on: high\n"},
		"key alone":         {"waivers:\n", "waivers:\n  " + entry},
		"no line's end":     {"waivers:\n  - {rule: a} # x", "waivers:\n  - {rule: a} # x\n  " + entry},
		"another":           {"waivers:\n  # first\n  - rule: a   # why\n    asset: b\n", "waivers:\n  # first\n  - rule: a   # why\n    asset: b\n  " + entry},
		"keys behind":       {"waivers:\n  - rule: a\n\n# of laws\nfail_on: high\n", "waivers:\n  - rule: a\n  " + entry + "\n# of laws\nfail_on: high\n"},
		"text of two lines": {"waivers:\n  - rule: a\n    reason: |\n      one\n\n      two\nfail_on: high\n", "waivers:\n  - rule: a\n    reason: |\n      one\n\n      two\n  " + entry + "fail_on: high\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := AppendWaiver([]byte(c.before), w)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.after, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
	for name, text := range map[string]string{"one line": "waivers: [{rule: a}]", "list": "- a", "broken": "a: [", "text": "waivers: none"} {
		if got, err := AppendWaiver([]byte(text), w); err == nil {
			t.Errorf("%s: got %q, want an error", name, got)
		}
	}
	unindented, err := AppendWaiver([]byte("waivers:\n- rule: a\n"), Waiver{Rule: "b"})
	if want := "waivers:\n- rule: a\n- rule: b\n"; err != nil || string(unindented) != want {
		t.Errorf("got %q, %v, want %q", unindented, err, want)
	}
}

func FuzzAppendWaiver(f *testing.F) {
	f.Add("waivers:\n  - rule: a\n")
	f.Add("waivers: []\nx: 1")
	f.Add("a: &a 1\nwaivers: *a")
	f.Add("{waivers: [], b: 1}")
	f.Fuzz(func(t *testing.T, text string) {
		out, err := AppendWaiver([]byte(text), Waiver{Rule: "r", Asset: "a"})
		if err == nil && appended([]byte(text), out, 1) != nil {
			t.Errorf("got %q of %q", out, text)
		}
	})
}
