package config_test

import (
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
	} {
		_, losses := read(t, map[string]string{c.file: c.text}, config.Options{Dir: "."})
		if len(losses) != 1 {
			t.Errorf("%s: got %d losses, want one", c.want, len(losses))
			continue
		}
		got := losses[0].Origin.String() + ": " + losses[0].Gap.Because
		if got != c.want || strings.Contains(got, secret) {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
