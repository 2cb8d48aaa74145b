package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
)

// What a stranger writes to take all time and memory costs one line, and the rest is read.
func TestHostile(t *testing.T) {
	t.Parallel()
	const kept = "  Kept: {Type: 'AWS::S3::Bucket', Properties: {BucketName: kept}}\n"
	value := func(v string) string {
		return "Resources:\n" + kept + "  Bad: {Type: 'AWS::S3::Bucket', Properties: {BucketName: " + v + "}}\n"
	}
	var bomb strings.Builder
	bomb.WriteString("x0: &x0 [a, a]\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&bomb, "x%d: &x%d [*x%d, *x%d]\n", i, i, i-1, i-1)
	}
	var subs, conditions, loops, stacks strings.Builder
	sub := "'abcdefgh'"
	for range 40 {
		sub = "{'Fn::Sub': ['${a}${a}${a}${a}', {a: " + sub + "}]}"
	}
	subs.WriteString(sub)
	for i := range 300 {
		fmt.Fprintf(&conditions, "  C%d: !And [!Condition C%d, !Condition C%d]\n", i, (i+1)%300, (i+2)%300)
	}
	for i := range 8 {
		fmt.Fprintf(&loops, "{'Fn::ForEach::L%d': [V%d, [%s], ", i, i, strings.TrimSuffix(strings.Repeat("a,", 50), ","))
	}
	loops.WriteString("{'B${V1}': {Type: 'AWS::S3::Bucket'}}" + strings.Repeat("]}", 8))
	for i := range 50 {
		fmt.Fprintf(&stacks, "  S%d: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: template.yaml}}\n", i)
	}
	for name, c := range map[string]struct {
		text   string
		lost   bool // the file, or a part of it
		beside bool // only a part
	}{
		"aliases":             {text: bomb.String() + value("*x39")},
		"self alias":          {text: value("&a [*a]")},
		"doubled text":        {text: value(subs.String())},
		"deep functions":      {text: value(strings.Repeat("{'Fn::Select': [0, [", 3000) + "a" + strings.Repeat("]]}", 3000))},
		"circular names":      {text: "Resources:\n" + kept + "  Bad: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Ref Worse}}\n  Worse: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Ref Bad}}\n"},
		"circular conditions": {text: "Conditions:\n" + conditions.String() + "Resources:\n" + kept + "  Bad: {Type: 'AWS::S3::Bucket', Condition: C0}\n"},
		"circular stacks":     {text: "Resources:\n" + kept + stacks.String()},
		"nested loops":        {text: "Resources:\n" + kept + "  <<: x\n  " + strings.TrimSuffix(strings.TrimPrefix(loops.String(), "{"), "}") + "\n", lost: true, beside: true},
		"many lines":          {text: "Resources:\n" + kept + strings.Repeat("# a comment\n", 100_000) + "  Bad:\n", lost: true, beside: true},
		"many resources":      {text: "Resources:\n" + kept + many(5_000)},
		"deep JSON":           {text: strings.Repeat("[", 200_000), lost: true},
		"deep mapping":        {text: "Resources: " + strings.Repeat("{a: ", 20_000), lost: true},
		"binary":              {text: "\x00\x01Resources:", lost: true},
		"surrogates":          {text: `{"Resources": {"Kept": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "kept"}}, "Bad": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "\ud83d\ude00"}}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "template.yaml", c.text)
			there, lost := false, false
			for _, f := range scan(t, probity.Unit{Target: dir, Part: "template.yaml"}) {
				switch f := f.(type) {
				case probity.Asset:
					there = there || f.ID == "Kept"
				case probity.Coverage:
					lost = lost || f.Gap != nil && f.Gap.Reason == probity.Unreadable
				}
			}
			if there != (!c.lost || c.beside) || lost != c.lost {
				t.Errorf("got the bucket beside it %v and a loss %v, want %v and %v", there, lost, !c.lost || c.beside, c.lost)
			}
		})
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  B%d: {Type: 'AWS::S3::Bucket'}\n", i)
	}
	return b.String()
}
