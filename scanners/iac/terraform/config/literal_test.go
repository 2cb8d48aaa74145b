package config_test

import (
	"testing"

	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// A password stands in the code or does not, or nobody can tell.
func TestSecretInCode(t *testing.T) {
	t.Parallel()
	pw := "hunter2" + "hunter2"
	common := `
variable "none" {}
variable "set" { default = "` + pw + `" }
variable "empty" { default = "" }
variable "null" { default = null }
variable "given" {}
variable "filed" {}
variable "object" { default = { pw = "` + pw + `", n = "" } }
locals {
  lit   = "` + pw + `"
  far   = local.lit
  loop  = local.back
  back  = local.loop
  map   = { pw = "` + pw + `", ref = r.p.result, names = { a = "x" } }
}
resource "r" "p" { length = 16 }
resource "r" "v" {
  count         = 1
  secret_string = "` + pw + `"
}
data "d" "s" { name = "` + pw + `" }
ephemeral "e" "s" {}
module "m" {
  source = "./m"
  in     = "` + pw + `"
}
module "gone" { source = "example/gone" }
`
	files := map[string]string{"main.tf": common, "terraform.tfvars": "filed = \"" + pw + "\"\n", "s.yaml": "pw: " + pw + "\n", "s.txt": pw,
		"m/main.tf": "variable \"in\" {}\noutput \"lit\" {\n value = var.in\n}\noutput \"ref\" {\n value = r.x.result\n}\nresource \"r\" \"x\" {}\n"}
	for expr, want := range map[string]string{
		`"` + pw + `"`: "true", `12345678`: "true", `""`: "false", `null`: "unset",
		`var.none`: "false", `var.set`: "true", `var.empty`: "false", `var.null`: "unset", `var.given`: "false", `var.filed`: "true",
		`var.object.pw`: "true", `var.object["pw"]`: "true", `var.object.n`: "false", `var.gone`: "gap",
		`local.lit`: "true", `local.far`: "true", `local.loop`: "gap", `local.map.pw`: "true", `local.map.ref`: "false", `local.map["ref"]`: "false",
		`r.p.result`: "false", `r.v[0].secret_string`: "true", `resource.r.p.result`: "false", `one(r.v[*].id)`: "gap",
		`data.d.s.value`: "false", `jsondecode(data.d.s.value)["password"]`: "false", `ephemeral.e.s.value`: "false",
		`module.m.lit`: "true", `module.m.ref`: "false", `module.gone.x`: "gap", `module.m.none`: "gap",
		`yamldecode(file("s.yaml")).pw`: "true", `file("s.txt")`: "true", `trimspace(file("gone.txt"))`: "gap", `file(var.none)`: "gap",
		`provider::x::f("` + pw + `")`: "true", `provider::x::f(r.p.result, "k")`: "false", `sensitive("` + pw + `")`: "true",
		`coalesce(var.none, "` + pw + `")`: "true", `try(data.d.s.value, "` + pw + `")`: "true", `lookup(local.map, "ref", null)`: "true",
		`substr(r.p.result, 0, 8)`: "false", `format("%s-x", r.p.result)`: "false", `join("-", [r.p.result, r.p.id])`: "false",
		`"pre-${r.p.result}"`: "false", `"${var.set}"`: "true", `"${var.set}x"`: "true", `base64encode("` + pw + `")`: "true", `uuid()`: "false",
		`var.none == "x" ? "` + pw + `" : r.p.result`: "true", `[for x in ["` + pw + `"] : x][0]`: "true", `random.x.y`: "gap", `1 + 2`: "true",
	} {
		t.Run(expr, func(t *testing.T) {
			t.Parallel()
			mine := map[string]string{"a.tf": "resource \"a\" \"it\" {\n password = " + expr + "\n}\n"}
			for n, text := range files {
				mine[n] = text
			}
			out, _ := read(t, mine, config.Options{Dir: ".", Variables: map[string]string{"given": pw}})
			if len(out) != 1 {
				t.Fatalf("got %d resources, want one", len(out))
			}
			got := "gap"
			switch d := out[0].Get("password").Data.(type) {
			case nil:
				got = "unset"
			case resource.Secret:
				got = map[bool]string{true: "true", false: "false"}[d.Literal]
			}
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// What stands in the code twice is followed once.
func TestSecretDoubled(t *testing.T) {
	t.Parallel()
	text := "locals {\n x0 = r.p.result\n"
	for i := 1; i < 80; i++ {
		n, m := string(rune('0'+i/10))+string(rune('0'+i%10)), string(rune('0'+(i-1)/10))+string(rune('0'+(i-1)%10))
		if i == 1 {
			m = "0"
		}
		text += " x" + n + " = \"${local.x" + m + "}${local.x" + m + "}\"\n"
	}
	text += "}\nresource \"r\" \"p\" {}\nresource \"a\" \"it\" {\n password_wo = local.x79\n}\n"
	out, _ := read(t, map[string]string{"main.tf": text}, config.Options{Dir: "."})
	if got, want := out[0].Get("password_wo").Data, (resource.Secret{}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// What for_each hands on comes from where its elements come from.
func TestSecretOfEach(t *testing.T) {
	t.Parallel()
	pw := "hunter2" + "hunter2"
	for each, want := range map[string]bool{
		`{ k = { user = "x", pw = "` + pw + `" } }`: true, `{ k = { user = "x", pw = var.given } }`: false, `{ k = { user = "x", pw = r.p.result } }`: false,
		`local.all`: true, `var.all`: false,
	} {
		out, _ := read(t, map[string]string{"main.tf": "variable \"given\" {}\nvariable \"all\" {\n type = map(map(string))\n}\nlocals {\n all = { k = { pw = \"" + pw + "\" } }\n}\nresource \"r\" \"p\" {}\n" +
			"resource \"a\" \"it\" {\n for_each = " + each + "\n password = each.value.pw\n}\n"},
			config.Options{Dir: ".", Variables: map[string]string{"given": pw, "all": `{ k = { pw = "` + pw + `" } }`}})
		if got := out[0].Get("password").Data; got != (resource.Secret{Literal: want}) {
			t.Errorf("%s: got %v, want literal %v", each, got, want)
		}
	}
}
