package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// What is wrong is told, and nothing of what stands there.
func TestInvalid(t *testing.T) {
	t.Parallel()
	const secret = "hunter2hunter"
	for _, c := range []struct{ file, text, want string }{
		{"a.tf", "resource \"a\" \"" + secret + "\" {\n v = 1\n", "a.tf:1:30: not valid Terraform: unclosed configuration block"},
		{"a.tf", "locals {\n v = \n}\n", "a.tf:2:6: not valid Terraform: invalid expression"},
		{"a.tf", "locals {\n " + secret + " = 1\n " + secret + " = 2\n}\n", "a.tf:3:2: not valid Terraform: attribute redefined"},
		{"a.tf", "locals {\n v = \"%{ if true }x%{ endfor }" + secret + "\"\n}\n", "a.tf:2:20: not valid Terraform"},
		{"a.tf", secret + "\n", "a.tf:1:1: not valid Terraform: argument or block definition required"},
		{"a.tf.json", "{\"locals\": {\"v\": " + secret + "}}", "a.tf.json:1:18: not valid Terraform: invalid JSON keyword"},
		{"a.tf", "resource \"" + secret + "\" {\n}\n", "a.tf:1:26: not valid Terraform: missing name for resource"},
		{"a.tf", "resource \"a\" \"b\" \"" + secret + "\" {\n}\n", "a.tf:1:18: not valid Terraform: extraneous label for resource"},
		{"a.tf", "variable {\n}\n", "a.tf:1:10: not valid Terraform: missing name for variable"},
		{"a.tf", "locals {\n " + secret + " {\n }\n}\n", "a.tf:2:2: not valid Terraform"},
		{"a.tf.json", "{\"resource\":\"" + secret + "\"}", "a.tf.json:1:13: not valid Terraform: incorrect JSON value type"},
		{"a.tf.json", "{\"resource\":{\"a\":{\"b\":\"" + secret + "\"}}}", "a.tf.json:1:23: not valid Terraform: incorrect JSON value type"},
		{"a.tf.json", "{\"resource\":{\"a\":{\"b\":{\"dynamic\":\"" + secret + "\"}}}}", "a.tf.json:1:34: not valid Terraform: incorrect JSON value type"},
		{"terraform.tfvars", secret + " {\n}\n", "terraform.tfvars:1:1: not valid Terraform"},
	} {
		_, losses := read(t, map[string]string{c.file: c.text}, config.Options{Dir: "."})
		if len(losses) == 0 {
			t.Errorf("%s: got no loss, want one", c.want)
			continue
		}
		if strings.Contains(fmt.Sprint(losses), secret) {
			t.Errorf("%s: got what stands there", c.want)
		}
		got := losses[0].Origin.String() + ": " + losses[0].Gap.Because
		if got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
