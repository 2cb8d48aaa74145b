package plan_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/plan"
)

// made is a plan of one resource in a module, whose only configured attribute is the expression.
func made(attr, after, expression string) string {
	pw := "hunter2" + "hunter2"
	return `{"format_version":"1.2","terraform_version":"1.9.5",
"variables":{"none":{"value":"` + pw + `"},"default":{"value":"` + pw + `"},"other":{"value":"x"},"empty":{"value":""}},
"resource_changes":[{"address":"module.m.t.r","module_address":"module.m","mode":"managed","type":"t","name":"r","change":{"actions":["create"],"after":{"` + attr + `":` + after + `},"after_unknown":{}}}],
"configuration":{"root_module":{"variables":{"none":{},"default":{"default":"` + pw + `"},"other":{"default":"` + pw + `"},"empty":{"default":""}},
"module_calls":{"m":{"source":"./m","expressions":{"lit":{"constant_value":"` + pw + `"},"far":{"references":["var.default"]},"given":{"references":["var.none"]},"own":{"references":["var.other"]},"void":{"references":["var.empty"]},"local":{"references":["local.x"]}},
"module":{"variables":{"lit":{},"far":{},"given":{},"own":{},"void":{},"local":{},"left":{"default":"` + pw + `"}},
"outputs":{},"module_calls":{"n":{"source":"./n","module":{"outputs":{"lit":{"expression":{"constant_value":"` + pw + `"}},"ref":{"expression":{"references":["random_password.r.result","random_password.r"]}}}}}},
"resources":[{"address":"t.r","mode":"managed","type":"t","name":"r","provider_config_key":"module.m:aws","expressions":{"` + attr + `":` + expression + `}},
{"address":"t.s","mode":"managed","type":"t","name":"s","expressions":{"secret_string":{"constant_value":"` + pw + `"}}}]}}}}}}`
}

