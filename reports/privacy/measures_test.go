package privacy

import (
	"testing"

	"github.com/probity-scan/probity"
)

// Only a form that is known protects.
func TestProtected(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		of           []probity.Protection
		holds, known bool
	}{
		"no data":             {nil, true, false},
		"all encrypted":       {[]probity.Protection{probity.FieldEncrypted, probity.Token}, true, true},
		"one in clear":        {[]probity.Protection{probity.FieldEncrypted, "", probity.Clear}, false, true},
		"one of unknown form": {[]probity.Protection{probity.FieldEncrypted, probity.ProtectionUnknown}, true, false},
		"one of no form":      {[]probity.Protection{probity.FieldEncrypted, ""}, true, false},
	} {
		var labels []probity.Label
		for _, p := range c.of {
			labels = append(labels, probity.Label{Category: probity.Contact, Protection: p})
		}
		a := probity.Asset{Labels: probity.Whole(nil, labels...)}
		if holds, known := protected(a); holds != c.holds || known != c.known {
			t.Errorf("%s: got %v, known %v; want %v, known %v", name, holds, known, c.holds, c.known)
		}
	}
}
