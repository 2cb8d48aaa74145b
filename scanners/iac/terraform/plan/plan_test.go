package plan

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// read reads a plan that comes in small pieces.
func read(t *testing.T, text string) ([]*resource.Resource, []resource.Loss) {
	t.Helper()
	src := strings.NewReader(text)
	return Read(t.Context(), struct {
		io.Reader
		io.Seeker
	}{iotest.HalfReader(src), src}, Options{File: "plan.json", Types: []string{"aws_ebs_volume"}})
}

func TestLosses(t *testing.T) {
	t.Parallel()
	head := `{"format_version":"1.2","terraform_version":"1.9","resource_changes":[`
	one := `{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after":{},"after_unknown":{}}}`
	for name, c := range map[string]struct {
		text, because string
		resources     int
	}{
		"whole":         {head + one + `]}`, "", 1},
		"cut":           {head + one + `,{"address":"x`, "the plan ends too early", 1},
		"cut in keys":   {head + one + `],"config`, "the plan ends too early", 1},
		"not JSON":      {head + one + `],}`, "the plan is not valid JSON", 1},
		"two documents": {head + one + `]}{}`, "the file is not a plan written by terraform show -json", 1},
		"no plan":       {`{"a":1}`, "the file is not a plan written by terraform show -json", 0},
		"a list":        {`[1]`, "the file is not a plan written by terraform show -json", 0},
		"other types":   {head + `5]}`, "the file is not a plan written by terraform show -json", 0},
		"bad change":    {head + `{"address":5}]}`, "the file is not a plan written by terraform show -json", 0},
		"not UTF-8":     {head + "{\"address\":\"\xff\"}]}", "the plan is not valid JSON", 0},
		"empty":         {"", "the plan ends too early", 0},
		"deep":          {head + one + `],"x":` + strings.Repeat("[", 20_000), "the plan is not valid JSON", 1},
		"deep modules":  {head + one + `],"configuration":{"root_module":` + strings.Repeat(`{"module_calls":{"m":{"module":`, 200), "modules are nested too deeply", 1},
		"errored":       {head + one + `],"errored":true}`, "the plan ended with an error", 1},
		"no changes":    {head + `]}`, "the plan says nothing of resources", 0},
		"no values":     {head + `],"planned_values":{}}`, "the plan says nothing of resources", 0},
		"empty values":  {head + `],"planned_values":{"root_module":{}}}`, "", 0},
		"blank change":  {head + `{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v"}]}`, "a change does not say what will be", 0},
		"long number":   {head + strings.Repeat("1", 5000) + `]}`, "a part of the plan is too large to read", 0},
		"large change":  {head + `{"address":"aws_ebs_volume.v","type":"aws_ebs_volume","change":{"after":{"x":[` + strings.Repeat("0,", 5<<20) + `0]}}}]}`, "a part of the plan is too large to read", 0},
		"deferred":      {head + one + `],"deferred_changes":[{}]}`, "a part of the plan is deferred", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resources, losses := read(t, c.text)
			because := ""
			if len(losses) > 0 {
				because = losses[0].Gap.Because
			}
			if because != c.because || len(resources) != c.resources {
				t.Errorf("got %d resources and %q, want %d and %q", len(resources), because, c.resources, c.because)
			}
		})
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	s := &source{src: iotest.OneByteReader(strings.NewReader("[1,\n\n 2, \n\t3]"))}
	out, err := io.ReadAll(s)
	if err != nil || string(out) != "[1, 2, 3]" {
		t.Fatalf("got %s, %v; want [1, 2, 3]", out, err)
	}
	var got []int
	for _, at := range []int64{0, 3, 5, 6, 8, 9} {
		got = append(got, s.at(at))
	}
	if want := []int{1, 1, 3, 3, 4, 4}; !slices.Equal(got, want) {
		t.Errorf("got lines %v, want %v", got, want)
	}
}

