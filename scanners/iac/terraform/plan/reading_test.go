package plan

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

const whole = `{"format_version":"1.2","terraform_version":"1.9.5","variables":{"region":{"value":"eu-west-1"}},
"planned_values":{"root_module":{"resources":[{"address":"aws_ebs_volume.v[0]","mode":"managed","type":"aws_ebs_volume","name":"v","index":0,"values":{"size":8}}]}},
"resource_changes":[
{"address":"aws_ebs_volume.v[0]","mode":"managed","type":"aws_ebs_volume","name":"v","index":0,"change":{"actions":["create"],"after":{"size":8,"tags":{"é":"\u00fc"}},"after_unknown":{"id":true,"encrypted":true,"kms_key_id":true}}},
{"address":"module.m[\"a.b\"].aws_ebs_volume.in","module_address":"module.m[\"a.b\"]","mode":"managed","type":"aws_ebs_volume","name":"in","change":{"actions":["no-op"],"after":{"encrypted":false},"after_unknown":{}}},
{"address":"data.aws_ebs_volume.d","mode":"data","type":"aws_ebs_volume","name":"d","change":{"actions":["read"],"after":{},"after_unknown":{}}},
{"address":"aws_instance.i","mode":"managed","type":"aws_instance","name":"i","change":{"actions":["create"],"after":{},"after_unknown":{}}}
],
"configuration":{"provider_config":{"aws":{"name":"aws","expressions":{"region":{"references":["var.region"]}}},"module.m:aws":{"name":"aws","module_address":"module.m","expressions":{"region":{"references":["var.region"]}}}},
"root_module":{"resources":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","provider_config_key":"aws","expressions":{"encrypted":{"references":["var.on"]}},"count_expression":{"constant_value":1}}],
"module_calls":{"m":{"source":"./m","expressions":{"region":{"constant_value":"eu-west-2"}},"module":{"resources":[{"address":"aws_ebs_volume.in","mode":"managed","type":"aws_ebs_volume","name":"in","provider_config_key":"module.m:aws","expressions":{"encrypted":{"constant_value":false}}}]}}}}},
"timestamp":"2026-01-01T00:00:00Z","applyable":true,"complete":true,"errored":false}`

// tell writes down what matters of a resource, without lines, which change with the form.
func tell(resources []*resource.Resource) []string {
	var out []string
	for _, r := range resources {
		line := r.Addr + " region=" + r.Provider.Region.String()
		for _, name := range []string{"size", "encrypted", "kms_key_id", "tags"} {
			switch d := r.Get(name).Data.(type) {
			case *resource.Block:
				line += fmt.Sprintf(" %s=%v", name, d.Get("é").Data)
			case resource.Unknown:
				line += fmt.Sprintf(" %s=%s", name, d.Gap)
			default:
				line += fmt.Sprintf(" %s=%v", name, d)
			}
		}
		out = append(out, line)
	}
	return out
}

// A plan says the same in whatever order its keys stand, in whatever encoding a shell has written it.
func TestForms(t *testing.T) {
	t.Parallel()
	want := []string{
		"aws_ebs_volume.v[0] region=eu-west-1 size=8 encrypted=is known only after apply (aws_ebs_volume.v[0].encrypted) kms_key_id=<nil> tags=ü",
		`module.m["a.b"].aws_ebs_volume.in region=eu-west-2 size=<nil> encrypted=false kms_key_id=<nil> tags=<nil>`,
	}
	var sorted any
	if err := json.Unmarshal([]byte(whole), &sorted); err != nil {
		t.Fatal(err)
	}
	flat, err := json.Marshal(sorted)
	if err != nil {
		t.Fatal(err)
	}
	pretty, err := json.MarshalIndent(sorted, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"as written": whole, "sorted": string(flat), "sorted and indented": string(pretty), "lines of Windows": strings.ReplaceAll(string(pretty), "\n", "\r\n"),
		"byte order mark": "\xef\xbb\xbf" + whole, "UTF-16": utf16of("\ufeff"+whole, false), "UTF-16, big end first": utf16of("\ufeff"+whole, true),
	} {
		resources, losses := read(t, text)
		if diff := cmp.Diff(want, tell(resources)); diff != "" || len(losses) > 0 {
			t.Errorf("%s: losses %v, resources differ (-want +got):\n%s", name, losses, diff)
		}
	}
}

