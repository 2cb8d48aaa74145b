package config_test

import (
	"fmt"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// Documents are laid over each other by sid as the provider does it: sources, then statements, then overrides.
func TestPolicyDocument(t *testing.T) {
	t.Parallel()
	statement := func(sid, action string) string {
		return fmt.Sprintf("statement {\n sid = %q\n actions = [%q]\n}\n", sid, action)
	}
	document := func(name, body string) string {
		return fmt.Sprintf("data \"aws_iam_policy_document\" %q {\n%s\n}\n", name, body)
	}
	const twice = "could not be resolved (two statements of a policy document have the same sid)"
	of := func(statements string) string { return `{"Statement":[` + statements + `],"Version":"2012-10-17"}` }
	shown := func(sid, action string) string {
		if sid != "" {
			sid = `,"Sid":"` + sid + `"`
		}
		return `{"Action":["` + action + `"],"Effect":"Allow"` + sid + `}`
	}
	common := document("a", statement("a", "s3:A")+statement("b", "s3:B")) + document("b", statement("b", "s3:NewB")+statement("", "s3:None"))
	for name, c := range map[string]struct{ body, want string }{
		"override replaces": {"source_policy_documents = [data.aws_iam_policy_document.a.json]\noverride_policy_documents = [data.aws_iam_policy_document.b.json]",
			of(shown("a", "s3:A") + "," + shown("b", "s3:NewB") + "," + shown("", "s3:None"))},
		"statement replaces source": {"source_policy_documents = [data.aws_iam_policy_document.a.json]\n" + statement("a", "s3:Own"), of(shown("a", "s3:Own") + "," + shown("b", "s3:B"))},
		"override replaces statement": {statement("b", "s3:Own") + statement("c", "s3:C") + "override_policy_documents = [data.aws_iam_policy_document.b.json]",
			of(shown("b", "s3:NewB") + "," + shown("c", "s3:C") + "," + shown("", "s3:None"))},
		"the last override wins": {"override_policy_documents = [data.aws_iam_policy_document.b.json, data.aws_iam_policy_document.a.json]",
			of(shown("b", "s3:B") + "," + shown("", "s3:None") + "," + shown("a", "s3:A"))},
		"sources of one sid": {"source_policy_documents = [data.aws_iam_policy_document.a.json, data.aws_iam_policy_document.b.json]", twice},
		"statements of one":  {statement("x", "s3:A") + statement("x", "s3:B"), twice},
		"a statement alone":  {`source_policy_documents = ["{\"Statement\":{\"Sid\":\"x\"}}"]`, of(`{"Sid":"x"}`)},
		"no policy":          {`source_policy_documents = ["[]"]`, "could not be resolved (a source policy document is not JSON)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := common + document("it", c.body) + "resource \"a\" \"it\" {\n v = data.aws_iam_policy_document.it.json\n}\n"
			out, losses := read(t, map[string]string{"main.tf": text}, config.Options{Dir: "."})
			if len(out) != 1 || len(losses) > 0 {
				t.Fatalf("got %d resources and losses %v, want one and none", len(out), losses)
			}
			if got := show(out[0].Get("v")); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
