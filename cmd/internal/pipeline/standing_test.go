package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

func TestSeen(t *testing.T) {
	t.Parallel()
	health := probity.Label{Detector: "icd10", Category: probity.Health}
	secret := probity.Label{Detector: "aws-key", Category: probity.Credential}
	sampled := probity.Gap{Reason: probity.Sampled}
	aws := probity.Scope{Provider: "aws"}
	for name, c := range map[string]struct {
		assets []*probity.Asset
		want   policies.Seen
	}{
		"nothing":         {nil, policies.Seen{}},
		"read whole":      {[]*probity.Asset{{Class: probity.Bucket, Scope: aws, Labels: probity.Whole(nil, health)}}, policies.Seen{Data: []string{"health", "icd10", "personal"}, Whole: true, Providers: []string{"aws"}}},
		"a sample":        {[]*probity.Asset{{Class: probity.Bucket, Labels: probity.Open(sampled, nil, health)}}, policies.Seen{Data: []string{"health", "icd10", "personal"}}},
		"not looked into": {[]*probity.Asset{{Class: probity.Bucket, Labels: probity.Whole[probity.Label](nil)}, {Class: probity.Table}}, policies.Seen{}},
		"credentials":     {[]*probity.Asset{{Class: probity.Bucket, Labels: probity.Whole(nil, secret)}}, policies.Seen{Data: []string{"aws-key", "credential"}, Whole: true}},
		"guards alone":    {[]*probity.Asset{{Class: probity.Key, Scope: aws}, {Class: probity.Secret, Labels: probity.Whole(nil, secret)}}, policies.Seen{Providers: []string{"aws"}}},
	} {
		if diff := cmp.Diff(c.want, seen(c.assets)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