// A text that is too long is cut between characters, and what follows it is read.
func TestLongText(t *testing.T) {
	t.Parallel()
	head := `[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after":{"size":1,"long":"`
	for _, unit := range []string{"x", "é", `\u00e9`, `\n`, `\\`, `\"`, "😀"} {
		for shift := range 2 {
			text := `{"x":"` + strings.Repeat(unit, maxString/len(unit)+9) + `","resource_changes":` + head + strings.Repeat("x", shift) + strings.Repeat(unit, maxString/len(unit)+9) + `"}}}]}`
			resources, losses := read(t, text)
			if len(resources) != 1 || len(losses) != 0 {
				t.Errorf("%s, %d: got %d resources and losses %v, want one and none", unit, shift, len(resources), losses)
				continue
			}
			if g := resources[0].Get("long").Gap(); g == nil || resources[0].Get("size").Data != 1.0 {
				t.Errorf("%s, %d: got %v, want a gap of the long text alone", unit, shift, g)
			}
		}
	}
}

// What is skipped costs no memory.
func TestSkipping(t *testing.T) {
	t.Parallel()
	for name, each := range map[string]string{"text": "xxxxxxxx", "space": "\n    \t\n", "values": "[\n1\n],"} {
		open, end := `{"x":"`, `"}`
		switch name {
		case "space":
			open, end = `{"x":`, `1}`
		case "values":
			open, end = `{"x":[`, `1]}`
		}
		const size = 8 << 20
		src := io.MultiReader(strings.NewReader(open), &repeated{each: each, left: size}, strings.NewReader(end))
		r := &reader{stopped: t.Context().Err}
		r.from(src)
		err := r.object(func(string) error { return r.skip() })
		if err != nil {
			t.Errorf("%s: got %v, want it skipped", name, err)
		}
		if kept := cap(r.lines.pending) + cap(r.lines.out); kept > 1<<20 {
			t.Errorf("%s: kept %d, want it bounded", name, kept)
		}
	}
}

// repeated gives a text over and over.
type repeated struct {
	each string
	left int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n+len(r.each) <= len(p) {
		n += copy(p[n:], r.each)
	}
	r.left -= n
	return n, nil
}

func TestSteps(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string][]moduleStep{
		"": nil, "module.a": {{"a", ""}}, "module.a[0].module.b": {{"a", "[0]"}, {"b", ""}},
		`module.a["x.y]\"z"].module.b[12]`: {{"a", `["x.y]\"z"]`}, {"b", "[12]"}}, "data.x.y": nil, `module.a["x`: {{"a", ""}},
	} {
		if got := steps(addr); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", addr, got, want)
		}
	}
}

// follow finds what an expression names; whatever is not just a name is not followed.
func TestFollow(t *testing.T) {
	t.Parallel()
	r := &reader{types: map[string]bool{"aws_s3_bucket": true}, byAddr: map[string]*change{}}
	for _, a := range []string{"aws_s3_bucket.one", `aws_s3_bucket.each["x"]`, "module.m[0].aws_s3_bucket.in", "aws_s3_bucket.counted[1]"} {
		r.byAddr[a] = &change{}
	}
	refs := func(names ...any) map[string]any { return map[string]any{"references": names} }
	inner := &moduleConfig{outputs: map[string]any{"id": refs("aws_s3_bucket.in.id", "aws_s3_bucket.in"), "back": refs("var.given")}}
	root := place{config: &moduleConfig{calls: map[string]callConfig{"m": {module: inner, expressions: map[string]any{"given": refs("aws_s3_bucket.one.id", "aws_s3_bucket.one"), "loop": refs("module.m.back", "module.m")}}}}}
	for _, c := range []struct {
		refs  []string
		index any
		want  string
	}{
		{[]string{"aws_s3_bucket.one.id", "aws_s3_bucket.one"}, nil, "aws_s3_bucket.one.id"},
		{[]string{"aws_s3_bucket.one"}, nil, "aws_s3_bucket.one.id"},
		{[]string{"aws_s3_bucket.each", "each.key"}, "x", `aws_s3_bucket.each["x"].id`},
		{[]string{"aws_s3_bucket.each", "each.key"}, "gone", ""},
		{[]string{"aws_s3_bucket.counted", "count.index"}, 1.0, "aws_s3_bucket.counted[1].id"},
		{[]string{"module.m[0].id", "module.m[0]", "module.m"}, nil, "module.m[0].aws_s3_bucket.in.id"},
		{[]string{"module.m.back", "module.m"}, nil, "aws_s3_bucket.one.id"},
		{[]string{"aws_s3_bucket.one.id", "aws_s3_bucket.one", "aws_s3_bucket.each"}, nil, ""},
		{[]string{"local.x"}, nil, ""},
		{[]string{"var.x"}, nil, ""},
		{[]string{"module.gone.id"}, nil, ""},
		{[]string{"data.aws_s3_bucket.d.id", "data.aws_s3_bucket.d"}, nil, "data.aws_s3_bucket.d.id"},
		{nil, nil, ""},
	} {
		ref, ok := r.follow(c.refs, root, c.index, 0)
		got := ""
		if ok {
			got = ref.Addr + "." + ref.Attr
		}
		if got != c.want {
			t.Errorf("%v: got %q, want %q", c.refs, got, c.want)
		}
	}
}

