package config_test

import (
	"strings"
	"testing"
	"testing/fstest"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// read evaluates main.tf and gives what the only resource says of an attribute.
func read(t *testing.T, files map[string]string, o config.Options) ([]*resource.Resource, []resource.Loss) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	o.Types = []string{"a"}
	out, losses, err := config.Read(t.Context(), fsys, o)
	if err != nil {
		t.Fatal(err)
	}
	return out, losses
}

// show is a value in a few words.
func show(v resource.Value) string {
	switch d := v.Data.(type) {
	case nil:
		return "unset"
	case resource.Ref:
		return "ref " + d.Text()
	case resource.Template:
		return "text " + d.Text
	case resource.Unknown:
		return d.Gap.String()
	case resource.List:
		var parts []string
		for _, i := range d.Items {
			parts = append(parts, show(i))
		}
		if d.Rest != nil {
			parts = append(parts, "and "+d.Rest.String())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case *resource.Block:
		return "block"
	}
	s, _ := v.Text(probity.Fact[string]{}).Get()
	if b, ok := v.Data.(bool); ok && b {
		return "true"
	} else if ok {
		return "false"
	}
	return s
}

func TestValues(t *testing.T) {
	t.Parallel()
	common := `
variable "given" { default = "dflt" }
variable "typed" {
  type    = object({ n = optional(number, 3), s = string })
  default = { s = "x" }
}
variable "none" {}
variable "notnull" {
  nullable = false
  default  = "kept"
}
locals {
  loop = local.back
  back = local.loop
  ids  = { for k in ["p", "q"] : k => a.other.id }
}
data "d" "x" { name = "n" }
resource "b" "many" { for_each = toset(["p", "q"]) }
resource "b" "two" { count = 2 }
resource "b" "none" { count = 0 }
resource "b" "dark" { count = var.none }
resource "b" "named" { name = "set" }
`
	for expr, want := range map[string]string{
		`"x"`: "x", `1 + 2`: "3", `null`: "unset", `true && false`: "false", `[1, "a"]`: "[1, a]", `{ a = 1 }`: "block",
		`var.given`: "dflt", `var.typed.n`: "3", `var.notnull`: "kept",
		`var.none`:                      "could not be resolved; needs var.none",
		`"${var.none}-x"`:               "could not be resolved; needs var.none",
		`var.gone`:                      "could not be resolved (var.gone is not declared)",
		`local.loop`:                    "could not be resolved (local.loop refers to itself)",
		`each.key`:                      "could not be resolved (each is used without it)",
		`nosuch("x")`:                   "could not be resolved; needs function nosuch",
		`b.named.name`:                  "set",
		`b.named.id`:                    "ref ${b.named.id}",
		`"${b.named.id}"`:               "ref ${b.named.id}",
		`"${b.named.id}/x"`:             "text ${b.named.id}/x",
		`upper(b.named.id)`:             "is known only after apply (b.named.id)",
		`b.named.id == "x"`:             "is known only after apply (b.named.id)",
		`b.named.size`:                  "is known only after apply (b.named.size)",
		`b.many["p"].id`:                "ref ${b.many['p'].id}",
		`values(b.many)[*].id`:          "[ref ${b.many['p'].id}, ref ${b.many['q'].id}]",
		`b.two[*].id`:                   "[ref ${b.two[0].id}, ref ${b.two[1].id}]",
		`one(b.none[*].id)`:             "unset",
		`try(b.none[0].id, "")`:         "",
		`b.dark[0].id`:                  "could not be resolved; needs var.none",
		`length(b.two)`:                 "2",
		`keys(b.many)`:                  "[p, q]",
		`toset([b.named.id])`:           "[ref ${b.named.id}]",
		`data.d.x.id`:                   "ref ${data.d.x.id}",
		`data.d.x.value`:                "could not be resolved; needs data.d.x",
		`data.d.x.name`:                 "n",
		`terraform.workspace`:           "default",
		`path.module`:                   ".",
		`true ? "a" : var.none`:         "a",
		`var.none ? "a" : "b"`:          "could not be resolved; needs var.none",
		`var.none ? 7 : 7`:              "7",
		`(var.none ? true : true)`:      "true",
		`b.named.id == "x" ? "a" : "a"`: "a",
		`var.none ? [1] : [1]`:          "[1]",
		`var.none ? 7 : 8`:              "could not be resolved; needs var.none",
		`jsonencode([b.many["p"].arn])`: `text ["${b.many['p'].arn}"]`,
	} {
		t.Run(expr, func(t *testing.T) {
			t.Parallel()
			out, losses := read(t, map[string]string{"main.tf": common, "a.tf": "resource \"a\" \"it\" {\n v = " + expr + "\n}\n"}, config.Options{Dir: "."})
			if len(out) != 1 || len(losses) > 0 {
				t.Fatalf("got %d resources and losses %v, want one and none", len(out), losses)
			}
			if got := show(out[0].Get("v")); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestVariablesFromOutside(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"main.tf":          "variable \"s\" {\n type = string\n}\nvariable \"l\" {\n type = list(number)\n}\nvariable \"f\" {\n default = 0\n}\nresource \"a\" \"it\" {\n v = [var.s, var.l[1], var.f]\n}\n",
		"terraform.tfvars": "f = 1\ns = \"file\"\n", "b.auto.tfvars": "f = 2\n", "c.auto.tfvars.json": `{"f": 3}`,
	}
	out, _ := read(t, files, config.Options{Dir: ".", Variables: map[string]string{"s": "[1]", "l": "[4, 5]"}})
	if got, want := show(out[0].Get("v")), "[[1], 5, 3]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Columns count UTF-16 units, as reports need them, in either syntax.
func TestColumns(t *testing.T) {
	t.Parallel()
	out, _ := read(t, map[string]string{"main.tf": "resource \"a\" \"it\" { /* é😀 */ v = 1 }\n"}, config.Options{Dir: "."})
	if got, want := out[0].Get("v").At.String(), "main.tf:1:31"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestProviders(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"main.tf": `
provider "aws" { region = "r1" }
provider "aws" {
  alias  = "far"
  region = "r2"
}
resource "a" "one" {}
resource "a" "two" { provider = aws.far }
module "m" {
  source    = "./m"
  providers = { aws = aws.far, aws.near = aws }
}
`,
		"m/main.tf": "resource \"a\" \"three\" {}\nresource \"a\" \"four\" {\n provider = aws.near\n}\nresource \"a\" \"five\" {\n provider = aws.gone\n}\n",
	}
	out, _ := read(t, files, config.Options{Dir: "."})
	got := map[string]string{}
	for _, r := range out {
		got[r.Addr] = show(r.Provider.Region)
	}
	for addr, want := range map[string]string{"a.one": "r1", "a.two": "r2", "module.m.a.three": "r2", "module.m.a.four": "r1",
		"module.m.a.five": "could not be resolved (it comes from the environment); needs region of provider aws.gone"} {
		if got[addr] != want {
			t.Errorf("%s: got %q, want %q", addr, got[addr], want)
		}
	}
}
