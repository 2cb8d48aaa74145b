package config_test

import (
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// The workspace is the one that was asked for, else the one that terraform keeps beside the code, else the default one.
func TestWorkspace(t *testing.T) {
	t.Parallel()
	const files = `
-- main.tf --
resource "a" "n" {
  count = terraform.workspace == "default" ? 0 : 2
}
resource "a" "v" { v = terraform.workspace }
`
	selected := files + "-- .terraform/environment --\nstaging\n"
	const many = "-- want --\naddresses = a.n[0] a.n[1] a.v\na.v v = "
	expected(t, files+"-- want --\naddresses = a.v\na.v v = default\n", config.Options{Dir: "."})
	expected(t, selected+many+"staging\n", config.Options{Dir: "."})
	expected(t, selected+many+"prod\n", config.Options{Dir: ".", Workspace: "prod"})
}
