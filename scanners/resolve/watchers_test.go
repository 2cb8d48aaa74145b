package resolve

import (
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// TestWatchers: what a region's own listings miss may stand in another account, or have been done by the scan itself.
func TestWatchers(t *testing.T) {
	t.Parallel()
	scope := probity.Scope{Provider: "aws", Account: member, Region: "eu-west-1"}
	region := func() probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "aws://" + member + "/eu-west-1"}, Kind: accountKind, Class: probity.Account, Scope: scope,
			Settings: probity.SettingsOf(kinds.Account{Analyzed: probity.Known(false, nil), Discovered: probity.Known(false, nil)})}
	}
	account := func(organisation string) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "aws://" + member}, Kind: accountKind, Class: probity.Account, Scope: probity.Scope{Provider: "aws", Account: member},
			Settings: probity.SettingsOf(kinds.Account{Organisation: probity.Known(probity.Optional[string]{Set: organisation != "", Value: organisation}, nil)})}
	}
	analyzer := func(in string) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "arn:aws:access-analyzer:" + in + ":" + owner + ":analyzer/all"}, Kind: kinds.AccessAnalyzer, Class: probity.Account,
			Scope: probity.Scope{Provider: "aws", Account: owner, Region: in}, Settings: probity.SettingsOf(kinds.Watch{Type: probity.Known("ORGANIZATION", nil), On: probity.Known(true, nil)})}
	}
	theirs := func(organisation string) probity.Asset {
		a := account(organisation)
		a.ID, a.Scope.Account = "aws://"+owner, owner
		return a
	}
	off := analyzer("eu-west-1")
	off.Settings["on"] = probity.Known[any](false, nil)
	bucket := func(name string, labels probity.List[probity.Label]) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::" + name}, Kind: bucketKind, Class: probity.Bucket, Scope: scope, Labels: labels}
	}
	read := probity.Whole[probity.Label](nil)
	sampled := probity.Open[probity.Label](probity.Gap{Reason: probity.Sampled}, nil)
	for name, c := range map[string]struct {
		beside             []probity.Asset
		analyzer, searched string
	}{
		"alone":                                 {[]probity.Asset{account("")}, "false", "false"},
		"of an organisation":                    {[]probity.Asset{account("o-1")}, "not-collected", "false"},
		"of nobody knows what":                  {nil, "not-collected", "false"},
		"watched by the organisation":           {[]probity.Asset{account("o-1"), theirs("o-1"), analyzer("eu-west-1")}, "true", "false"},
		"by an analyzer that is off":            {[]probity.Asset{account("o-1"), theirs("o-1"), off}, "not-collected", "false"},
		"watched by another organisation":       {[]probity.Asset{account("o-1"), theirs("o-2"), analyzer("eu-west-1")}, "not-collected", "false"},
		"by nobody knows which organisation":    {[]probity.Asset{account("o-1"), analyzer("eu-west-1")}, "not-collected", "false"},
		"watched in another region":             {[]probity.Asset{account("o-1"), analyzer("us-east-1")}, "not-collected", "false"},
		"every bucket read, at least by sample": {[]probity.Asset{account(""), bucket("a", read), bucket("b", sampled)}, "false", "true"},
		"one bucket not read":                   {[]probity.Asset{account(""), bucket("a", read), bucket("b", probity.List[probity.Label]{})}, "false", "false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inv := NewSlice(pointers(append([]probity.Asset{region()}, c.beside...)), nil)
			for range 2 { // what is settled stays so
				if err := Run(t.Context(), inv); err != nil {
					t.Fatal(err)
				}
			}
			a, _, err := find(t.Context(), inv, region().Ref)
			if err != nil {
				t.Fatal(err)
			}
			if got := toldSetting(a, "analyzer"); got != c.analyzer {
				t.Errorf("got analyzer %s, want %s", got, c.analyzer)
			}
			if got := toldSetting(a, "discovery"); got != c.searched {
				t.Errorf("got discovery %s, want %s", got, c.searched)
			}
		})
	}
}

// TestTrailed: a trail of another region, and a store of events there, see a region as well.
func TestTrailed(t *testing.T) {
	t.Parallel()
	recorder := func(kind probity.Kind, in string, s kinds.Trail) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: "arn:aws:cloudtrail:" + in + ":" + member + ":" + string(kind)}, Kind: kind, Class: probity.Log,
			Scope: probity.Scope{Provider: "aws", Account: member, Region: in}, Settings: probity.SettingsOf(s)}
	}
	yes, no, lost := probity.Known(true, nil), probity.Known(false, nil), probity.Missing[bool](probity.Gap{Reason: probity.Denied}, nil)
	everywhere := kinds.Trail{MultiRegion: yes, Logging: yes, ManagementAudit: yes}
	for name, c := range map[string]struct {
		own    probity.Fact[bool]
		beside probity.Asset
		want   string
	}{
		"nobody asked in the region":       {probity.Fact[bool]{}, recorder(kinds.EventStore, "us-east-1", everywhere), "true"},
		"a store of events of all regions": {no, recorder(kinds.EventStore, "us-east-1", everywhere), "true"},
		"one of another region":            {no, recorder(kinds.EventStore, "us-east-1", kinds.Trail{MultiRegion: no, Logging: yes, ManagementAudit: yes}), "false"},
		"one of reads alone":               {no, recorder(kinds.EventStore, "us-east-1", kinds.Trail{MultiRegion: yes, Logging: yes, ManagementAudit: no}), "false"},
		"nobody knows whether it runs":     {no, recorder(kinds.EventStore, "us-east-1", kinds.Trail{MultiRegion: yes, Logging: lost, ManagementAudit: yes}), "denied"},
		"a trail that its home tells":      {lost, recorder(kinds.CloudTrail, "us-east-1", everywhere), "true"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			region := probity.Asset{Ref: probity.Ref{ID: "aws://" + member + "/eu-west-1"}, Kind: accountKind, Class: probity.Account,
				Scope: probity.Scope{Provider: "aws", Account: member, Region: "eu-west-1"}, Settings: probity.SettingsOf(kinds.Account{Trailed: c.own})}
			inv := NewSlice(pointers([]probity.Asset{region, c.beside}), nil)
			for range 2 {
				if err := Run(t.Context(), inv); err != nil {
					t.Fatal(err)
				}
			}
			a, _, err := find(t.Context(), inv, region.Ref)
			if err != nil {
				t.Fatal(err)
			}
			if got := toldSetting(a, "trail"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func toldSetting(a probity.Asset, name string) string {
	v, gap := a.Settings[name].Value()
	switch {
	case gap != nil:
		return string(gap.Reason)
	case v == true:
		return "true"
	}
	return "false"
}
