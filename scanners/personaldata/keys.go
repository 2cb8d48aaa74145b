package personaldata

import "bytes"

// key gives where the key is that ends just before a value: key=, the key:, "the key":.
func (s *scanner) key(start int) (from, end int) {
	const longest = 40
	t, i := s.text, start
	if i < 2 || !keyed(t[i-1]) {
		return 0, 0
	}
	for i > 0 && start-i < 3 && (t[i-1] == ' ' || t[i-1] == '"' || t[i-1] == '\'') {
		i--
	}
	if i < 2 || t[i-1] != '=' && t[i-1] != ':' {
		return 0, 0
	}
	i--
	quote, words := byte(0), 1
	if t[i-1] == '"' || t[i-1] == '\'' {
		quote = t[i-1]
		i--
	}
	end = i
	for ; i > 0 && end-i < longest; i-- {
		c := t[i-1]
		switch {
		case s.class[c]&word != 0:
			i = max(s.wordStart(i-1), end-longest) + 1
			continue
		case c == '_', c == '-', c == '.', c >= 0x80:
			continue
		case c == ' ' && quote != 0:
			continue
		case c == ' ' && words < 4 && i < end && i > 1 && s.class[t[i-2]]&word != 0: // "date of birth:", but not the value of a key before it
			words++
			continue
		}
		if words > 1 && (c == '=' || c == ':') {
			if space := bytes.IndexByte(t[i:end], ' '); space >= 0 {
				i += space + 1
			}
		}
		break
	}
	if i == end {
		return 0, 0
	}
	return i, end
}

// keyed: what may be between a key and its value.
func keyed(c byte) bool { return c == '=' || c == ':' || c == ' ' || c == '"' || c == '\'' }

// meant is what a key means, by its hash, since a key may be data. Texts have few.
type meant struct {
	key uint64
	set set
}

const meantBits = 8

// meaningOf remembers keys.
func (s *scanner) meaningOf(from, end int) set {
	id := s.hash(from, end)
	m := &s.keys[id>>(64-meantBits)]
	if m.key != id || id == 0 {
		key := s.text[from:end]
		*m = meant{id, s.unless(s.words(key), key)}
		if m.set.detectors().less(s.vague).empty() && m.set.against() {
			m.set = other()
		}
	}
	return m.set
}
