package resolve

import (
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// TestSharedSettings: buckets whose settings were one map, since they were alike, are told each what its own policy says.
func TestSharedSettings(t *testing.T) {
	t.Parallel()
	shared := probity.SettingsOf(kinds.S3{})
	bucket := func(name, action string) *probity.Asset {
		a := &probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::" + name}, Kind: bucketKind, Class: probity.Bucket, Scope: probity.Scope{Provider: "aws", Account: owner}, Settings: shared}
		a.Exposure.Declared.Policy = probity.Known(probity.Optional[string]{Set: true,
			Value: `{"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::` + member + `:role/app"}, "Action": "` + action + `", "Resource": "arn:aws:s3:::` + name + `/*"}}`}, nil)
		return a
	}
	read, all := bucket("read", "s3:GetObject"), bucket("all", "s3:*")
	if err := Run(t.Context(), NewSlice([]*probity.Asset{read, all}, nil)); err != nil {
		t.Fatal(err)
	}
	for a, want := range map[*probity.Asset]int{read: 0, all: 1} {
		v, known := a.Settings["everything_granted"].Get()
		if who, ok := v.([]string); !known || !ok || len(who) != want {
			t.Errorf("%s gives everything to %v, want %d", a.ID, v, want)
		}
	}
	if _, known := shared["everything_granted"].Get(); known {
		t.Error("what others share was changed")
	}
}