func utf16of(s string, bigEnd bool) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		if bigEnd {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.String()
}

// Wherever a plan is cut (every seventh place is tried), that is one loss, and nothing is made up.
func TestCutAnywhere(t *testing.T) {
	t.Parallel()
	for n := 0; n < len(whole); n += 7 {
		resources, losses := read(t, whole[:n])
		if len(losses) != 1 || losses[0].Gap.Because != "the plan ends too early" {
			t.Fatalf("cut at %d: got losses %v, want that it ends too early", n, losses)
		}
		for _, r := range resources {
			if r.Type != "aws_ebs_volume" || r.Addr == "" {
				t.Errorf("cut at %d: got %+v", n, r)
			}
		}
	}
}

func TestDamagedAnywhere(t *testing.T) {
	t.Parallel()
	for i := 0; i < len(whole); i += 31 {
		for _, c := range []byte{0, '"', '}', '9', 0xff} {
			bad := []byte(whole)
			bad[i] = c
			_, losses := read(t, string(bad)) // must not panic
			for _, l := range losses {
				if strings.Contains(l.Gap.Because, "ebs") {
					t.Fatalf("byte %d: got %q, which quotes the plan", i, l.Gap.Because)
				}
			}
		}
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	one := `"resource_changes":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after":{},"after_unknown":{}}}]}`
	for version, want := range map[string]string{`"0.1"`: "", `"0.2"`: "", `"1.0"`: "", `"1.99"`: "", `"2.0"`: "the plan has a format that is not known", `"10.0"`: "the plan has a format that is not known",
		`""`: "the plan has a format that is not known", `1`: "the file is not a plan written by terraform show -json"} {
		_, losses := read(t, `{"format_version":`+version+`,`+one)
		got := ""
		for _, l := range losses {
			got += l.Gap.Because
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", version, got, want)
		}
	}
}

// The messages of "terraform plan -json" are lines, of which none is a plan.
func TestLinesOfMessages(t *testing.T) {
	t.Parallel()
	messages := `{"@level":"info","@message":"Terraform 1.9.5","type":"version","terraform":"1.9.5","ui":"1.2"}
{"@level":"info","@message":"Plan: 1 to add","change":{"resource":{"addr":"aws_ebs_volume.v"},"action":"create"},"type":"planned_change"}
`
	resources, losses := read(t, messages)
	if len(resources) != 0 || len(losses) != 1 || losses[0].Gap.Because != errNotPlan.Error() {
		t.Errorf("got %d resources and %v, want that it is no plan", len(resources), losses)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]any{"8": 8.0, "8.0": 8.0, "-1": -1.0, "1e3": 1000.0, "9007199254740993": 9007199254740992.0} {
		resources, losses := read(t, `{"resource_changes":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after":{"size":`+number+`},"after_unknown":{}}}]}`)
		if len(resources) != 1 || len(losses) > 0 || resources[0].Get("size").Data != want {
			t.Errorf("%s: got %v and %v, want %v", number, resources, losses, want)
		}
	}
}

func TestActions(t *testing.T) {
	t.Parallel()
	for actions, want := range map[string]int{`["no-op"]`: 1, `["create"]`: 1, `["update"]`: 1, `["delete"]`: 0, `["forget"]`: 0, `["delete","create"]`: 1, `["create","delete"]`: 1, `["create","forget"]`: 1, `null`: 1} {
		after := "{}"
		if want == 0 {
			after = "null"
		}
		resources, losses := read(t, `{"resource_changes":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":`+actions+`,"after":`+after+`}}]}`)
		if len(resources) != want || len(losses) > 0 {
			t.Errorf("%s: got %d resources and %v, want %d", actions, len(resources), losses, want)
		}
	}
	deposed := `{"resource_changes":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","deposed":"aa","change":{"actions":["delete"],"after":null}}]}`
	if resources, losses := read(t, deposed); len(resources) != 0 || len(losses) != 0 {
		t.Errorf("got %v and %v of what was replaced before, want nothing", resources, losses)
	}
}
