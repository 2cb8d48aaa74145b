package config_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// document evaluates data.aws_iam_policy_document.it and gives its JSON, or the gap as text.
func document(t *testing.T, code string) string {
	t.Helper()
	out, losses := read(t, map[string]string{"main.tf": `
variable "none" {}
resource "b" "known" { name = "k" }
data "d" "x" {}
` + code + `
resource "a" "it" { v = data.aws_iam_policy_document.it.json }
`}, config.Options{Dir: "."})
	if len(out) != 1 || len(losses) > 0 {
		t.Fatalf("got %d resources and losses %v, want one and none", len(out), losses)
	}
	switch d := out[0].Get("v").Data.(type) {
	case string:
		return d
	case resource.Template:
		return d.Text
	}
	return show(out[0].Get("v"))
}

func TestDocumentStatements(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ code, want string }{
		"several statements": {`data "aws_iam_policy_document" "it" {
  statement {
    sid       = "One"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["arn:x"]
    principals {
      type        = "AWS"
      identifiers = ["1", "2"]
    }
    principals {
      type        = "AWS"
      identifiers = ["3"]
    }
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
  }
  statement {
    effect        = "Deny"
    not_actions   = ["s3:*"]
    not_resources = ["arn:y"]
    not_principals {
      type        = "AWS"
      identifiers = ["4"]
    }
  }
}`, `[{"Sid":"One","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:x"],"Principal":{"AWS":["1","2","3"],"Service":["s3.amazonaws.com"]}},
		{"Effect":"Deny","NotAction":["s3:*"],"NotResource":["arn:y"],"NotPrincipal":{"AWS":["4"]}}]`},
		"everybody": {`data "aws_iam_policy_document" "it" {
  statement {
    actions   = ["*"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}`, `[{"Effect":"Allow","Action":["*"],"Resource":["*"],"Principal":"*"}]`},
		"conditions on one variable add up": {`data "aws_iam_policy_document" "it" {
  statement {
    actions = ["*"]
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["a", "b"]
    }
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["home/&{aws:username}/"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}`, `[{"Effect":"Allow","Action":["*"],"Condition":{"StringLike":{"s3:prefix":["a","b","home/${aws:username}/"]},"Bool":{"aws:SecureTransport":["true"]}}}]`},
		"dynamic statements": {`data "aws_iam_policy_document" "it" {
  dynamic "statement" {
    for_each = { r = "s3:GetObject", w = "s3:PutObject" }
    content {
      sid     = statement.key
      actions = [statement.value]
    }
  }
}`, `[{"Sid":"r","Effect":"Allow","Action":["s3:GetObject"]},{"Sid":"w","Effect":"Allow","Action":["s3:PutObject"]}]`},
		"later documents take the place of earlier ones by their sid": {`
data "aws_iam_policy_document" "source" {
  statement {
    sid     = "Both"
    actions = ["source"]
  }
  statement {
    sid     = "Source"
    actions = ["source"]
  }
  statement { actions = ["nameless"] }
}
data "aws_iam_policy_document" "over" {
  statement {
    sid     = "Own"
    effect  = "Deny"
    actions = ["over"]
  }
  statement {
    sid     = "Over"
    actions = ["over"]
  }
}
data "aws_iam_policy_document" "it" {
  source_policy_documents   = [data.aws_iam_policy_document.source.json]
  override_policy_documents = [data.aws_iam_policy_document.over.json]
  statement {
    sid     = "Both"
    actions = ["own"]
  }
  statement {
    sid     = "Own"
    actions = ["own"]
  }
}`, `[{"Sid":"Both","Effect":"Allow","Action":["own"]},{"Sid":"Source","Effect":"Allow","Action":["source"]},{"Effect":"Allow","Action":["nameless"]},
		{"Sid":"Own","Effect":"Deny","Action":["over"]},{"Sid":"Over","Effect":"Allow","Action":["over"]}]`},
		"a source of one statement without brackets": {`data "aws_iam_policy_document" "it" {
  source_policy_documents = [jsonencode({ Statement = { Effect = "Allow", Action = "*" } })]
}`, `[{"Effect":"Allow","Action":"*"}]`},
		"references stay": {`data "aws_iam_policy_document" "it" {
  statement {
    actions   = ["*"]
    resources = [b.known.arn, "${b.known.arn}/*"]
  }
}`, `[{"Effect":"Allow","Action":["*"],"Resource":["${b.known.arn}","${b.known.arn}/*"]}]`},
		"a reference through two documents": {`data "aws_iam_policy_document" "source" {
  statement {
    actions   = ["*"]
    resources = ["${b.known.arn}/x"]
  }
}
data "aws_iam_policy_document" "it" {
  source_policy_documents = [data.aws_iam_policy_document.source.json]
}`, `[{"Effect":"Allow","Action":["*"],"Resource":["${b.known.arn}/x"]}]`},
		"by key": {`data "aws_iam_policy_document" "each" {
  for_each = toset(["x", "y"])
  statement { actions = [each.key] }
}
data "aws_iam_policy_document" "it" {
  source_policy_documents = [for d in data.aws_iam_policy_document.each : d.json]
}`, `[{"Effect":"Allow","Action":["x"]},{"Effect":"Allow","Action":["y"]}]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := document(t, c.code)
			var doc struct {
				Version   string
				Statement []any
			}
			if err := json.Unmarshal([]byte(got), &doc); err != nil || doc.Version != "2012-10-17" {
				t.Fatalf("got %s, want a document", got)
			}
			var want []any
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, doc.Statement); diff != "" {
				t.Errorf("statements differ (-want +got):\n%s", diff)
			}
		})
	}
}

// What may decide which statements there are makes the document unknown; all else is a hole in it.
func TestUnknownDocument(t *testing.T) {
	t.Parallel()
	const hole = `"${unknown.unresolved.var.none}"`
	for name, c := range map[string]struct{ inner, want string }{
		"actions":               {"statement {\nactions = var.none\n}", `"Action":` + hole},
		"one action":            {"statement {\nactions = [\"s3:*\", var.none]\n}", `"Action":["s3:*",` + hole + `]`},
		"effect":                {"statement {\neffect = var.none\n}", `"Effect":` + hole},
		"resources":             {"statement {\nresources = [\"x-${var.none}\"]\n}", `"Resource":[` + hole + `]`},
		"identifiers":           {"statement {\nprincipals {\ntype = \"AWS\"\nidentifiers = var.none\n}\n}", `"Principal":{"AWS":[` + hole + `]}`},
		"values of a condition": {"statement {\ncondition {\ntest = \"Bool\"\nvariable = \"x\"\nvalues = [var.none]\n}\n}", `"Condition":{"Bool":{"x":[` + hole + `]}}`},
		"dynamic statements":    {"dynamic \"statement\" {\nfor_each = var.none\ncontent { actions = [\"*\"] }\n}", `"Statement":[` + hole + `,{`},
		"dynamic principals":    {"statement {\ndynamic \"principals\" {\nfor_each = var.none\ncontent {\ntype = \"AWS\"\nidentifiers = []\n}\n}\n}", `"Principal":{"AWS":[` + hole + `]}`},
		"dynamic conditions":    {"statement {\ndynamic \"condition\" {\nfor_each = var.none\ncontent {\ntest = \"Bool\"\nvariable = \"x\"\nvalues = []\n}\n}\n}", `"Condition":` + hole},
		"source":                {"source_policy_documents = [var.none]", `"Statement":[` + hole + `,{`},
		"all sources":           {"source_policy_documents = var.none", `"Statement":[` + hole + `,{`},
		"sid":                   {"statement {\nsid = var.none\n}", ""},
		"type":                  {"statement {\nprincipals {\ntype = var.none\nidentifiers = [\"*\"]\n}\n}", ""},
		"test of a condition":   {"statement {\ncondition {\ntest = var.none\nvariable = \"x\"\nvalues = [\"y\"]\n}\n}", ""},
		"override":              {"override_policy_documents = [\"{}\", var.none]", ""},
		"old override":          {"override_json = var.none", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := document(t, "data \"aws_iam_policy_document\" \"it\" {\nstatement {\nactions = [\"known\"]\n}\n"+c.inner+"\n}\n")
			if c.want == "" && got != "could not be resolved; needs var.none" || c.want != "" && !(json.Valid([]byte(got)) && strings.Contains(got, c.want)) {
				t.Errorf("got %s, want %q", got, c.want)
			}
		})
	}
	for _, bad := range []string{`"no JSON"`, `"[1]"`, `jsonencode({ Statement = "x" })`} {
		got := document(t, "data \"aws_iam_policy_document\" \"it\" {\nsource_policy_documents = ["+bad+"]\n}\n")
		if !strings.Contains(got, "a source policy document is not JSON") {
			t.Errorf("%s: got %s, want the gap", bad, got)
		}
	}
}

func TestKnownDataSources(t *testing.T) {
	t.Parallel()
	expected(t, `
-- main.tf --
provider "aws" { region = "r1" }
data "aws_region" "r" {}
data "aws_s3_bucket" "b" { bucket = "there" }
data "aws_kms_alias" "k" { name = "alias/aws/s3" }
data "aws_kms_key" "k" { key_id = "alias/own" }
data "aws_caller_identity" "me" {}
data "terraform_remote_state" "s" { backend = "s3" }
resource "a" "it" {
  v = [data.aws_region.r.name, data.aws_s3_bucket.b.id, data.aws_kms_alias.k.target_key_arn, data.aws_kms_key.k.arn]
  w = data.aws_caller_identity.me.account_id
  x = data.terraform_remote_state.s.outputs.bucket
  y = data.aws_kms_alias.k.name
  z = data.d.gone.id
}
-- want --
a.it v = [r1, there, alias/aws/s3, alias/own]
a.it w = ref ${data.aws_caller_identity.me.account_id}
a.it x = could not be resolved; needs data.terraform_remote_state.s
a.it y = alias/aws/s3
a.it z = could not be resolved (data.d.gone is not declared)
`, config.Options{Dir: "."})
}

// A policy written in place is unknown as a text, and is handed on with holes.
func TestDraftOfADocument(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ policy, want string }{
		"a value":    {`jsonencode({ Statement = [{ Action = "*", Resource = var.none }] })`, `{"Statement":[{"Action":"*","Resource":"${unknown.unresolved.var.none}"}]}`},
		"a list":     {`jsonencode({ Statement = var.none })`, `{"Statement":"${unknown.unresolved.var.none}"}`},
		"references": {`jsonencode({ Statement = [{ Action = var.none, Resource = "${b.known.arn}/*" }] })`, `{"Statement":[{"Action":"${unknown.unresolved.var.none}","Resource":"${b.known.arn}/*"}]}`},
		"a whole":    {`jsonencode(var.none)`, ""},
		"what is sensitive": {`jsonencode({ Statement = [var.none, { Sid = var.hidden, Action = var.number }] })`,
			`{"Statement":["${unknown.unresolved.var.none}",{"Action":"${unknown.filtered.it is marked as sensitive}","Sid":"${unknown.filtered.it is marked as sensitive}"}]}`},
		"no document":  {`var.none`, ""},
		"inside texts": {`upper(jsonencode({ Statement = var.none }))`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, _ := read(t, map[string]string{"main.tf": "variable \"none\" {}\nvariable \"hidden\" {\nsensitive = true\ndefault = \"x\"\n}\nvariable \"number\" {\nsensitive = true\ndefault = 7\n}\nresource \"b\" \"known\" {}\nresource \"a\" \"it\" {\npolicy = " + c.policy + "\nother = " + c.policy + "\n}\n"}, config.Options{Dir: "."})
			for _, r := range out {
				if r.Type != "a" {
					continue
				}
				u, ok := r.Get("policy").Data.(resource.Unknown)
				if !ok || u.Document != c.want {
					t.Errorf("got %v, want an unknown with the document %s", r.Get("policy"), c.want)
				}
				if u, ok := r.Get("other").Data.(resource.Unknown); !ok || u.Document != "" {
					t.Errorf("got %v, want no document of what is no policy", r.Get("other"))
				}
			}
		})
	}
}
