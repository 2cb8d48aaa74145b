package resource_test

import (
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

func TestGet(t *testing.T) {
	t.Parallel()
	at := &probity.Origin{File: "main.tf", Line: 1}
	in := &probity.Origin{File: "main.tf", Line: 2}
	gap := probity.Gap{Reason: probity.Unresolved, Needs: "var.x"}
	b := resource.Block{At: at, Attrs: map[string]resource.Value{
		"rule":  {At: in, Data: resource.List{Items: []resource.Value{{Data: &resource.Block{At: in, Attrs: map[string]resource.Value{"on": {Data: true, At: in}}}}}}},
		"open":  {At: in, Data: resource.List{Rest: &gap}},
		"empty": {At: in, Data: resource.List{}},
		"dark":  {At: in, Data: resource.Unknown{Gap: gap}},
		"text":  {At: in, Data: "x"},
	}}
	def := probity.Known(false, &probity.Origin{Default: "off"})
	for _, c := range []struct {
		path  []string
		value bool
		gap   probity.Reason
		from  string
	}{
		{[]string{"rule", "on"}, true, "", "main.tf:2:1"},
		{[]string{"rule", "off"}, false, "", "default: off"},
		{[]string{"gone", "on"}, false, "", "default: off"},
		{[]string{"empty", "on"}, false, "", "default: off"},
		{[]string{"empty"}, false, "", "default: off"},
		{[]string{"open", "on"}, false, probity.Unresolved, "main.tf:2:1"},
		{[]string{"dark", "on"}, false, probity.Unresolved, "main.tf:2:1"},
		{[]string{"text"}, false, probity.Unresolved, "main.tf:2:1"},
	} {
		f := b.Get(c.path...).Bool(def)
		v, known := f.Get()
		_, g := f.Value()
		if v != c.value || known != (c.gap == "") || g != nil && g.Reason != c.gap || f.From().String() != c.from {
			t.Errorf("%v: got %v %v from %s, want %v %q from %s", c.path, v, g, f.From(), c.value, c.gap, c.from)
		}
	}
}

func TestReading(t *testing.T) {
	t.Parallel()
	none := probity.Fact[int]{}
	for data, want := range map[any]int{"7": 7, 7.0: 7} {
		if n, ok := (resource.Value{Data: data}).Int(none).Get(); !ok || n != want {
			t.Errorf("%v: got %d %v, want %d", data, n, ok, want)
		}
	}
	for _, data := range []any{"x", 7.5, true, 1e300} {
		if f := (resource.Value{Data: data}).Int(none); f.IsZero() {
			t.Errorf("%v: got nothing, want a gap", data)
		} else if n, ok := f.Get(); ok {
			t.Errorf("%v: got %d, want a gap", data, n)
		}
	}
	for data, want := range map[any]bool{"true": true, "false": false, true: true, "1": true} {
		if b, ok := (resource.Value{Data: data}).Bool(probity.Fact[bool]{}).Get(); !ok || b != want {
			t.Errorf("%v: got %v %v, want %v", data, b, ok, want)
		}
	}
	if f := (resource.Value{Data: resource.Secret{Literal: true}}).Text(probity.Fact[string]{}); f.IsZero() || f.Is(func(string) bool { return true }) {
		t.Error("got a secret's value, want a gap")
	}
}

// A reference may stand inside of a JSON document, so that it shows no quotes.
func TestRefText(t *testing.T) {
	t.Parallel()
	r := resource.Ref{Addr: `module.m["a\"b"].aws_s3_bucket.b`, Attr: "arn"}
	if got, want := r.Text(), "${module.m['a/'b'].aws_s3_bucket.b.arn}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if r.Says = "arn:aws:s3:::b"; r.Text() != r.Says {
		t.Errorf("got %s, want %s", r.Text(), r.Says)
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	block := func(m map[string]resource.Value) resource.Value {
		return resource.Value{Data: &resource.Block{Attrs: m}, At: &probity.Origin{File: "f"}}
	}
	over := resource.Tags(block(map[string]resource.Value{"a": {Data: "1"}, "b": {Data: "1"}}), block(map[string]resource.Value{"b": {Data: "2"}, "n": {Data: 3.0}}))
	if v, ok := over.Get(); !ok || v["a"] != "1" || v["b"] != "2" || v["n"] != "3" {
		t.Errorf("got %v %v, want the second laid over the first", v, ok)
	}
	dark := resource.Tags(block(map[string]resource.Value{"a": {Data: resource.Unknown{Gap: probity.Gap{Reason: probity.Computed}}}}))
	if _, ok := dark.Get(); ok {
		t.Error("got known tags, want a gap")
	}
}
