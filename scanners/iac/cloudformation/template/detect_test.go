package template_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, text string
		is         bool
		nested     []string
	}{
		"YAML":                {"app.yaml", "Resources:\n  B: {Type: 'AWS::S3::Bucket'}\n", true, nil},
		"long comment":        {"app.yml", strings.Repeat("# about\n", 2000) + "Resources:\n  B: {Type: 'AWS::S3::Bucket'}\n", true, nil},
		"JSON on one line":    {"app.json", `{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"B": {"Type": "AWS::S3::Bucket"}}}`, true, nil},
		"byte order mark":     {"app.template", "\ufeff{\n\t\"Resources\": {\"B\": {\"Type\": \"Custom::Thing\"}}}", true, nil},
		"loops":               {"app.yaml", "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [X, [a], {'B${X}': {Type: 'AWS::S3::Bucket'}}]\n", true, nil},
		"broken":              {"app.yaml", "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  B: {Type: AWS::S3::Bucket\n", true, nil},
		"nested":              {"infra/app.yaml", "Resources:\n  S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: ../db.yaml}}\n", true, []string{"db.yaml"}},
		"nested by CDK":       {"App.template.json", `{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": {"Fn::Join": ["", []]}}, "Metadata": {"aws:asset:path": "N.nested.template.json"}}}}`, true, []string{"N.nested.template.json"}},
		"nested by URL":       {"app.yaml", "Resources:\n  S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://example.com/db.yaml'}}\n", true, nil},
		"nested by function":  {"app.yaml", "Resources:\n  S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: !Sub 'db-${Stage}.yaml'}}\n", true, []string{"."}},
		"nested by condition": {"app.yaml", "Resources:\n  S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: !If [A, a.yaml, b.yaml]}}\n", true, []string{"."}},
		"includes":            {"app.yaml", "Resources:\n  B: {Type: 'AWS::S3::Bucket', Properties: {'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: b.yaml}}}}\n", true, []string{"."}},
		"Kubernetes":          {"app.yaml", "apiVersion: v1\nkind: ConfigMap\ndata: {a: 'Resources: AWS::'}\n", false, nil},
		"a CRD of AWS":        {"app.yaml", "Description: x\nkind: AWS::S3::Bucket\nResources: [a]\n", false, nil},
		"OpenAPI":             {"app.yaml", "openapi: 3.0.0\nResources: {}\n", false, nil},
		"a plan":              {"plan.json", `{"format_version": "1.2", "Resources": {"B": {"Type": "AWS::S3::Bucket"}}}`, false, nil},
		"a text about it":     {"app.txt", "Resources:\n  B: {Type: 'AWS::S3::Bucket'}\n", false, nil},
		"resources of others": {"app.yaml", "Resources:\n  B: {Type: bucket}\n# AWS::S3::Bucket\n", false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			nested, is := template.Detect(fstest.MapFS{c.file: {Data: []byte(c.text)}}, c.file)
			if diff := cmp.Diff(c.nested, nested); is != c.is || diff != "" {
				t.Errorf("got %v, want %v; nested differs (-want +got):\n%s", is, c.is, diff)
			}
		})
	}
}
