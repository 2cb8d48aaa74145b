package terraform_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform"
)

// Only the beginning of a file is there to tell, wherever it is cut.
func TestPlanByItsHead(t *testing.T) {
	t.Parallel()
	filling := strings.Repeat(`"x":[1,2,{"y":"z"}],`, 1000)
	for name, c := range map[string]struct {
		head string
		want bool
	}{
		"as written":                   {`{"format_version":"1.2","terraform_version":"1.9.5","planned_values":{"root`, true},
		"cut after the versions":       {`{"format_version":"1.2","terraform_version":"1.9.5"`, true},
		"indented":                     {"{\r\n  \"format_version\": \"1.2\",\r\n  \"terraform_version\": \"1.9.5\",", true},
		"versions the other way round": {`{"terraform_version":"1.9.5","format_version":"1.2",`, true},
		"sorted":                       {`{"applyable":true,"complete":true,"configuration":{"provider_config":{"aws":` + filling, true},
		"sorted without a provider":    {`{"configuration":{"root_module":{` + filling, true},
		"sorted with checks":           {`{"checks":[{"address":{"kind":"var"}}],"configuration":{"provider_config":{`, true},
		"byte order mark":              {"\xef\xbb\xbf{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.5\",", true},
		"UTF-16":                       {wide("\ufeff{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.5\","), true},
		"state of show":                {`{"format_version":"1.0","terraform_version":"1.9.5","values":{`, true},
		"state file":                   {`{"version":4,"terraform_version":"1.9.5","serial":1,`, false},
		"validation":                   {`{"format_version":"1.0","valid":true,`, false},
		"schemas":                      {`{"format_version":"1.0","provider_schemas":{`, false},
		"messages":                     {"{\"@level\":\"info\",\"terraform\":\"1.9.5\",\"ui\":\"1.2\"}\n{\"format_version\":\"1\"}", false},
		"another's configuration":      {`{"configuration":{"colour":"red"},`, false},
		"the words in a text":          {`{"note":"\"format_version\" and \"terraform_version\"",`, false},
		"the words deeper":             {`{"plan":{"format_version":"1.2","terraform_version":"1.9.5"}}`, false},
		"a list":                       {`[{"format_version":"1.2","terraform_version":"1.9.5"}]`, false},
		"no JSON":                      {"format_version terraform_version", false},
		"nothing":                      {"", false},
		"cut too early":                {`{"format_ver`, false},
	} {
		if got := terraform.IsPlan([]byte(c.head)); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// wide is UTF-16 of characters that need two bytes at most.
func wide(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.Write([]byte{byte(r), byte(r >> 8)})
	}
	return b.String()
}
