package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// No text or number that is marked as sensitive is in a resource, however deep, in changes or in planned values.
func TestSensitive(t *testing.T) {
	t.Parallel()
	secret := "hush" + "hush"
	values := `{"name":"` + secret + `","on":true,"pin":1234,"tags":{"open":"seen","closed":"` + secret + `"},"rules":[{"v":"seen"},{"v":"` + secret + `","on":false}],"all":{"x":"` + secret + `","y":["` + secret + `"]},"none":null}`
	marks := `{"name":true,"on":true,"pin":true,"tags":{"closed":true},"rules":[{},{"v":true,"on":true}],"all":true,"none":true,"gone":true}`
	for name, text := range map[string]string{
		"change":  `{"resource_changes":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after":` + values + `,"after_unknown":{},"after_sensitive":` + marks + `}}]}`,
		"before":  `{"resource_changes":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after_sensitive":` + marks + `,"after":` + values + `}}]}`,
		"planned": `{"planned_values":{"root_module":{"resources":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","values":` + values + `,"sensitive_values":` + marks + `}]}}}`,
		"state":   `{"values":{"root_module":{"resources":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","sensitive_values":` + marks + `,"values":` + values + `}]}}}`,
		"whole":   `{"resource_changes":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after":` + values + `,"after_sensitive":true}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resources, losses := read(t, text)
			if name == "whole" {
				if len(resources)+len(losses) == 0 {
					t.Error("got neither a resource nor a loss")
				}
			} else if len(resources) != 1 || len(losses) > 0 {
				t.Fatalf("got %v and %v, want one resource", resources, losses)
			}
			for _, r := range resources {
				if all := dump(resource.Value{Data: &r.Block}); strings.Contains(all, secret) || strings.Contains(all, "1234") {
					t.Error("got what is marked as sensitive")
				} else if name != "whole" && (strings.Count(all, "seen") != 2 || strings.Count(all, "true") != 1 || strings.Count(all, "false") != 1) {
					t.Errorf("got %s, want what is not marked, and what is on or off", all)
				}
			}
		})
	}
}

func dump(v resource.Value) string {
	switch d := v.Data.(type) {
	case *resource.Block:
		out := "{"
		for name, e := range d.Attrs {
			out += name + ":" + dump(e) + " "
		}
		return out + "}"
	case resource.Unknown:
		return "dark: " + d.Gap.String()
	case resource.List:
		out := "["
		for _, e := range d.Items {
			out += dump(e) + " "
		}
		return out + "]"
	}
	return fmt.Sprint(v.Data)
}
