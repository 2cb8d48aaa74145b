package config_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// Inputs go down three modules and outputs come back up, through count and for_each.
func TestThreeLevels(t *testing.T) {
	t.Parallel()
	expected(t, `
-- main.tf --
module "one" {
  source = "./modules/one"
  count  = 2
  name   = "n${count.index}"
}
resource "a" "root" {
  v = [module.one[1].name, module.one[*].names["y"], values(module.one[0].ids)]
}
-- modules/one/main.tf --
variable "name" {}
module "two" {
  source   = "../two"
  for_each = toset(["x", "y"])
  name     = "${var.name}-${each.key}"
}
output "name" { value = var.name }
output "names" { value = { for k, m in module.two : k => m.name } }
output "ids" { value = { for k, m in module.two : k => m.id } }
-- modules/two/main.tf --
variable "name" {}
module "three" {
  source = "../three"
  name   = upper(var.name)
}
output "name" { value = module.three.name }
output "id" { value = module.three.id }
-- modules/three/main.tf --
variable "name" {}
resource "a" "it" {
  v = var.name
  w = path.module
}
output "name" { value = a.it.v }
output "id" { value = a.it.id }
-- want --
addresses = a.root module.one[0].module.two["x"].module.three.a.it module.one[0].module.two["y"].module.three.a.it module.one[1].module.two["x"].module.three.a.it module.one[1].module.two["y"].module.three.a.it
module.one[1].module.two["x"].module.three.a.it v = N1-X
module.one[0].module.two["y"].module.three.a.it w = modules/three
a.root v = [n1, [N0-Y, N1-Y], [ref ${module.one[0].module.two['x'].module.three.a.it.id}, ref ${module.one[0].module.two['y'].module.three.a.it.id}]]
losses = 
`, config.Options{Dir: "."})
}

