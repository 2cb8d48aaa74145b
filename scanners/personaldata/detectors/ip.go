package detectors

import (
	"net/netip"

	"github.com/probity-scan/probity"
)

func ipAddress() Detector {
	return Detector{
		ID: "ip-address", Title: "IP address", Category: probity.Online,
		Words: []string{"ip", "ips", "ip address", "ipaddress", "ipaddr", "ipv4", "ipv6", "client ip", "clientip", "source ip", "src ip", "remote ip", "remote addr", "remote host", "host", "hostname", "peer", "x forwarded for", "adresse ip", "ip adresse", "dirección ip",
			"indirizzo ip", "adres ip", "ip adres", "request from", "connection from"},
		Shapes: []string{"9{1-3}.9{1-3}.9{1-3}.9{1-3}"}, Find: findIP, At: Colon, Whole: true,
		Alone: .35, Printed: .7, Named: .9, Proof: ByForm,
		Examples: func() []string {
			return []string{"203.0.113.77", "84.17.201.9", "2001:db8:85a3::8a2e:370:7334", "2a02:810d:1b40:2a1c:7c5e:91ff:fe2a:11b0"}
		},
		Counterexamples: []string{"1.2.3", "1.2.3.4.5", "256.1.1.1", "0.0.0.0", "127.0.0.1", "255.255.255.0", "12:34:56:78:9a:bc", "10:22:33", "01.02.03.04"},
	}
}

// findIP finds dotted quads and IPv6. Four small numbers are more often a version, and private and multicast
// ranges name nobody outside: only words make them one.
func findIP(b []byte, at int) Found {
	if e, octets := quad(b, at); e > 0 {
		a, c, most := octets[0], octets[1], max(octets[0], octets[1], octets[2], octets[3])
		switch {
		case a == 0 || a == 127 || a == 255:
			return Found{at, e, Rejected}
		case a>>4 == 14 || a == 10 || a == 192 && c == 168 || a == 172 && c>>4 == 1 || a == 169 && c == 254 || a == 100 && c>>6 == 1 || most < 32:
			return Found{at, e, Doubtful}
		}
		return Found{at, e, Distinctive}
	}
	return findIPv6(b, at)
}

func quad(b []byte, at int) (end int, octets [4]int) {
	i := at
	if at > 1 && b[at-1] == '.' && isWord(b[at-2]) || at > 0 && (b[at-1] == '-' || b[at-1] == '@' || b[at-1] == '=' && at > 1 && b[at-2] == '=') {
		return 0, octets
	}
	for k := range octets {
		from := i
		for i < len(b) && i-from < 3 && isDigit(b[i]) {
			octets[k] = octets[k]*10 + int(b[i]-'0')
			i++
		}
		if i == from || octets[k] > 255 || i-from > 1 && b[from] == '0' {
			return 0, octets
		}
		if k < 3 {
			if i >= len(b) || b[i] != '.' {
				return 0, octets
			}
			i++
		}
	}
	if i < len(b) && (isWord(b[i]) || b[i] == '_' || (b[i] == '.' || b[i] == '-') && i+1 < len(b) && isWord(b[i+1])) {
		return 0, octets
	}
	return i, octets
}

// findIPv6 widens to hex digits and colons, 39 characters at most. A MAC address, a time, a C++ name parse as none.
func findIPv6(b []byte, at int) Found {
	hex := func(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
	s, e := at, at
	for s > 0 && at-s < 40 && (hex(b[s-1]) || b[s-1] == ':') {
		s--
	}
	colons := 0
	for e < len(b) && e-s < 41 && (hex(b[e]) || b[e] == ':') {
		if b[e] == ':' {
			colons++
		}
		e++
	}
	if s < at && s > 0 && isWord(b[s-1]) { // key:2001:db8::1
		for s < at && b[s] != ':' {
			s++
		}
		s++
	}
	for e > s && b[e-1] == ':' && (e < s+2 || b[e-2] != ':') {
		e--
	}
	if colons < 3 || e-s < 9 || e-s > 39 || s > at || e < len(b) && isWord(b[e]) {
		return Found{}
	}
	if b[e-1] == ':' && e+1 < len(b) && b[e] == '/' && !isDigit(b[e+1]) {
		return Found{} // fields of a record, and a path: 1000:1000::/home
	}
	a, err := netip.ParseAddr(string(b[s:e]))
	if err != nil || !a.Is6() || a.IsLoopback() || a.IsUnspecified() {
		return Found{}
	}
	if a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsMulticast() {
		return Found{s, e, Doubtful}
	}
	return Found{s, e, Distinctive}
}
