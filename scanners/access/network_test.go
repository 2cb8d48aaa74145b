package access

import (
	"fmt"
	"net/netip"
	"testing"

	"pgregory.net/rapid"
)

func TestWide(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ranges []string
		want   bool
	}{
		"none":                    {nil, false},
		"all":                     {[]string{"0.0.0.0/0"}, true},
		"halves":                  {[]string{"128.0.0.0/1", "0.0.0.0/1"}, true},
		"quarters":                {[]string{"0.0.0.0/2", "192.0.0.0/2", "128.0.0.0/2", "64.0.0.0/2"}, true},
		"one /8":                  {[]string{"9.0.0.0/8"}, false},
		"two /8 that make a /7":   {[]string{"8.0.0.0/8", "9.0.0.0/8"}, true},
		"two /8 that do not":      {[]string{"9.0.0.0/8", "11.0.0.0/8"}, false},
		"inside another":          {[]string{"9.0.0.0/8", "9.1.0.0/16", "9.0.0.0/16"}, false},
		"private":                 {[]string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}, false},
		"private IPv6":            {[]string{"fc00::/7"}, false},
		"private and multicast":   {[]string{"fc00::/7", "ff00::/8"}, true},
		"private, then all":       {[]string{"fc00::/7", "::/0"}, true},
		"private first, wide too": {[]string{"10.0.0.0/7"}, true},
		"all IPv6":                {[]string{"::/0"}, true},
		"IPv6 of one provider":    {[]string{"2001:db8::/32"}, false},
		"not masked":              {[]string{"203.0.113.7/0"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in, err := ranges(c.ranges)
			if err != nil {
				t.Fatal(err)
			}
			if got := Wide(in); got != c.want {
				t.Errorf("got %v, want %v (joined: %v)", got, c.want, join(in))
			}
		})
	}
}

func TestJoinKeepsExactlyTheAddresses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		// Ranges over the last byte only, so that every address can be tried.
		var in []netip.Prefix
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			p := netip.MustParsePrefix(fmt.Sprintf("203.0.113.%d/%d",
				rapid.IntRange(0, 255).Draw(t, fmt.Sprint("address", i)), rapid.IntRange(25, 32).Draw(t, fmt.Sprint("bits", i))))
			in = append(in, p.Masked())
		}
		out := join(in)
		for n := range 256 {
			a := netip.AddrFrom4([4]byte{203, 0, 113, byte(n)})
			if got, want := holds(out, a), holds(in, a); got != want {
				t.Fatalf("%v in %v: got %v, want %v", a, out, got, want)
			}
		}
		for i := 1; i < len(out); i++ {
			if out[i-1].Overlaps(out[i]) {
				t.Fatalf("%v and %v overlap", out[i-1], out[i])
			}
		}
	})
}

func holds(ranges []netip.Prefix, a netip.Addr) bool {
	for _, p := range ranges {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

func TestRangeRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "/", "1.2.3.4/33", "1.2.3/8", "2001:db8::/129", "fe80::1%eth0/64"} {
		if got, err := Range(s); err == nil {
			t.Errorf("%q: got %v, want an error", s, got)
		}
	}
	if got, err := Range("::ffff:192.0.2.0/120"); err != nil || got.String() != "192.0.2.0/24" {
		t.Errorf("IPv4 in IPv6: got %v, %v, want 192.0.2.0/24", got, err)
	}
}
