package detectors

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"
)

// A record carries values in every way a struct can.
type record struct {
	Exported Value
	hidden   Value
	Pointer  *Value
	hiddenP  *Value
	Any      any
	List     []Value
	Map      map[string]Value
	Keyed    map[string]*record
	err      error
}

func carriers(v Value) map[string]any {
	r := record{Exported: v, hidden: v, Pointer: &v, hiddenP: &v, Any: v, List: []Value{v}, Map: map[string]Value{"k": v}, err: v}
	r.Keyed = map[string]*record{"inner": {Exported: v, hidden: v}}
	return map[string]any{
		"value": v, "pointer": &v, "struct": r, "pointer to struct": &r, "slice": []Value{v}, "map": map[string]Value{"k": v},
		"map of pointers": map[string]*Value{"k": &v}, "array": [1]Value{v}, "any": []any{v, &v}, "error": fmt.Errorf("reading: %w", v), "joined": errors.Join(v, v),
	}
}

// leaks reports whether an output has the secret, whole or in any spelling that a verb could give it.
func leaks(out, secret string) bool {
	low := strings.ToLower(out)
	for _, spelling := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("% x", secret), strings.Trim(fmt.Sprint([]byte(secret)), "[]"),
		strings.Trim(fmt.Sprintf("%#v", []byte(secret)), "[]byte{}"), strings.Trim(fmt.Sprintf("%b", []byte(secret)), "[]"), strings.Trim(fmt.Sprintf("%o", []byte(secret)), "[]"), strings.Trim(fmt.Sprintf("%c", []byte(secret)), "[]")} {
		if strings.Contains(low, strings.ToLower(spelling)) {
			return true
		}
	}
	return false
}

func TestValuePrintsRedactedUnderEveryVerb(t *testing.T) {
	t.Parallel()
	const secret = "geheim-4711"
	verbs := []string{"p", "T", "w"}
	for c := 'A'; c <= 'z'; c++ {
		verbs = append(verbs, string(c))
	}
	for name, carrier := range carriers(Of([]byte(secret))) {
		for _, verb := range verbs {
			for _, flag := range []string{"", "+", "#", "-", " ", "0", "+#", "20", ".3", "-20.3", "# "} {
				format := "%" + flag + verb
				if out := fmt.Sprintf(format, carrier); leaks(out, secret) {
					t.Errorf("%s under %s: got the bytes", name, format)
				}
			}
		}
		if out := fmt.Sprint(carrier) + fmt.Sprintln(carrier); leaks(out, secret) {
			t.Errorf("%s under Print: got the bytes", name)
		}
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		if got := fmt.Sprintf(format, Of([]byte(secret))); got != Redacted {
			t.Errorf("%s: got %s, want %s", format, got, Redacted)
		}
	}
}

func TestValueMarshalsRedacted(t *testing.T) {
	t.Parallel()
	const secret = "geheim-4711"
	v := Of([]byte(secret))
	for name, carrier := range carriers(v) {
		out, err := json.Marshal(carrier)
		if err == nil && (leaks(string(out), secret) || strings.Contains(string(out), "Z2VoZWlt")) {
			t.Errorf("%s as JSON: got the bytes", name)
		}
	}
	if got, _ := json.Marshal(v); string(got) != `"`+Redacted+`"` {
		t.Errorf("JSON: got %s", got)
	}
	if got, _ := v.MarshalText(); string(got) != Redacted {
		t.Errorf("text: got %s", got)
	}
	if got, err := xml.Marshal(struct{ V Value }{v}); err == nil && leaks(string(got), secret) {
		t.Error("XML: got the bytes")
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(v); err == nil && leaks(b.String(), secret) {
		t.Errorf("gob: got the bytes")
	}
	if v.String() != Redacted || v.GoString() != Redacted || v.Error() != Redacted {
		t.Errorf("methods: got %s %s %s", v.String(), v.GoString(), v.Error())
	}
}

func TestValueLogsRedacted(t *testing.T) {
	t.Parallel()
	const secret = "geheim-4711"
	for _, f := range []logrus.Formatter{&logrus.TextFormatter{}, &logrus.JSONFormatter{}} {
		for name, carrier := range carriers(Of([]byte(secret))) {
			var out bytes.Buffer
			log := logrus.New()
			log.Out, log.Formatter = &out, f
			log.WithField("value", carrier).WithError(Of([]byte(secret))).Warn("a cell")
			log.Warnf("a cell %v", carrier)
			if leaks(out.String(), secret) {
				t.Errorf("%s logged by %T: got the bytes", name, f)
			}
		}
	}
}

func TestValueRevealsOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	if got := string(Of([]byte("x")).Reveal()); got != "x" {
		t.Errorf("got %q, want x", got)
	}
	if got := (Value{}).Reveal(); got != nil {
		t.Errorf("zero value: got %v, want nil", got)
	}
	if out, _ := io.ReadAll(strings.NewReader(fmt.Sprint(Value{}))); string(out) != Redacted {
		t.Errorf("zero value: got %s", out)
	}
}