func TestSecretInPlan(t *testing.T) {
	t.Parallel()
	refs := func(names ...string) string { return `{"references":["` + strings.Join(names, `","`) + `"]}` }
	for name, c := range map[string]struct{ attr, after, expression, want string }{
		"literal":             {"password", `"x"`, `{"constant_value":"x"}`, "true"},
		"number":              {"password", `"12345678"`, `{"constant_value":12345678}`, "true"},
		"empty":               {"password", `""`, `{"constant_value":""}`, "false"},
		"null":                {"password", `null`, `{"constant_value":null}`, "unset"},
		"not configured":      {"other", `"x"`, `{"constant_value":"x"}`, "unset"},
		"local":               {"password", `"x"`, refs("local.pw"), "gap"},
		"each":                {"password", `"x"`, refs("each.value"), "gap"},
		"functions":           {"password", `"x"`, `{}`, "gap"},
		"resource":            {"password", `"x"`, refs("random_password.r.result", "random_password.r"), "false"},
		"secret of unread":    {"password", `"x"`, refs("aws_secretsmanager_secret_version.v.secret_string", "aws_secretsmanager_secret_version.v"), "gap"},
		"secret of read":      {"password", `"x"`, refs("t.s.secret_string", "t.s"), "true"},
		"data":                {"password", `"x"`, refs("data.d.s.value", "data.d.s"), "false"},
		"ephemeral":           {"password", `"x"`, refs("ephemeral.e.s.value", "ephemeral.e.s"), "false"},
		"input literal":       {"password", `"x"`, refs("var.lit"), "true"},
		"input default":       {"password", `"x"`, refs("var.left"), "true"},
		"input from default":  {"password", `"x"`, refs("var.far"), "true"},
		"input given":         {"password", `"x"`, refs("var.given"), "false"},
		"input over default":  {"password", `"x"`, refs("var.own"), "false"},
		"input empty":         {"password", `null`, refs("var.void"), "unset"},
		"input local":         {"password", `"x"`, refs("var.local"), "gap"},
		"input not declared":  {"password", `"x"`, refs("var.gone"), "false"},
		"output literal":      {"password", `"x"`, refs("module.n.lit", "module.n"), "true"},
		"output computed":     {"password", `"x"`, refs("module.n.ref", "module.n"), "false"},
		"output gone":         {"password", `"x"`, refs("module.n.gone", "module.n"), "gap"},
		"several":             {"password", `"x"`, refs("random_password.r.result", "random_password.r", "var.lit"), "true"},
		"several with local":  {"password", `"x"`, refs("random_password.r.result", "random_password.r", "local.x"), "gap"},
		"write only":          {"password_wo", `null`, `{"constant_value":"x"}`, "true"},
		"write only computed": {"password_wo", `null`, refs("ephemeral.e.s.value", "ephemeral.e.s"), "false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, losses := plan.Read(t.Context(), strings.NewReader(made(c.attr, c.after, c.expression)), plan.Options{File: "plan.json", Types: []string{"t"}})
			if len(out) != 1 || len(losses) > 0 {
				t.Fatalf("got %d resources and losses %v, want one and none", len(out), losses)
			}
			attr := c.attr
			if attr == "other" {
				attr = "password"
			}
			got := "gap"
			switch d := out[0].Get(attr).Data.(type) {
			case nil:
				got = "unset"
			case resource.Secret:
				got = map[bool]string{true: "true", false: "false"}[d.Literal]
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A plan shows of "eu-${var.x}-1" the reference alone, which is no region.
func TestRegionOfPart(t *testing.T) {
	t.Parallel()
	text := strings.Replace(made("a", `1`, `{}`), `"configuration":{`, `"configuration":{"provider_config":{"module.m:aws":{"name":"aws","module_address":"module.m","expressions":{"region":{"references":["var.lit"]}}}},`, 1)
	for value, want := range map[string]string{"hunter2" + "hunter2": "", "west": "", "eu-west-1": "eu-west-1", "us-gov-west-1": "us-gov-west-1"} {
		out, _ := plan.Read(t.Context(), strings.NewReader(strings.ReplaceAll(text, "hunter2"+"hunter2", value)), plan.Options{File: "plan.json", Types: []string{"t"}})
		if got := out[0].Provider.Region.String(); got != want {
			t.Errorf("%s: got %q, want %q", value, got, want)
		}
	}
}

// Only the key itself says which instance is meant; a value may lead to any.
func TestInstanceOfReference(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]string{"each.key": `t.b["k"]`, "each.value": "", "each.value.x": "", "count.index": `t.b["k"]`} {
		text := `{"format_version":"1.2","terraform_version":"1.9.5","resource_changes":[
{"address":"t.b[\"k\"]","mode":"managed","type":"t","name":"b","index":"k","change":{"actions":["create"],"after":{},"after_unknown":{"id":true}}},
{"address":"t.p[\"k\"]","mode":"managed","type":"t","name":"p","index":"k","change":{"actions":["create"],"after":{},"after_unknown":{"bucket":true}}}],
"configuration":{"root_module":{"resources":[{"address":"t.p","mode":"managed","type":"t","name":"p","expressions":{"bucket":{"references":["t.b","` + ref + `"]}}}]}}}`
		out, _ := plan.Read(t.Context(), strings.NewReader(text), plan.Options{File: "plan.json", Types: []string{"t"}})
		got, _ := out[1].Get("bucket").Data.(resource.Ref)
		if got.Addr != want {
			t.Errorf("%s: got %q, want %q", ref, got.Addr, want)
		}
	}
}

// A plan of some targets alone does not tell what else there is.
func TestTargets(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]int{`"complete":false,`: 1, `"complete":true,`: 0, ``: 0} {
		text := strings.Replace(made("a", `1`, `{}`), `{"format_version"`, `{`+key+`"format_version"`, 1)
		_, losses := plan.Read(t.Context(), strings.NewReader(text), plan.Options{File: "plan.json", Types: []string{"t"}})
		if len(losses) != want {
			t.Errorf("%s: got losses %v, want %d", key, losses, want)
		}
	}
}
