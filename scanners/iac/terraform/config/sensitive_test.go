package config_test

import (
	"fmt"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// What is marked as sensitive is told of no further than as a switch or a number of days.
func TestSensitive(t *testing.T) {
	t.Parallel()
	secret := "hunter2" + "hunter2"
	common := `
variable "text" {
  sensitive = true
  default   = "` + secret + `"
}
variable "given" { sensitive = true }
variable "filed" { sensitive = true }
variable "on" {
  sensitive = true
  default   = true
}
variable "days" {
  sensitive = true
  default   = 7
}
variable "all" {
  sensitive = true
  default   = { ` + secret + ` = "x" }
}
variable "list" {
  sensitive = true
  default   = ["` + secret + `"]
}
locals { made = "a-${var.text}" }
module "m" { source = "./m" }
resource "r" "d" { password = "` + secret + `" }
`
	const gap = "was left out on request (it is marked as sensitive)"
	for expr, want := range map[string]string{
		`var.text`: gap, `var.given`: gap, `var.filed`: gap, `local.made`: gap, `upper(var.text)`: gap, `sensitive("` + secret + `")`: gap,
		`jsonencode({ a = var.text })`: gap, `{ a = "x", b = var.text }.b`: gap, `[var.text, "x"]`: "[" + gap + ", x]", `var.all`: gap, `var.list`: gap,
		`keys(var.all)`: gap, `var.list[0]`: gap, `toset([var.text])`: gap, `[for x in var.list : x]`: gap, `module.m.out`: gap, `module.m.in`: gap,
		`r.d.password`: gap, `base64encode(var.text)`: gap, `var.on ? "` + secret + `" : "y"`: gap, `try(var.text, "x")`: gap, `coalesce(var.text, "x")`: gap,
		`lookup({ a = var.text }, "a", "x")`: gap, `templatestring("$${x}", { x = var.text })`: gap, `var.none`: "could not be resolved (var.none is not declared)",
		`var.on`: "true", `!var.on`: "false", `var.text == "x"`: "false", `length(var.text) > 3`: "true", `nonsensitive(upper(sensitive("x")))`: "X", `[1, "x"]`: "[1, x]",
		`tonumber("x${var.on}")`: "could not be resolved (the expression cannot be evaluated)",
	} {
		t.Run(expr, func(t *testing.T) {
			t.Parallel()
			out, losses := read(t, map[string]string{"main.tf": common, "terraform.tfvars": "filed = \"" + secret + "\"\n",
				"m/main.tf": "output \"out\" {\n value = \"" + secret + "\"\n sensitive = true\n}\nvariable \"v\" {\n default = \"" + secret + "\"\n sensitive = true\n}\noutput \"in\" { value = var.v }\n",
				"a.tf":      "resource \"a\" \"it\" {\n v = " + expr + "\n dynamic \"b\" {\n  for_each = var.list\n  content { v = b.value }\n }\n}\n"},
				config.Options{Dir: ".", Variables: map[string]string{"given": secret}})
			if len(out) != 1 {
				t.Fatalf("got %d resources, want one", len(out))
			}
			if got := show(out[0].Get("v")); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if got := show(out[0].Get("b", "v")); got != gap {
				t.Errorf("got %s of a dynamic block, want %s", got, gap)
			}
			if text := dump(out[0].Block.Attrs) + fmt.Sprint(losses); strings.Contains(strings.ToLower(text), secret) {
				t.Error("got the text in what was read")
			}
		})
	}
	t.Run("number", func(t *testing.T) {
		t.Parallel()
		out, _ := read(t, map[string]string{"main.tf": common, "m/main.tf": "", "a.tf": "resource \"a\" \"it\" { v = var.days }\n"}, config.Options{Dir: "."})
		v := out[0].Get("v")
		if n, ok := v.Number(); !ok || n != 7 {
			t.Errorf("got %d, %v; want the number of days", n, ok)
		}
		if s, g := v.Text(probity.Fact[string]{}).Value(); g == nil || g.Reason != probity.Filtered {
			t.Errorf("got text %v, want it left out", s)
		}
	})
	t.Run("keys", func(t *testing.T) {
		t.Parallel()
		out, _ := read(t, map[string]string{"main.tf": common, "m/main.tf": "", "a.tf": "resource \"a\" \"it\" {\n for_each = toset(var.list)\n}\n"}, config.Options{Dir: "."})
		if len(out) != 1 || out[0].Addr != "a.it[*]" {
			t.Errorf("got %d resources, want one that stands for all", len(out))
		}
	})
}

func dump(attrs map[string]resource.Value) string {
	text := ""
	for name, v := range attrs {
		text += name + "=" + show(v) + ";"
		if b, ok := v.Data.(*resource.Block); ok {
			text += dump(b.Attrs)
		}
	}
	return text
}
