package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

func TestExpressions(t *testing.T) {
	t.Parallel()
	common := `
variable "none" {}
variable "m" { default = { x = { n = 1, l = ["p", "q"] }, y = { n = 2, l = [] } } }
locals {
  a = local.b
  b = local.c
  c = { id = b.known.id, k = "v" }
  all = concat([local.c.id], [for k in ["s", "t"] : "${local.c.k}-${k}"])
  conf = yamldecode("a: {b: [1, two]}")
}
resource "b" "known" {
  name = "n"
  r { s = "in a block" }
  dynamic "t" {
    for_each = ["x"]
    content { s = t.value }
  }
}
resource "b" "list" {
  count = 2
  name  = "n${count.index}"
}
`
	for expr, want := range map[string]string{
		`local.a.id`:                            "ref ${b.known.id}",
		`local.a.k`:                             "v",
		`local.all`:                             "[ref ${b.known.id}, v-s, v-t]",
		`local.conf.a.b[1]`:                     "two",
		`[for k, v in var.m : "${k}${v.n}"]`:    "[x1, y2]",
		`{ for k, v in var.m : k => v.n }["y"]`: "2",
		`{ for k, v in var.m : v.n % 2 == 0 ? "even" : "odd" => k... }["odd"]`:  "[x]",
		`[for k, v in var.m : k if length(v.l) > 0]`:                            "[x]",
		`[for v in var.m : [for l in v.l : upper(l)]]`:                          "[[P, Q], []]",
		`flatten([for k, v in var.m : [for l in v.l : { k = k, l = l }]])[1].l`: "q",
		`var.m[*].x`:                             "[block]",
		`values(var.m)[*].n`:                     "[1, 2]",
		`var.m.x.l[*]`:                           "[p, q]",
		`null[*]`:                                "[]",
		`"x"[*]`:                                 "[x]",
		`b.list.*.name`:                          "[n0, n1]",
		`b.list[*].id`:                           "[ref ${b.list[0].id}, ref ${b.list[1].id}]",
		`b.list["1"].name`:                       "n1",
		`b.known.r`:                              "is known only after apply (b.known.r)",
		`b.known.r[0].s`:                         "is known only after apply (b.known.r)",
		`b.known["name"]`:                        "n",
		`resource.b.known.name`:                  "n",
		`var.none ? 1 : 1`:                       "1",
		`var.none == null ? "a" : "b"`:           "could not be resolved; needs var.none",
		`false && var.none`:                      "false",
		`[var.none, "x"]`:                        "[could not be resolved; needs var.none, x]",
		`length([var.none, "x"])`:                "2",
		`{ a = var.none, b = "x" }.b`:            "x",
		`merge({ a = var.none }, { b = 1 }).b`:   "1",
		`merge(var.none, { b = 1 }).b`:           "could not be resolved; needs var.none",
		`[for x in [var.none, "y"] : x]`:         "[could not be resolved; needs var.none, y]",
		`[for x in var.none : x]`:                "could not be resolved; needs var.none",
		`try(var.gone, "x")`:                     "could not be resolved (var.gone is not declared)",
		`try(var.m.z.n, "x")`:                    "x",
		`can(var.m.z)`:                           "false",
		`coalesce(null, "", "x")`:                "x",
		`lookup(var.m.x, "n", 9)`:                "1",
		`-1`:                                     "-1",
		`1 / 0`:                                  "could not be resolved (the number is too large)",
		`"${1}${true}${"x"}"`:                    "1truex",
		`"%{if true}yes%{else}no%{endif}"`:       "yes",
		`"%{for k in ["a", "b"]}${k};%{endfor}"`: "a;b;",
		`"%{if var.none}yes%{endif}"`:            "could not be resolved; needs var.none",
		`"$${x}%%{y}"`:                           "${x}%{y}",
		"<<EOT\nline ${1 + 1}\n  two\nEOT\n":     "line 2\n  two\n",
		"<<-EOT\n    a\n      b\n    EOT\n":      "a\n  b\n",
		"<<EOT\n%{ for k in [\"a\", \"b\"] ~}\n- ${k}\n%{ endfor ~}\nEOT\n":        "- a\n- b\n",
		"<<EOT\n${b.known.arn}/*\nEOT\n":                                           "text ${b.known.arn}/*\n",
		`templatefile("t.tpl", { who = b.known.arn, all = ["x", "y"] })`:           "text arn=${b.known.arn} x y ",
		`templatefile("t.tpl", { who = var.none, all = [] })`:                      "could not be resolved; needs var.none",
		`templatefile("gone.tpl", {})`:                                             "could not be resolved (the expression cannot be evaluated)",
		`templatefile("self.tpl", {})`:                                             "could not be resolved (the expression cannot be evaluated)",
		`jsondecode(jsonencode({ a = [1, { b = "x" }] })).a[1].b`:                  "x",
		`yamlencode({ a = b.known.id })`:                                           "text \"a\": \"${b.known.id}\"\n",
		`base64gzip("x")`:                                                          "could not be resolved; needs function base64gzip",
		`[issensitive("x"), issensitive(sensitive("x")), issensitive(b.known.id)]`: "[false, true, is known only after apply (b.known.id)]",
		`timestamp()`:                      "is known only after apply (timestamp)",
		`uuid()`:                           "is known only after apply (uuid)",
		`rsadecrypt("x", "y")`:             "could not be resolved; needs function rsadecrypt",
		`fileset(".", "*.tf")`:             "[a.tf, main.tf]",
		`fileset(path.module, "**/*.tpl")`: "[self.tpl, t.tpl]",
		`length(fileset(".", "none/*"))`:   "0",
		`fileset("..", "*")`:               "could not be resolved (the file is outside of the root and its modules)",
		`abspath("x")`:                     "could not be resolved; needs function abspath",
		`provider::x::f(1)`:                "could not be resolved; needs function provider::x::f",
		`core::upper("x")`:                 "X",
	} {
		t.Run(expr, func(t *testing.T) {
			t.Parallel()
			out, losses := read(t, map[string]string{"main.tf": common, "a.tf": "resource \"a\" \"it\" {\n v = " + expr + "\n}\n",
				"t.tpl": "arn=${who} %{for a in all}${a} %{endfor}", "self.tpl": `${templatefile("self.tpl", {})}`}, config.Options{Dir: "."})
			if len(out) != 1 || len(losses) > 0 {
				t.Fatalf("got %d resources and losses %v, want one and none", len(out), losses)
			}
			if got := show(out[0].Get("v")); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// A chain of locals is followed as far as people write them, in whatever order they stand.
func TestLocals(t *testing.T) {
	t.Parallel()
	chain := func(n int) string {
		var b strings.Builder
		b.WriteString("locals {\n l0 = \"end\"\n")
		for i := 1; i <= n; i++ {
			fmt.Fprintf(&b, " l%d = local.l%d\n", i, i-1)
		}
		fmt.Fprintf(&b, "}\nresource \"a\" \"it\" { v = local.l%d }\n", n)
		return b.String()
	}
	for _, c := range []struct {
		n    int
		want string
	}{{1, "end"}, {200, "end"}, {5000, "could not be resolved (values refer to each other too deeply)"}} {
		out, _ := read(t, map[string]string{"main.tf": chain(c.n)}, config.Options{Dir: "."})
		if got := show(out[0].Get("v")); got != c.want {
			t.Errorf("%d locals: got %s, want %s", c.n, got, c.want)
		}
	}
	expected(t, `
-- main.tf --
locals {
  self  = local.self
  one   = local.two
  two   = local.three
  three = { a = local.one, b = "kept" }
  half  = [local.half, "x"]
}
resource "a" "it" {
  v = [local.self, local.one, local.three.b]
  w = local.half
  x = a.it.x
  y = [a.other.y, a.other.w]
}
resource "a" "other" {
  y = a.it.y
  w = "w"
}
-- want --
a.it v = [could not be resolved (local.self refers to itself), block, kept]
a.it w = [could not be resolved (local.half refers to itself), x]
a.it x = could not be resolved (a.it.x refers to itself)
`, config.Options{Dir: "."})
}
