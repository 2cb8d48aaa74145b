package pipeline_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// setting is one attribute that decides a rule.
type setting struct {
	rule, typ, block, attr string // block: the nested block that holds the attribute
	good, bad              any
	unset                  bool   // left unset it is bad
	also                   string // other attributes, as lines
	owner                  string // the type of the asset, where the setting is split from it
}

func settings() []setting {
	rds := "identifier = \"n\"\nengine = \"postgres\""
	return []setting{
		{rule: "encryption-at-rest", typ: "aws_db_instance", attr: "storage_encrypted", good: true, bad: false, unset: true, also: rds},
		{rule: "backup-retention", typ: "aws_db_instance", attr: "backup_retention_period", good: 30, bad: 0, unset: true, also: rds},
		{rule: "public-address", typ: "aws_db_instance", attr: "publicly_accessible", good: false, bad: true, also: rds},
		{rule: "encryption-at-rest", typ: "aws_rds_cluster", attr: "storage_encrypted", good: true, bad: false, also: "engine = \"aurora-postgresql\""},
		{rule: "encryption-at-rest", typ: "aws_ebs_volume", attr: "encrypted", good: true, bad: false, unset: true, also: "size = 8"},
		{rule: "encryption-at-rest", typ: "aws_efs_file_system", attr: "encrypted", good: true, bad: false, unset: true},
		{rule: "encryption-at-rest", typ: "aws_docdb_cluster", attr: "storage_encrypted", good: true, bad: false, unset: true},
		{rule: "encryption-at-rest", typ: "aws_neptune_cluster", attr: "storage_encrypted", good: true, bad: false, unset: true},
		{rule: "encryption-in-transit", typ: "aws_elasticache_replication_group", attr: "transit_encryption_enabled", good: true, bad: false, unset: true},
		{rule: "node-to-node-encryption", typ: "aws_opensearch_domain", block: "node_to_node_encryption", attr: "enabled", good: true, bad: false, unset: true},
		{rule: "key-rotation", typ: "aws_kms_key", attr: "enable_key_rotation", good: true, bad: false, unset: true},
		{rule: "point-in-time-recovery", typ: "aws_dynamodb_table", block: "point_in_time_recovery", attr: "enabled", good: true, bad: false, unset: true, also: "name = \"n\""},
		{rule: "versioning", typ: "aws_s3_bucket_versioning", block: "versioning_configuration", attr: "status", good: "Enabled", bad: "Suspended", unset: true, owner: "aws_s3_bucket"},
	}
}

// styles are the ways in which a value reaches a resource.
func styles() []string {
	return []string{"literal", "variable", "local", "tfvars", "conditional", "count", "for_each", "module", "nested", "absent", "dynamic", "dark", "json", "override",
		"computed", "undecided"}
}

// sown is a store of the corpus: what is right of it, and where its setting stands.
type sown struct {
	address, rule, style string
	bad                  bool
	file                 string
	line                 int
}

// parityCorpus writes the same stores as code and as the plan that terraform would make of it.
type parityCorpus struct {
	random  *rand.Rand
	files   map[string][]string // lines
	changes []any
	values  map[string]any // of variables
	root    *moduleJSON
	stores  []sown
	n       int
}

type moduleJSON struct {
	Resources []any          `json:"resources,omitempty"`
	Calls     map[string]any `json:"module_calls,omitempty"`
}

type object = map[string]any

func newParityCorpus(seed uint64, stores int) *parityCorpus {
	c := &parityCorpus{random: rand.New(rand.NewPCG(seed, seed)), files: map[string][]string{}, values: object{}, root: &moduleJSON{Calls: object{}}}
	c.write("main.tf", `provider "aws" {`, `  region = "eu-central-1"`, "}", "locals {", "  on = true", "}", `resource "terraform_data" "x" {}`)
	all, ways := settings(), styles()
	for range stores {
		c.store(all[c.random.IntN(len(all))], ways[c.random.IntN(len(ways))], c.random.IntN(3) == 0)
	}
	return c
}

// write adds lines to a file and gives the number of the first.
func (c *parityCorpus) write(file string, lines ...string) int {
	at := len(c.files[file]) + 1
	c.files[file] = append(c.files[file], lines...)
	return at
}

