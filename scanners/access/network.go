package access

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
)

// Wide reports whether the ranges together let in more of the internet than anybody owns: one wider than /8 (IPv4) or /32
// (IPv6) after neighbours are joined, so that two halves are the whole. Private ranges are nobody on the internet.
// The measure is AWS' own, of "The meaning of public".
func Wide(ranges []netip.Prefix) bool {
	for _, p := range join(ranges) {
		widest := 32
		if p.Addr().Is4() {
			widest = 8
		}
		if p.Bits() < widest && !private(p) {
			return true
		}
	}
	return false
}

// Range reads an address or a range of addresses.
func Range(s string) (netip.Prefix, error) {
	if !strings.Contains(s, "/") {
		a, err := netip.ParseAddr(s)
		if err != nil {
			return netip.Prefix{}, errors.New("holds what is no range of addresses")
		}
		return netip.PrefixFrom(a.Unmap().WithZone(""), a.Unmap().BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return netip.Prefix{}, errors.New("holds what is no range of addresses")
	}
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p.Masked(), nil
}

func ranges(values []string) ([]netip.Prefix, error) {
	out := make([]netip.Prefix, 0, len(values))
	for _, v := range values {
		p, err := Range(v)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// private: unique local IPv6 is a /7, so wider than /32 and yet no part of the internet.
func private(p netip.Prefix) bool {
	for _, s := range []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"} {
		if q := netip.MustParsePrefix(s); q.Bits() <= p.Bits() && q.Contains(p.Addr()) {
			return true
		}
	}
	return false
}

// join drops ranges inside others and replaces two halves by their whole, until nothing changes. Sorted by address and
// then width, what can be joined stands on top of the stack.
func join(ranges []netip.Prefix) []netip.Prefix {
	in := slices.SortedFunc(slices.Values(ranges), netip.Prefix.Compare)
	var out []netip.Prefix
	for _, p := range in {
		if n := len(out); n > 0 && out[n-1].Overlaps(p) {
			continue
		}
		out = append(out, p)
		for n := len(out); n > 1; n = len(out) {
			a, b := out[n-2], out[n-1]
			whole := netip.PrefixFrom(a.Addr(), a.Bits()-1).Masked()
			if a.Bits() != b.Bits() || a.Bits() == 0 || whole.Addr() != a.Addr() || !whole.Contains(b.Addr()) {
				break
			}
			out = append(out[:n-2], whole)
		}
	}
	return out
}
