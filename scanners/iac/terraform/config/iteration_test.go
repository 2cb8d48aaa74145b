package config_test

import (
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

func TestCountAndForEach(t *testing.T) {
	t.Parallel()
	common := `
-- main.tf --
variable "none" {}
variable "empty" { default = {} }
resource "b" "known" {}
data "d" "x" {}
resource "a" "it" {
  v = try(each.value, count.index)
  `
	for meta, want := range map[string]string{
		"":                                      "a.it",
		"count = 0":                             "",
		"count = 1":                             "a.it[0]",
		"count = 3":                             "a.it[0] a.it[1] a.it[2]",
		`count = "2"`:                           "a.it[0] a.it[1]",
		"count = true ? 1 : 0":                  "a.it[0]",
		"count = length(var.empty)":             "",
		"count = length(var.empty) > 0 ? 0 : 1": "a.it[0]",
		"count = var.none":                      "a.it[*]",
		"count = var.none ? 1 : 0":              "a.it[*]",
		"count = null":                          "a.it[*]",
		`count = "x"`:                           "a.it[*]",
		"count = 20000":                         "a.it[*]",
		"count = length(b.known.id)":            "a.it[*]",
		"count = data.d.x.n":                    "a.it[*]",
		"for_each = {}":                         "",
		"for_each = toset([])":                  "",
		`for_each = toset(["y", "x", "y"])`:     `a.it["x"] a.it["y"]`,
		"for_each = { k = 1, l = 2 }":           `a.it["k"] a.it["l"]`,
		`for_each = { "a b" = 1 }`:              `a.it["a b"]`,
		"for_each = { k = var.none }":           `a.it["k"]`,
		"for_each = { (var.none) = 1 }":         "a.it[*]",
		"for_each = var.none":                   "a.it[*]",
		"for_each = null":                       "a.it[*]",
		"for_each = toset([b.known.id])":        "a.it[*]",
		"for_each = { for k in [] : k => k }":   "",
		`for_each = { for i, k in ["p", "q"] : k => i if i > 0 }`:                   `a.it["q"]`,
		`for_each = { for k, v in { a = 1, b = 2 } : "${k}-${v}" => v }`:            `a.it["a-1"] a.it["b-2"]`,
		`for_each = toset([for p in setproduct(["a"], ["1", "2"]) : join("-", p)])`: `a.it["a-1"] a.it["a-2"]`,
		`for_each = true ? toset(["x"]) : toset([])`:                                `a.it["x"]`,
		`for_each = var.none ? toset(["x"]) : toset([])`:                            "a.it[*]",
		`for_each = a.it`:      "a.it[*]",
		"count = length(a.it)": "a.it[*]",
	} {
		t.Run(meta, func(t *testing.T) {
			t.Parallel()
			expected(t, common+meta+"\n}\n-- want --\naddresses = "+want+"\n", config.Options{Dir: "."})
		})
	}
}

func TestInstances(t *testing.T) {
	t.Parallel()
	expected(t, `
-- main.tf --
variable "none" {}
resource "a" "counted" {
  count = 2
  v     = "n-${count.index}"
}
resource "a" "each" {
  for_each = { k = { deep = ["x", "y"] }, l = { deep = [] } }
  v        = each.value.deep
  w        = each.key
}
resource "a" "set" {
  for_each = toset(["x"])
  v        = each.value == each.key
}
resource "a" "open" {
  count = var.none
  v     = "n-${count.index}"
  w     = "fixed"
}
resource "a" "chained" {
  for_each = a.each
  v        = each.value.w
  w        = each.value.id
}
resource "a" "last" { v = [a.counted[1].v, a.each["k"].w, a.counted[*].id, [for x in a.each : x.w], element(a.counted, 3).v, a.counted[7].v] }
-- want --
addresses = a.chained["k"] a.chained["l"] a.counted[0] a.counted[1] a.each["k"] a.each["l"] a.last a.open[*] a.set["x"]
a.counted[1] v = n-1
a.each["k"] v = [x, y]
a.each["l"] v = []
a.each["l"] w = l
a.set["x"] v = true
a.open[*] w = fixed
a.open[*] v = could not be resolved; needs var.none
a.open[*] [maybe] = could not be resolved; needs var.none
a.counted[0] [maybe] = certain
a.chained["l"] v = l
a.chained["l"] w = ref ${a.each['l'].id}
losses = could not be resolved; needs var.none @ main.tf:15:1
`, config.Options{Dir: "."})
}

func TestDynamicBlocks(t *testing.T) {
	t.Parallel()
	common := `
-- main.tf --
variable "none" {}
resource "b" "known" {}
resource "a" "it" {
`
	for name, c := range map[string][2]string{
		"list":       {"dynamic \"r\" {\nfor_each = [\"x\", \"y\"]\ncontent { v = \"${r.key}${r.value}\" }\n}", "a.it r = [block, block]\na.it r.v = 0x"},
		"map":        {"dynamic \"r\" {\nfor_each = { k = 1 }\ncontent { v = \"${r.key}${r.value}\" }\n}", "a.it r.v = k1"},
		"set":        {"dynamic \"r\" {\nfor_each = toset([\"x\"])\ncontent { v = \"${r.key}${r.value}\" }\n}", "a.it r.v = xx"},
		"none":       {"dynamic \"r\" {\nfor_each = []\ncontent { v = 1 }\n}", "a.it r = unset\na.it r.v = unset"},
		"null":       {"dynamic \"r\" {\nfor_each = null\ncontent { v = 1 }\n}", "a.it r = unset"},
		"iterator":   {"dynamic \"r\" {\nfor_each = [\"x\"]\niterator = i\ncontent { v = i.value }\n}", "a.it r.v = x"},
		"unknown":    {"dynamic \"r\" {\nfor_each = var.none\ncontent { v = 1 }\n}", "a.it r = [and could not be resolved; needs var.none]\na.it r.v = could not be resolved; needs var.none"},
		"one unsure": {"r { v = \"sure\" }\ndynamic \"r\" {\nfor_each = var.none\ncontent { v = 1 }\n}", "a.it r = [block, and could not be resolved; needs var.none]\na.it r.v = sure"},
		"condition":  {"dynamic \"r\" {\nfor_each = true ? [1] : []\ncontent { v = \"yes\" }\n}", "a.it r.v = yes"},
		"perhaps":    {"dynamic \"r\" {\nfor_each = var.none ? [1] : []\ncontent { v = \"yes\" }\n}", "a.it r.v = could not be resolved; needs var.none"},
		"computed":   {"dynamic \"r\" {\nfor_each = [b.known.id]\ncontent { v = r.value }\n}", "a.it r.v = ref ${b.known.id}"},
		"nested": {"dynamic \"r\" {\nfor_each = [[\"x\", \"y\"], [\"z\"]]\ncontent {\nn = length(r.value)\ndynamic \"s\" {\nfor_each = r.value\ncontent { v = \"${r.key}${s.value}\" }\n}\n}\n}",
			"a.it r = [block, block]\na.it r.n = 2\na.it r.s = [block, block]\na.it r.s.v = 0x"},
		"nested in a plain block": {"o {\ndynamic \"r\" {\nfor_each = [\"x\"]\ncontent { v = r.value }\n}\n}", "a.it o.r.v = x"},
		"with the resource's key": {"count = 1\ndynamic \"r\" {\nfor_each = [5]\ncontent { v = r.value + count.index }\n}", "a.it[0] r.v = 5"},
		"too many":                {"dynamic \"r\" {\nfor_each = setproduct(range(200), range(200))\ncontent { v = \"some\" }\n}", "a.it r.v = some\na.it s = unset"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expected(t, common+c[0]+"\n}\n-- want --\n"+c[1]+"\n", config.Options{Dir: "."})
		})
	}
}