func literal(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// store adds a store whose setting is reached in some style.
func (c *parityCorpus) store(s setting, style string, bad bool) {
	c.n++
	name, file := fmt.Sprintf("r%03d", c.n), fmt.Sprintf("stores%d.tf", c.random.IntN(4))
	v, other := s.good, s.bad
	if bad {
		v, other = other, v
	}
	in := instance{setting: s, name: name, value: v, conf: object{"constant_value": v}, expr: literal(v)}
	refers := func(expr string) { in.expr, in.conf = expr, object{"references": []string{expr}} }
	switch style {
	case "variable", "tfvars":
		def := v
		if style == "tfvars" {
			def = other
			c.write("terraform.tfvars", "v_"+name+" = "+literal(v))
		}
		c.write("variables.tf", fmt.Sprintf("variable %q {", "v_"+name), "  default = "+literal(def), "}")
		c.values["v_"+name] = object{"value": v}
		refers("var.v_" + name)
	case "undecided":
		c.write("variables.tf", fmt.Sprintf("variable %q {}", "v_"+name))
		c.values["v_"+name] = object{"value": v}
		refers("var.v_" + name)
	case "local":
		c.write("locals.tf", "locals {", "  l_"+name+" = "+literal(v), "}")
		refers("local.l_" + name)
	case "conditional":
		in.expr, in.conf = "local.on ? "+literal(v)+" : "+literal(other), object{"references": []string{"local.on"}}
	case "computed":
		refers("terraform_data.x.output")
		in.computed = true
	case "absent":
		in.absent, bad = true, s.unset
	case "module", "nested":
		c.called(in, style, bad)
		return
	case "json":
		c.inJSON(in, bad)
		return
	case "override":
		in.expr = literal(other)
		c.block(in, file, "")
		in.expr = literal(v)
		at := c.write(name+"_override.tf", fmt.Sprintf("resource %q %q {", s.typ, name))
		in.line = at + len(c.attribute(in, name+"_override.tf"))
		c.write(name+"_override.tf", "}")
		c.plan(c.root, in, "", "", nil, v)
		c.plant(in, "", "", style, bad, name+"_override.tf")
		return
	case "dynamic", "dark":
		in.dynamic = s.block != ""
		if in.dark = in.dynamic && style == "dark"; !in.dark {
			style = "dynamic"
		}
	case "count":
		in.line = c.block(in, file, "  count = 2")
		for i := range 2 {
			c.plan(c.root, in, "", fmt.Sprintf("[%d]", i), i, v)
			c.plant(in, "", fmt.Sprintf("[%d]", i), style, bad, file)
		}
		return
	case "for_each":
		refers("each.value")
		in.line = c.block(in, file, fmt.Sprintf("  for_each = { a = %s, b = %s }", literal(v), literal(other)))
		c.plan(c.root, in, "", `["a"]`, "a", v)
		c.plan(c.root, in, "", `["b"]`, "b", other)
		c.plant(in, "", `["a"]`, style, bad, file)
		c.plant(in, "", `["b"]`, style, !bad, file)
		return
	}
	in.line = c.block(in, file, "")
	c.plan(c.root, in, "", "", nil, v)
	c.plant(in, "", "", style, bad, file)
}

// called puts the store into a module, or into one that a second module calls twice.
func (c *parityCorpus) called(in instance, style string, bad bool) {
	call, kind, v := "m_"+in.name, in.typ+"_"+in.attr, in.value
	dir := "modules/" + kind
	in.name, in.expr, in.conf = "this", "var.value", object{"references": []string{"var.value"}}
	at := c.files[dir+"/main.tf"]
	if at == nil {
		c.write(dir+"/main.tf", `variable "value" {}`)
		c.block(in, dir+"/main.tf", "")
	}
	for i, line := range c.files[dir+"/main.tf"] {
		if strings.Contains(line, "var.value") {
			in.line = i + 1
		}
	}
	inner := &moduleJSON{}
	source, module := "./"+dir, any(inner)
	addresses := []string{"module." + call + "."}
	if style == "nested" {
		outer := "modules/outer_" + kind
		if c.files[outer+"/main.tf"] == nil {
			c.write(outer+"/main.tf", `variable "value" {}`, `module "inner" {`, "  count = 2", fmt.Sprintf("  source = %q", "../"+kind), "  value = var.value", "}")
		}
		source = "./" + outer
		module = &moduleJSON{Calls: object{"inner": object{"source": "../" + kind, "expressions": object{"value": in.conf}, "count_expression": object{"constant_value": 2}, "module": inner}}}
		addresses = []string{"module." + call + ".module.inner[0].", "module." + call + ".module.inner[1]."}
	}
	c.write("calls.tf", fmt.Sprintf("module %q {", call), fmt.Sprintf("  source = %q", source), "  value = "+literal(v), "}")
	c.root.Calls[call] = object{"source": source, "expressions": object{"value": object{"constant_value": v}}, "module": module}
	for i, a := range addresses {
		at := inner
		if i > 0 {
			at = &moduleJSON{} // the configuration has it once
		}
		c.plan(at, in, a, "", nil, v)
		c.plant(in, a, "", style, bad, dir+"/main.tf")
	}
}

func (c *parityCorpus) plant(in instance, module, index, style string, bad bool, file string) {
	typ := in.typ
	if in.owner != "" {
		typ = in.owner
	}
	c.stores = append(c.stores, sown{address: module + typ + "." + in.name + index, rule: in.rule, style: style, bad: bad, file: "infra/" + file, line: in.line})
}

// save writes infra/ and plan.json into a folder.
func (c *parityCorpus) save(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, b []byte) {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, lines := range c.files {
		write("infra/"+name, []byte(strings.Join(lines, "\n")+"\n"))
	}
	b, err := json.Marshal(object{"format_version": "1.2", "terraform_version": "1.9.5", "variables": c.values, "resource_changes": c.changes,
		"configuration": object{"provider_config": object{"aws": object{"name": "aws", "expressions": object{"region": object{"constant_value": "eu-central-1"}}}}, "root_module": c.root}})
	if err != nil {
		t.Fatal(err)
	}
	write("plan.json", b)
	return dir
}
