package template

import (
	"net/netip"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// cidr cuts a block into as many of a size: [ipBlock, count, cidrBits], where the last is 32 or 128 less the prefix.
func (s scope) cidr(arg *yaml.Node) resource.Value {
	a, ok := args(arg, 2)
	if !ok {
		return malformed("Fn::Cidr")
	}
	var texts [3]string
	texts[2] = "64"
	for i := range min(len(a), 3) {
		v := s.eval(a[i])
		if texts[i], ok = plain(v); !ok {
			return unknown(why(v))
		}
	}
	block, err := netip.ParsePrefix(texts[0])
	count, err2 := strconv.Atoi(texts[1])
	bits, err3 := strconv.Atoi(texts[2])
	if err != nil || err2 != nil || err3 != nil || count < 1 || count > 256 || bits < 1 {
		return malformed("Fn::Cidr")
	}
	length := block.Addr().BitLen() - bits
	if length < block.Bits() {
		return malformed("Fn::Cidr")
	}
	list := resource.List{}
	at := block.Masked().Addr()
	for range count {
		if !at.IsValid() || !block.Contains(at) {
			return malformed("Fn::Cidr")
		}
		list.Items = append(list.Items, resource.Value{Data: netip.PrefixFrom(at, length).String()})
		at = after(at, bits)
	}
	return resource.Value{Data: list}
}

// after is the address that follows a block with so many bits for hosts.
func after(a netip.Addr, bits int) netip.Addr {
	b := a.AsSlice()
	carry := 1 << (bits % 8)
	for i := len(b) - 1 - bits/8; i >= 0 && carry > 0; i-- {
		n := int(b[i]) + carry
		b[i], carry = byte(n), n>>8
	}
	next, ok := netip.AddrFromSlice(b)
	if !ok || carry > 0 {
		return netip.Addr{}
	}
	return next
}
