package functions

import (
	"errors"
	"math/big"
	"net/netip"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

var errNetwork = errors.New("the network cannot be divided like this")

func networks() map[string]function.Function {
	str, num := param("prefix", cty.String), param("number", cty.Number)
	static := function.StaticReturnType(cty.String)
	return map[string]function.Function{
		"cidrsubnet": function.New(&function.Spec{Params: []function.Parameter{str, num, num}, Type: static,
			Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
				p, err := netip.ParsePrefix(a[0].AsString())
				bits, ok := number(a[1])
				if err != nil || !ok {
					return cty.NilVal, errNetwork
				}
				n, _ := a[2].AsBigFloat().Int(nil)
				return subnet(p, int(bits), n)
			}}),
		"cidrhost": function.New(&function.Spec{Params: []function.Parameter{str, num}, Type: static,
			Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
				p, err := netip.ParsePrefix(a[0].AsString())
				if err != nil {
					return cty.NilVal, errNetwork
				}
				n, _ := a[1].AsBigFloat().Int(nil)
				free := p.Addr().BitLen() - p.Bits()
				if n.Sign() < 0 {
					n = n.Add(n, new(big.Int).Lsh(big.NewInt(1), uint(free)))
				}
				addr, err := add(p.Masked().Addr(), n, free, 0)
				if err != nil {
					return cty.NilVal, err
				}
				return cty.StringVal(addr.String()), nil
			}}),
		"cidrnetmask": function.New(&function.Spec{Params: []function.Parameter{str}, Type: static,
			Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
				p, err := netip.ParsePrefix(a[0].AsString())
				if err != nil || !p.Addr().Is4() {
					return cty.NilVal, errNetwork
				}
				m := ^uint32(0) << (32 - p.Bits())
				return cty.StringVal(netip.AddrFrom4([4]byte{byte(m >> 24), byte(m >> 16), byte(m >> 8), byte(m)}).String()), nil
			}}),
		"cidrsubnets": function.New(&function.Spec{Params: []function.Parameter{str}, VarParam: &num, Type: function.StaticReturnType(cty.List(cty.String)),
			Impl: subnets}),
	}
}

func subnet(p netip.Prefix, newBits int, n *big.Int) (cty.Value, error) {
	bits := p.Bits() + newBits
	if newBits < 0 || bits > p.Addr().BitLen() {
		return cty.NilVal, errNetwork
	}
	addr, err := add(p.Masked().Addr(), n, newBits, p.Addr().BitLen()-bits)
	if err != nil {
		return cty.NilVal, err
	}
	return cty.StringVal(netip.PrefixFrom(addr, bits).String()), nil
}

// add puts n, which must fit into width bits, into the address, shift bits from its end.
func add(base netip.Addr, n *big.Int, width, shift int) (netip.Addr, error) {
	if n.Sign() < 0 || n.BitLen() > width {
		return netip.Addr{}, errNetwork
	}
	raw := base.AsSlice()
	sum := new(big.Int).SetBytes(raw)
	sum.Add(sum, new(big.Int).Lsh(n, uint(shift)))
	if sum.BitLen() > len(raw)*8 {
		return netip.Addr{}, errNetwork
	}
	addr, ok := netip.AddrFromSlice(sum.FillBytes(make([]byte, len(raw))))
	if !ok {
		return netip.Addr{}, errNetwork
	}
	return addr, nil
}

// subnets lays networks of the given sizes one after the other.
func subnets(a []cty.Value, _ cty.Type) (cty.Value, error) {
	p, err := netip.ParsePrefix(a[0].AsString())
	if err != nil {
		return cty.NilVal, errNetwork
	}
	size := p.Addr().BitLen()
	next := new(big.Int).SetBytes(p.Masked().Addr().AsSlice())
	end := new(big.Int).Add(next, new(big.Int).Lsh(big.NewInt(1), uint(size-p.Bits())))
	var out []cty.Value
	for _, v := range a[1:] {
		newBits, ok := number(v)
		bits := p.Bits() + int(newBits)
		if !ok || newBits < 1 || bits > size {
			return cty.NilVal, errNetwork
		}
		step := new(big.Int).Lsh(big.NewInt(1), uint(size-bits))
		// a network starts at a multiple of its size
		if rest := new(big.Int).Mod(next, step); rest.Sign() > 0 {
			next.Add(next, step).Sub(next, rest)
		}
		if new(big.Int).Add(next, step).Cmp(end) > 0 {
			return cty.NilVal, errNetwork
		}
		addr, ok := netip.AddrFromSlice(next.FillBytes(make([]byte, size/8)))
		if !ok {
			return cty.NilVal, errNetwork
		}
		out = append(out, cty.StringVal(netip.PrefixFrom(addr, bits).String()))
		next.Add(next, step)
	}
	if len(out) == 0 {
		return cty.ListValEmpty(cty.String), nil
	}
	return cty.ListVal(out), nil
}
