package resource_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

func TestIgnoreIn(t *testing.T) {
	t.Parallel()
	at := &probity.Origin{File: "main.tf", Line: 3}
	end := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		comment string
		want    probity.Ignore
		none    bool
	}{
		"whole":           {comment: ` probity:ignore versioning reason="kept elsewhere" until=2027-01-31 `, want: probity.Ignore{Rule: "versioning", Reason: "kept elsewhere", Until: end}},
		"one word":        {comment: `probity:ignore versioning until=2027-01-31 reason=cache`, want: probity.Ignore{Rule: "versioning", Reason: "cache", Until: end}},
		"quoted day":      {comment: `probity:ignore versioning reason="a" until="2027-01-31"`, want: probity.Ignore{Rule: "versioning", Reason: "a", Until: end}},
		"no rule":         {comment: `probity:ignore`, want: probity.Ignore{Wrong: "it names no rule"}},
		"no reason":       {comment: `probity:ignore versioning until=2027-01-31`, want: probity.Ignore{Rule: "versioning", Until: end, Wrong: `it has no reason: write reason="…"`}},
		"empty reason":    {comment: `probity:ignore versioning reason=" " until=2027-01-31`, want: probity.Ignore{Rule: "versioning", Until: end, Wrong: `it has no reason: write reason="…"`}},
		"no end":          {comment: `probity:ignore versioning reason="a"`, want: probity.Ignore{Rule: "versioning", Reason: "a", Wrong: "it has no end: write until=2027-01-31"}},
		"no such day":     {comment: `probity:ignore versioning reason="a" until=2027-02-30`, want: probity.Ignore{Rule: "versioning", Reason: "a", Wrong: "until is no day: write 2027-01-31"}},
		"unquoted":        {comment: `probity:ignore versioning reason=kept elsewhere until=2027-01-31`, want: probity.Ignore{Rule: "versioning", Reason: "kept", Until: end, Wrong: `a reason of several words needs quotes: reason="…"`}},
		"another comment": {comment: `about probity:ignore`, none: true},
		"a longer word":   {comment: `probity:ignored versioning`, none: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := resource.IgnoreIn(c.comment, at)
			if ok == c.none {
				t.Fatalf("got %v, want an ignore: %v", ok, !c.none)
			}
			if !c.none {
				c.want.Origin = at
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("ignores differ (-want +got):\n%s", diff)
			}
		})
	}
}
