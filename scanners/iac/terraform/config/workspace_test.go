package config_test

import (
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// Nobody knows the workspace from the code: what depends on it is decided once it is given.
func TestWorkspace(t *testing.T) {
	t.Parallel()
	const files = `
-- main.tf --
resource "a" "n" {
  count = terraform.workspace == "default" ? 0 : 2
}
resource "a" "v" { v = terraform.workspace == "default" }
-- want --
`
	expected(t, files+"addresses = a.n[*] a.v\na.n[*] [maybe] = could not be resolved; needs terraform.workspace\na.v v = could not be resolved; needs terraform.workspace\n", config.Options{Dir: "."})
	given := config.Options{Dir: ".", Variables: map[string]string{"terraform.workspace": "prod"}}
	expected(t, files+"addresses = a.n[0] a.n[1] a.v\na.v v = false\n", given)
}
