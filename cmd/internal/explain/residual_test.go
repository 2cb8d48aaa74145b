package explain

import (
	"slices"
	"testing"
)

func TestWeakest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want []string }{
		"one implies the others": {[]string{"a; b; c", "a", "b; a"}, []string{"a"}},
		"neither implies":        {[]string{"a; b", "b; c"}, []string{"a; b", "b; c"}},
		"twice":                  {[]string{"a", "a"}, []string{"a"}},
		"a part is no condition": {[]string{"a b", "a"}, []string{"a b", "a"}},
		"none":                   {nil, nil},
	} {
		if got := weakest(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