func TestGone(t *testing.T) {
	t.Parallel()
	for want, all := range map[bool][][]string{true: {{"delete"}, {"forget"}}, false: {{"create"}, {"no-op"}, {"update"}, {"delete", "create"}, {"create", "delete"}}} {
		for _, actions := range all {
			if got := gone(actions); got != want {
				t.Errorf("%v: got %v, want %v", actions, got, want)
			}
		}
	}
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	resources, _ := read(t, "{\"resource_changes\":[\n\n{\"address\":\"aws_ebs_volume.v\",\"mode\":\"managed\",\"type\":\"aws_ebs_volume\",\"name\":\"v\",\"change\":{\"actions\":[\"no-op\"],\"after\":{\"size\":1}}}]}")
	want := "plan.json:3:1"
	if len(resources) != 1 || resources[0].At.String() != want || resources[0].Get("size").Data != 1.0 {
		t.Errorf("got %+v, want one volume of %s", resources, want)
	}
}

// Of a type that is only named the address is kept, whatever its values hold, and what is deleted is not there.
func TestNamed(t *testing.T) {
	t.Parallel()
	change := func(name, actions, before, after string) string {
		return `{"address":"n.` + name + `","mode":"managed","type":"n","name":"` + name + `","change":{"actions":[` + actions + `],"before":` + before + `,"after":` + after + `,"after_unknown":{"x":true},"after_sensitive":true}}`
	}
	large := `{"x":"` + strings.Repeat("a", 100) + `","y":[` + strings.Repeat("0,", 5<<20) + `0]}`
	text := `{"format_version":"1.2","terraform_version":"1.9","planned_values":{"root_module":{"resources":[
		{"address":"n.planned","mode":"managed","type":"n","name":"planned","values":{"x":1}}]}},"resource_changes":[` +
		change("made", `"create"`, "null", large) + "," + change("gone", `"delete"`, large, "null") + "," + change("kept", `"no-op"`, `{"x":1}`, `{"x":1}`) + `],
		"configuration":{"root_module":{"resources":[{"address":"n.made","mode":"managed","type":"n","name":"made","expressions":{"x":{"constant_value":1}}}]}}}`
	for before, want := range map[bool]string{false: "n.kept n.made n.planned", true: "n.gone n.kept"} {
		all, losses := Read(t.Context(), strings.NewReader(text), Options{File: "plan.json", Named: []string{"n"}, Before: before})
		var got []string
		for _, r := range all {
			got = append(got, r.Addr)
			if len(r.Attrs) > 0 {
				t.Errorf("%s: got %v, want no attributes", r.Addr, r.Attrs)
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want || len(losses) > 0 {
			t.Errorf("before %v: got %v and losses %v, want %s", before, got, losses, want)
		}
	}
}
