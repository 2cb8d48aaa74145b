package reports

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

func read(b []byte) (probity.Scan, error) { return Read(bytes.NewReader(b), int64(len(b))) }

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	t.Parallel()
	for name, scan := range map[string]probity.Scan{"clinic": clinic(), "hostile": hostile(), "empty": {}} {
		want := jsonOf(t, scan)
		got, err := read(want)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for range 2 { // iterators can be walked again
			// Invalid UTF-8 is written as an escape once, then as the character: the same text.
			want := strings.ReplaceAll(string(want), `\ufffd`, "\uFFFD")
			if d := cmp.Diff(want, string(jsonOf(t, got))); d != "" {
				t.Errorf("%s (- written, + read):\n%s", name, d)
			}
		}
	}
}

func TestReadTakesAnIndentedFile(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := json.Indent(&b, jsonOf(t, clinic()), "", "  "); err != nil {
		t.Fatal(err)
	}
	scan, err := read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	c, err := Count(scan)
	if err != nil {
		t.Fatal(err)
	}
	if c.Outcomes != len(clinicOutcomes()) || c.Assets != len(clinicAssets()) {
		t.Errorf("%d outcomes, %d assets", c.Outcomes, c.Assets)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	good := string(jsonOf(t, clinic()))
	for name, c := range map[string]struct{ file, says string }{
		"nothing":          {"", "cut off"},
		"another JSON":     {`{"a":1}`, "cut off"},
		"text":             {"hello, world", "cut off"},
		"half":             {good[:len(good)/2], "cut off"},
		"all but the end":  {good[:len(good)-3], "cut off"},
		"a newer major":    {strings.Replace(good, `"format":"1.0"`, `"format":"2.0"`, 1), "newer probity"},
		"a strange format": {strings.Replace(good, `"format":"1.0"`, `"format":"new"`, 1), "not one this probity reads"},
		"no format":        {`{"tool":"x","coverage":[],"assets":[],"outcomes":[],"end":{"coverage":0,"assets":0,"outcomes":0}}`, "no format"},
		"another header":   {strings.Replace(good, `"tool":"probity 0.1.0"`, `"tool":{"name":"secret"}`, 1), "member tool has another shape"},
	} {
		_, err := read([]byte(c.file))
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got error %v, want one line with %q", name, err, c.says)
		}
	}
}

func TestReadTakesANewerMinor(t *testing.T) {
	t.Parallel()
	newer := strings.Replace(string(jsonOf(t, clinic())), `"format":"1.0"`, `"format":"1.9","mood":{"good":[1]}`, 1)
	if _, err := read([]byte(newer)); err != nil {
		t.Error(err)
	}
}

func TestWalksEndWithAnError(t *testing.T) {
	t.Parallel()
	good := string(jsonOf(t, clinic()))
	for name, change := range map[string][3]string{
		"an element is missing": {`"outcomes":22}}`, `"outcomes":23}}`, "22 elements in outcomes, its end says 23"},
		"an element is broken":  {`{"rule":"public-exposure"`, `{"rule":secret`, "no valid JSON after byte"},
		"an element is strange": {`{"rule":"public-exposure"`, `{"rule":["secret"]`, "another shape"},
		"the list is none":      {`"outcomes":[`, `"outcomes":7,"x":[`, "no valid JSON after byte"},
		"the list is not there": {`"outcomes":[`, `"results":[`, "member outcomes is missing"},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Fatalf("%s: the sample has no %s", name, change[0])
		}
		scan, err := read([]byte(bad))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, err = Count(scan)
		if err == nil || !strings.Contains(err.Error(), change[2]) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got error %v, want %q", name, err, change[2])
		}
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := JSON(&b, clinic()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"format":"1.0","coverage":[],"assets":[{}],"outcomes":[],"end":{"assets":1}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		scan, err := read(b)
		if err != nil {
			return
		}
		var out bytes.Buffer
		if JSON(&out, scan) != nil {
			return // a walk ended with an error
		}
		if _, err := read(out.Bytes()); err != nil {
			t.Errorf("what was written cannot be read: %v", err)
		}
	})
}
