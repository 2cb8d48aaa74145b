package config_test

import (
	"testing"
	"testing/fstest"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// Later sources win: default, TF_VAR_, terraform.tfvars, terraform.tfvars.json, *.auto.tfvars by name, the command line.
func TestVariablePrecedence(t *testing.T) {
	t.Parallel()
	own := fstest.MapFS{"own.tfvars.json": {Data: []byte(`{"v": "from elsewhere"}`)}}
	layers := []struct{ name, text string }{
		{"terraform.tfvars", "v = \"plain\"\n"}, {"terraform.tfvars.json", `{"v": "plain json"}`},
		{"a.auto.tfvars", "v = \"auto a\"\n"}, {"b.auto.tfvars.json", `{"v": "auto b"}`}, {"c.auto.tfvars", "v = \"auto c\"\n"},
	}
	files := map[string]string{
		"main.tf":     "variable \"v\" { default = \"default\" }\nresource \"a\" \"it\" { v = var.v }\n",
		"prod.tfvars": "v = \"named\"\n", "sub/terraform.tfvars": "v = \"elsewhere\"\n",
	}
	env := map[string]string{"v": "environment", "undeclared": "x"}
	out, _ := read(t, files, config.Options{Dir: ".", Environment: env})
	if got := show(out[0].Get("v")); got != "environment" {
		t.Errorf("got %s, want environment", got)
	}
	for i, want := range []string{"default", "plain", "plain json", "auto a", "auto b", "auto c"} {
		if i > 0 {
			files[layers[i-1].name] = layers[i-1].text
		}
		o := config.Options{Dir: "."}
		if i > 0 {
			o.Environment = env
		}
		out, losses := read(t, files, o)
		if got := show(out[0].Get("v")); got != want || len(losses) > 0 {
			t.Errorf("with %d files: got %s and losses %v, want %s", i, got, losses, want)
		}
		o.VarFiles = []config.ValueFile{{Name: "prod.tfvars", Path: "prod.tfvars"}, {Name: "own.tfvars.json", Path: "own.tfvars.json", FS: own}}
		out, losses = read(t, files, o)
		if got := show(out[0].Get("v")); got != "from elsewhere" || len(losses) > 0 {
			t.Errorf("with %d files: got %s and losses %v, want from elsewhere", i, got, losses)
		}
		o.VarFiles = o.VarFiles[:1]
		out, _ = read(t, files, o)
		if got := show(out[0].Get("v")); got != "named" {
			t.Errorf("with %d files: got %s, want named", i, got)
		}
		o.Variables = map[string]string{"v": "asked"}
		out, _ = read(t, files, o)
		if got := show(out[0].Get("v")); got != "asked" {
			t.Errorf("with %d files: got %s, want asked", i, got)
		}
	}
	o := config.Options{Dir: ".", VarFiles: []config.ValueFile{{Name: "gone.tfvars", Path: "gone.tfvars", FS: own}}}
	out, losses := read(t, files, o)
	if got := show(out[0].Get("v")); got != "could not be resolved; needs the values in gone.tfvars" || len(losses) != 1 {
		t.Errorf("got %s and losses %v, want one of the file", got, losses)
	}
}

func TestCommandLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ typ, given, want string }{
		"text":                        {"type = string", "[1]", "[1]"},
		"no type is a text":           {"", "[1]", "[1]"},
		"any is an expression":        {"type = any", "[1, 2]", "[1, 2]"},
		"number":                      {"type = number", "7", "7"},
		"bool":                        {"type = bool", "true", "true"},
		"list":                        {"type = list(string)", `["a", "b"]`, "[a, b]"},
		"set without order":           {"type = set(string)", `["b", "a", "b"]`, "[a, b]"},
		"number that is none":         {"type = number", "many", "could not be resolved (the value given for the variable cannot be read)"},
		"list that is none":           {"type = list(string)", "[", "could not be resolved (a variable's value does not fit its type)"},
		"a reference":                 {"type = list(string)", "[var.x]", "could not be resolved (the value given for the variable cannot be read)"},
		"object without an attribute": {"type = object({ a = string })", "{}", "could not be resolved (a variable's value does not fit its type)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, _ := read(t, map[string]string{"main.tf": "variable \"v\" {\n" + c.typ + "\n}\nresource \"a\" \"it\" { v = var.v }\n"}, config.Options{Dir: ".", Variables: map[string]string{"v": c.given}})
			if got := show(out[0].Get("v")); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestInputs(t *testing.T) {
	t.Parallel()
	for name, archive := range map[string]string{
		"an unreadable file hides what it may have set": `
-- main.tf --
variable "v" { default = true }
variable "w" { default = true }
variable "x" { default = true }
resource "a" "it" { v = [var.v, var.w, var.x] }
-- terraform.tfvars --
v = false
w = = false
-- z.auto.tfvars --
w = true
-- want --
a.it v = [could not be resolved; needs the values in terraform.tfvars, true, could not be resolved; needs the values in terraform.tfvars]
`,
		"values convert to the type": `
-- main.tf --
variable "n" { type = number }
variable "b" { type = bool }
variable "m" { type = map(string) }
variable "l" { type = list(object({ a = string, b = optional(bool, true), c = optional(string) })) }
resource "a" "it" {
  v = [var.n + 1, var.b && true, var.m["k"], var.l[0].b, var.l[0].c]
}
-- terraform.tfvars --
n = "41"
b = "true"
m = { k = 5 }
l = [{ a = 1 }]
-- want --
a.it v = [42, true, 5, true, unset]
losses = 
`,
		"a default that does not fit": `
-- main.tf --
variable "v" {
  type    = list(string)
  default = "x"
}
resource "a" "it" { v = var.v }
-- want --
a.it v = could not be resolved (a variable's value does not fit its type)
`,
		"null is a value unless it may not be": `
-- main.tf --
variable "nullable" { default = "dflt" }
variable "kept" {
  default  = "dflt"
  nullable = false
}
resource "a" "it" { v = [var.nullable, var.kept] }
-- terraform.tfvars --
nullable = null
kept     = null
-- want --
a.it v = [unset, dflt]
`,
		"a type nobody knows is any": `
-- main.tf --
variable "v" {
  type    = nonsense(string)
  default = "x"
}
resource "a" "it" { v = var.v }
-- want --
a.it v = x
`,
		"unknown variables that are not declared": `
-- main.tf --
resource "a" "it" { v = 1 }
-- terraform.tfvars --
gone = 1
-- want --
a.it v = 1
losses = 
`,
		"files of values are the root's alone": `
-- main.tf --
module "m" { source = "./m" }
-- terraform.tfvars --
v = "root"
-- m/main.tf --
variable "v" { default = "dflt" }
resource "a" "it" { v = var.v }
-- m/terraform.tfvars --
v = "module"
-- want --
module.m.a.it v = dflt
`,
		"a module's input that is missing tells whose it is": `
-- main.tf --
module "m" {
  source   = "./m"
  for_each = toset(["x"])
}
-- m/main.tf --
variable "v" {}
resource "a" "it" { v = var.v }
-- want --
module.m["x"].a.it v = could not be resolved; needs module.m["x"].var.v
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expected(t, archive, config.Options{Dir: "."})
		})
	}
}