func TestModules(t *testing.T) {
	t.Parallel()
	for name, archive := range map[string]string{
		"unknown count": `
-- main.tf --
variable "none" {}
module "m" {
  source = "./m"
  count  = var.none
}
resource "a" "root" { v = [try(module.m[0].o, "x"), one(module.m[*].o)] }
-- m/main.tf --
resource "a" "in" { v = 1 }
output "o" { value = "out" }
-- want --
addresses = a.root module.m[*].a.in
module.m[*].a.in v = 1
module.m[*].a.in [maybe] = could not be resolved; needs var.none
a.root v = [could not be resolved; needs var.none, could not be resolved; needs var.none]
losses = could not be resolved; needs var.none @ main.tf:2:1
`,
		"none": `
-- main.tf --
module "m" {
  source = "./m"
  count  = 0
}
resource "a" "root" { v = one(module.m[*].o) }
-- m/main.tf --
resource "a" "in" {}
output "o" { value = "out" }
-- want --
addresses = a.root
a.root v = unset
losses = 
`,
		"not on this machine": `
-- main.tf --
module "m" { source = "example/m/aws" }
module "git" { source = "git::ssh://example.org/m" }
module "empty" { source = "./empty" }
module "gone" { source = "./gone" }
resource "a" "root" { v = module.m.id }
-- empty/README.md --
nothing
-- want --
a.root v = could not be resolved (its source is not on this machine); needs module.m
losses = could not be resolved (its source is not on this machine); needs module.empty @ main.tf:3:1; could not be resolved (its source is not on this machine); needs module.git @ main.tf:2:1; could not be resolved (its source is not on this machine); needs module.gone @ main.tf:4:1; could not be resolved (its source is not on this machine); needs module.m @ main.tf:1:1
`,
		"that call themselves": `
-- main.tf --
module "m" { source = "./m" }
-- m/main.tf --
module "again" { source = "../m" }
resource "a" "in" {}
-- want --
addresses = module.m.a.in
losses = could not be resolved (the module calls itself); needs module.m.again @ m/main.tf:1:1
`,
		"outputs that are not declared": `
-- main.tf --
module "m" { source = "./m" }
resource "a" "root" { v = module.m.gone }
resource "a" "other" { v = module.n.o }
-- m/main.tf --
output "o" { value = 1 }
-- want --
a.root v = could not be resolved (the expression cannot be evaluated)
a.other v = could not be resolved (module.n is not declared)
`,
		"inputs and outputs that need each other": `
-- main.tf --
module "m" {
  source = "./m"
  in     = module.m.out
}
resource "a" "root" { v = module.m.out }
-- m/main.tf --
variable "in" {}
output "out" { value = var.in }
-- want --
a.root v = could not be resolved (output.out refers to itself)
`,
		"two that hand to each other": `
-- main.tf --
module "x" {
  source = "./m"
  in     = "v"
}
module "y" {
  source = "./m"
  in     = module.x.out
}
resource "a" "root" { v = module.y.out }
-- m/main.tf --
variable "in" {}
output "out" { value = "${var.in}+" }
-- want --
a.root v = v++
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expected(t, archive, config.Options{Dir: "."})
		})
	}
}

// path.module is relative to where Terraform runs, which is the root module.
func TestPaths(t *testing.T) {
	t.Parallel()
	out, _ := read(t, map[string]string{
		"envs/prod/main.tf": "module \"up\" { source = \"../../modules/m\" }\n", "modules/m/f.txt": "module", "modules/other.txt": "other",
		"modules/m/main.tf": "resource \"a\" \"it\" {\n v = [path.module, path.root, file(\"${path.module}/f.txt\")]\n w = try(file(\"../../modules/other.txt\"), \"outside\")\n}\n",
	}, config.Options{Dir: "envs/prod"})
	if got, want := show(out[0].Get("v")), "[../../modules/m, ., module]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := show(out[0].Get("w")), "could not be resolved (the file is outside of the root and its modules)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Regions and default tags come from the provider that a module inherits, is handed, or declares.
func TestRegions(t *testing.T) {
	t.Parallel()
	expected(t, `
-- main.tf --
variable "none" {}
variable "where" { default = "r3" }
locals { tags = { team = "t" } }
provider "aws" {
  region = "r1"
  default_tags {
    tags = merge(local.tags, { level = "1" })
  }
}
provider "aws" {
  alias  = "far"
  region = "r2"
}
provider "aws" {
  alias  = "var"
  region = var.where
}
provider "aws" {
  alias  = "dark"
  region = var.none
}
provider "aws" {
  alias = "env"
}
resource "a" "default" {}
resource "a" "text" { provider = "aws.far" }
resource "a" "var" { provider = aws.var }
resource "a" "dark" { provider = aws.dark }
resource "a" "env" { provider = aws.env }
module "inherits" { source = "./m" }
module "handed" {
  source    = "./m"
  providers = { aws = aws.far }
}
module "proxy" {
  source    = "./proxy"
  providers = { aws = aws.far, aws.near = aws.var }
}
module "own" { source = "./own" }
-- m/main.tf --
resource "a" "it" {}
module "deeper" { source = "../leaf" }
-- leaf/main.tf --
resource "a" "it" {}
-- proxy/main.tf --
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.near]
    }
  }
}
provider "aws" {}
provider "aws" { alias = "near" }
resource "a" "it" {}
resource "a" "near" { provider = aws.near }
module "deeper" {
  source    = "../leaf"
  providers = { aws = aws.near }
}
-- own/main.tf --
provider "aws" { region = "r9" }
resource "a" "it" {}
-- want --
a.default [region] = r1
a.default [tags].team = t
a.default [tags].level = 1
a.text [region] = r2
a.text [tags].team = unset
a.var [region] = r3
a.dark [region] = could not be resolved; needs var.none
a.env [region] = could not be resolved (it comes from the environment); needs region of provider aws.env
module.inherits.a.it [region] = r1
module.inherits.a.it [tags].team = t
module.inherits.module.deeper.a.it [region] = r1
module.handed.a.it [region] = r2
module.handed.module.deeper.a.it [region] = r2
module.proxy.a.it [region] = r2
module.proxy.a.near [region] = r3
module.proxy.module.deeper.a.it [region] = r3
module.own.a.it [region] = r9
losses = 
`, config.Options{Dir: "."})
}

// A chain of modules is followed as deep as anybody builds one, and no deeper.
func TestDeepModules(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	dir := ""
	for range 80 {
		files[dir+"main.tf"] = "module \"m\" { source = \"./m\" }\nresource \"a\" \"it\" {}\n"
		dir += "m/"
	}
	files[dir+"main.tf"] = "resource \"a\" \"it\" {}\n"
	out, losses := read(t, files, config.Options{Dir: "."})
	if len(out) != 51 || len(losses) != 1 || !strings.Contains(losses[0].Gap.Because, "nested too deeply") {
		t.Errorf("got %d resources and losses %v, want 51 and one", len(out), losses)
	}
}

// A module may call a provider otherwise than its caller does; of the many that a provider with for_each makes nobody follows
// which one a resource has.
func TestNamesOfProviders(t *testing.T) {
	t.Parallel()
	expected(t, `
-- main.tf --
terraform {
  required_providers {
    amazon = {
      source = "registry.terraform.io/hashicorp/aws"
    }
  }
}
provider "amazon" { region = "r1" }
provider "amazon" {
  alias  = "far"
  region = "r2"
}
provider "aws" {
  alias    = "by_region"
  for_each = toset(["r3", "r4"])
  region   = each.value
  default_tags {
    tags = { region = each.value }
  }
}
resource "a" "named" { provider = amazon.far }
resource "a" "one" { provider = aws.by_region["r3"] }
resource "a" "each" {
  for_each = toset(["r3"])
  provider = aws.by_region[each.key]
}
module "inherits" { source = "./m" }
module "handed" {
  source    = "./m"
  providers = { aws = amazon.far }
}
module "one" {
  source    = "./m"
  providers = { aws = aws.by_region["r3"] }
}
module "renamed" { source = "./renamed" }
-- m/main.tf --
resource "a" "it" {}
-- renamed/main.tf --
terraform {
  required_providers {
    own = { source = "hashicorp/aws" }
    other = "~> 1.0"
  }
}
resource "a" "it" { provider = own }
-- want --
a.named [region] = r2
a.one [region] = could not be resolved (the provider has for_each); needs region of provider aws.by_region
a.one [tags].region = could not be resolved (the provider has for_each); needs region of provider aws.by_region
a.each["r3"] [region] = could not be resolved (the provider has for_each); needs region of provider aws.by_region
module.inherits.a.it [region] = r1
module.handed.a.it [region] = r2
module.one.a.it [region] = could not be resolved (the provider has for_each); needs region of provider aws.by_region
module.renamed.a.it [region] = r1
losses = 
`, config.Options{Dir: "."})
}
