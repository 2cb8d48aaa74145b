package config_test

import (
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// Override files change what others declare: attribute by attribute, and all nested blocks of a type at once.
func TestOverrides(t *testing.T) {
	t.Parallel()
	for name, archive := range map[string]string{
		"attributes": `
-- main.tf --
resource "a" "it" {
  v = "base"
  w = "kept"
}
-- override.tf --
resource "a" "it" { v = "over" }
-- want --
addresses = a.it
a.it v = over
a.it w = kept
losses = 
`,
		"in the order of names": `
-- main.tf --
resource "a" "it" { v = "base" }
-- b_override.tf --
resource "a" "it" { v = "second" }
-- a_override.tf --
resource "a" "it" { v = "first" }
-- want --
a.it v = second
`,
		"nested blocks": `
-- main.tf --
resource "a" "it" {
  rule { v = "one" }
  rule { v = "two" }
  other { v = "kept" }
}
-- override.tf --
resource "a" "it" {
  rule { v = "over" }
}
-- want --
a.it rule = [block]
a.it rule.v = over
a.it other.v = kept
`,
		"a dynamic block instead of blocks": `
-- main.tf --
resource "a" "it" {
  rule { v = "one" }
}
-- override.tf --
resource "a" "it" {
  dynamic "rule" {
    for_each = ["x", "y"]
    content { v = rule.value }
  }
}
-- want --
a.it rule = [block, block]
a.it rule.v = x
`,
		"blocks of JSON instead of blocks": `
-- main.tf --
resource "a" "it" {
  rule { v = "one" }
}
-- override.tf.json --
{"resource": {"a": {"it": {"rule": {"v": "over"}}}}}
-- want --
a.it rule.v = over
`,
		"blocks instead of those of JSON": `
-- main.tf.json --
{"resource": {"a": {"it": {"rule": {"v": "one"}}}}}
-- override.tf --
resource "a" "it" {
  rule { v = "over" }
}
-- want --
a.it rule = [block]
a.it rule.v = over
`,
		"for_each beside count, which wins as in Terraform": `
-- main.tf --
resource "a" "it" { count = 2 }
-- override.tf --
resource "a" "it" { for_each = toset(["x"]) }
-- want --
addresses = a.it[0] a.it[1]
`,
		"count over for_each": `
-- main.tf --
resource "a" "it" { for_each = toset(["x"]) }
-- override.tf --
resource "a" "it" { count = 1 }
-- want --
addresses = a.it[0]
`,
		"providers": `
-- main.tf --
provider "aws" {
  region  = "r1"
  default_tags {
    tags = { team = "t" }
  }
}
provider "aws" {
  alias  = "far"
  region = "r2"
}
resource "a" "near" {}
resource "a" "far" { provider = aws.far }
-- override.tf --
provider "aws" { region = "r3" }
provider "aws" {
  alias  = "far"
  region = "r4"
}
-- want --
a.near [region] = r3
a.near [tags].team = t
a.far [region] = r4
`,
		"variables, locals and outputs": `
-- main.tf --
variable "x" {
  type    = number
  default = 1
}
locals {
  l = "base"
  k = "kept"
}
module "m" { source = "./m" }
resource "a" "it" { v = [var.x, local.l, local.k, module.m.o] }
-- override.tf --
variable "x" { default = 2 }
locals { l = "over" }
-- m/main.tf --
output "o" { value = "base" }
-- m/o_override.tf --
output "o" { value = "over" }
-- want --
a.it v = [2, over, kept, over]
`,
		"modules": `
-- main.tf --
module "m" {
  source = "./one"
  in     = "base"
  and    = "kept"
}
-- override.tf --
module "m" {
  source = "./two"
  in     = "over"
}
-- one/main.tf --
resource "a" "one" {}
-- two/main.tf --
variable "in" {}
variable "and" {}
resource "a" "two" { v = "${var.in}-${var.and}" }
-- want --
addresses = module.m.a.two
module.m.a.two v = over-kept
`,
		"data sources": `
-- main.tf --
data "aws_region" "r" { region = "one" }
resource "a" "it" { v = data.aws_region.r.region }
-- override.tf --
data "aws_region" "r" { region = "two" }
-- want --
losses = 
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expected(t, archive, config.Options{Dir: "."})
		})
	}
}

// A .tofu file stands for the .tf file of the same name, in each of the forms.
func TestTofuFiles(t *testing.T) {
	t.Parallel()
	expected(t, `
-- main.tf --
resource "a" "terraform" {}
-- main.tofu --
resource "a" "opentofu" { v = "base" }
-- only.tofu --
resource "a" "only" {}
-- data.tf.json --
{"resource": {"a": {"json": {}}}}
-- data.tofu.json --
{"resource": {"a": {"tofu_json": {}}}}
-- x_override.tf --
resource "a" "opentofu" { v = "not read" }
-- x_override.tofu --
resource "a" "opentofu" { v = "over" }
-- .hidden.tf --
resource "a" "hidden" {}
-- main.tf~ --
resource "a" "backup" {}
-- main.tf.bak --
resource "a" "backup2" {}
-- want --
addresses = a.only a.opentofu a.tofu_json
a.opentofu v = over
losses = 
`, config.Options{Dir: "."})
}

func TestTwice(t *testing.T) {
	t.Parallel()
	expected(t, `
-- a.tf --
resource "a" "it" { v = "first" }
-- b.tf --
resource "a" "it" { v = "second" }
-- want --
a.it v = first
losses = could not be read (a second resource of the same type and name) @ b.tf:1:1
`, config.Options{Dir: "."})
}

func TestMovedAndRemoved(t *testing.T) {
	t.Parallel()
	expected(t, `
-- main.tf --
resource "a" "new" {}
moved {
  from = a.old
  to   = a.new
}
removed {
  from = a.gone
  lifecycle { destroy = false }
}
import {
  to = a.new
  id = "x"
}
check "c" {
  assert {
    condition     = a.new.id != ""
    error_message = "none"
  }
}
-- want --
addresses = a.new
losses = 
`, config.Options{Dir: "."})
}
