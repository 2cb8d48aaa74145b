package historytest

import (
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// causes: each change of a verdict tells why.
func causes(t *testing.T, at Place) {
	denied := probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}
	for name, c := range map[string]struct {
		first, later func(*diary, *probity.Asset)
		want         map[string]cause.Cause // by rule
	}{
		"a store was opened":        {nil, func(_ *diary, a *probity.Asset) { a.Exposure.Public = known(true) }, map[string]cause.Cause{public: cause.Estate}},
		"a store was made":          {nil, func(d *diary, _ *probity.Asset) { d.bucket("new") }, map[string]cause.Cause{public: cause.Estate, holding: cause.Estate, owned: cause.Estate}},
		"a store was taken away":    {nil, func(d *diary, a *probity.Asset) { delete(d.assets, a.ID) }, map[string]cause.Cause{public: cause.Estate, holding: cause.Estate, owned: cause.Estate}},
		"data came":                 {nil, func(_ *diary, a *probity.Asset) { a.Labels = probity.Whole(nil, label("mail")) }, map[string]cause.Cause{holding: cause.Content}},
		"data was looked for first": {func(_ *diary, a *probity.Asset) { a.Labels = probity.List[probity.Label]{} }, func(_ *diary, a *probity.Asset) { a.Labels = probity.Whole(nil, label("mail")) }, map[string]cause.Cause{holding: cause.Coverage}},
		"data was declared": {nil, func(_ *diary, a *probity.Asset) {
			l := label("mail")
			l.Review = &probity.Review{Verdict: probity.LabelDeclared}
			a.Labels = probity.Whole(nil, l)
		}, map[string]cause.Cause{holding: cause.Declaration}},
		"a label was rejected": {func(_ *diary, a *probity.Asset) { a.Labels = probity.Whole(nil, label("mail")) }, func(_ *diary, a *probity.Asset) {
			l := label("mail")
			l.Review = &probity.Review{Verdict: probity.LabelRejected}
			a.Labels, a.Rejected = probity.Whole[probity.Label](nil), []probity.Label{l}
		}, map[string]cause.Cause{holding: cause.Declaration}},
		"an owner was declared":  {func(_ *diary, a *probity.Asset) { a.Owner = probity.Known("", nil) }, func(_ *diary, a *probity.Asset) { a.Owner = probity.Known("anna", nil) }, map[string]cause.Cause{owned: cause.Declaration}},
		"a permission was lost":  {nil, func(_ *diary, a *probity.Asset) { a.Exposure.Public = probity.Missing[bool](denied, nil) }, map[string]cause.Cause{public: cause.Coverage}},
		"a permission was given": {func(_ *diary, a *probity.Asset) { a.Exposure.Public = probity.Missing[bool](denied, nil) }, func(_ *diary, a *probity.Asset) { a.Exposure.Public = known(true) }, map[string]cause.Cause{public: cause.Coverage}},
		"stores were listed that were not before": {func(d *diary, a *probity.Asset) { delete(d.assets, a.ID); d.coverage[0].Gap = &denied }, func(d *diary, _ *probity.Asset) { d.coverage[0].Gap = nil; d.bucket("new") },
			map[string]cause.Cause{public: cause.Coverage, holding: cause.Coverage, owned: cause.Coverage}},
		"a newer release lists another kind": {func(d *diary, a *probity.Asset) { delete(d.assets, a.ID); d.coverage = nil }, func(d *diary, _ *probity.Asset) {
			d.tool, d.coverage = "probity 2.0.0", []probity.Coverage{{Supply: listing()}}
			d.bucket("new")
		}, map[string]cause.Cause{public: cause.Tool, holding: cause.Tool, owned: cause.Tool}},
		"a newer release reads more": {func(_ *diary, a *probity.Asset) { a.Exposure.Public = probity.Fact[bool]{} }, func(d *diary, a *probity.Asset) {
			d.tool, a.Exposure.Public = "probity 2.0.0", known(true)
		}, map[string]cause.Cause{public: cause.Tool}},
		"a rule behaves otherwise":   {nil, func(d *diary, _ *probity.Asset) { d.rules[2].Behaviour, d.flipped = 2, public }, map[string]cause.Cause{public: cause.Rule}},
		"rules of one's own changed": {nil, func(d *diary, _ *probity.Asset) { d.inputs, d.flipped = map[string]string{"rules": "r2"}, public }, map[string]cause.Cause{public: cause.Rule}},
		"a rule came":                {func(d *diary, _ *probity.Asset) { d.rules = d.rules[:2] }, func(d *diary, _ *probity.Asset) { d.rules = newEstate().rules }, map[string]cause.Cause{public: cause.Rule}},
		"a parameter was set": {nil, func(d *diary, _ *probity.Asset) {
			d.inputs, d.flipped = map[string]string{"rules": "r1", "parameters": "p"}, public
		}, map[string]cause.Cause{public: cause.Declaration}},
		"nothing changed": {nil, func(*diary, *probity.Asset) {}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, at)
			d.series = name
			b := d.bucket("clients")
			if c.first != nil {
				c.first(d, b)
			}
			d.night()
			c.later(d, b)
			r := d.night()
			got := d.changes(r)
			if len(got) != len(c.want) {
				t.Errorf("got %+v, want the rules %v", got, c.want)
			}
			for _, x := range got {
				if x.Cause != c.want[x.Rule] {
					t.Errorf("%s: got %q for %s to %s, want %q", x.Rule, x.Cause, x.Was, x.Is, c.want[x.Rule])
				}
			}
		})
	}
}
