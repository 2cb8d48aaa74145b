package pdf

import (
	"bytes"
	"math"
)

// entry is where an object stands: in the file, or in an object stream.
type entry struct {
	pack int // 0: the file, else the object stream of that number
	at   int
}

// index finds every object. One that is written again later, as an update does, replaces the earlier one.
func (d *document) index() error {
	d.objects, d.packs, d.trailer = map[int]entry{}, [][]byte{d.b}, dict{}
	if err := d.spend(len(d.b) / 16); err != nil { // what looking at it costs, even where it holds no text
		return err
	}
	for pos := 0; ; {
		i := bytes.Index(d.b[pos:], []byte("obj"))
		if i < 0 {
			break
		}
		num, ok := numbered(d.b, pos+i)
		pos += i + 3
		if !ok {
			continue
		}
		v, next := d.object(ref{num: num}, entry{at: pos})
		d.objects[num] = entry{at: pos}
		d.note(num, v)
		pos = max(next, pos)
		if d.ctx.Err() != nil {
			return d.ctx.Err()
		}
	}
	d.trailers()
	if err := d.unlock(); err != nil || d.rep.Encrypted {
		return err
	}
	for _, num := range d.found.packs {
		if err := d.unpack(num); err != nil {
			return err
		}
	}
	return nil
}

// numbered reads the number in front of "obj", as in "12 0 obj".
func numbered(b []byte, at int) (int, bool) {
	i := at
	for _, least := range []int{0, 1} { // "0obj" is written too
		blank := i
		for i > 0 && isSpace(b[i-1]) {
			i--
		}
		digits := i
		for i > 0 && isDigit(b[i-1]) && digits-i < 10 {
			i--
		}
		if digits == i || blank-digits < least {
			return 0, false
		}
	}
	n := 0
	for ; i < at && isDigit(b[i]); i++ {
		n = n*10 + int(b[i]-'0')
	}
	return n, n < 1<<31
}

// note keeps what an object is.
func (d *document) note(num int, v any) {
	if len(specs(v, 0)) > 0 {
		d.found.specs = append(d.found.specs, num)
	}
	var m dict
	s, is := v.(*stream)
	if is {
		m = s.dict
	} else if m, is = v.(dict); !is {
		return
	}
	switch m["Type"] {
	case name("Page"):
		d.found.pages = append(d.found.pages, num)
	case name("Catalog"):
		d.found.root = num
	case name("ObjStm"):
		d.found.packs = append(d.found.packs, num)
	case name("XRef"):
		d.merge(m)
	}
}

// specs are the specifications of attached files in an object: one has a dictionary EF.
func specs(v any, depth int) (all []dict) {
	var in array
	switch v := v.(type) {
	case *stream:
		return specs(v.dict, depth)
	case array:
		in = v
	case dict:
		if _, is := v["EF"].(dict); is || v["Type"] == name("Filespec") {
			return []dict{v}
		}
		for _, k := range sorted(v) {
			in = append(in, v[k])
		}
	}
	if depth < 5 {
		for _, e := range in {
			all = append(all, specs(e, depth+1)...)
		}
	}
	return all
}

// merge takes what a trailer says; a later one says it better.
func (d *document) merge(m dict) {
	for _, k := range []string{"Root", "Info", "Encrypt", "ID"} {
		if m[k] != nil {
			d.trailer[k] = m[k]
		}
	}
}

func (d *document) trailers() {
	for pos := 0; ; {
		i := bytes.Index(d.b[pos:], []byte("trailer"))
		if i < 0 {
			return
		}
		l := &lexer{b: d.b, at: pos + i + 7, refs: true}
		if m, is := l.value().(dict); is {
			d.merge(m)
		}
		pos = max(pos+i+7, l.at)
	}
}

// object reads what stands at a place, and says where it ends.
func (d *document) object(r ref, e entry) (any, int) {
	l := &lexer{b: d.packs[e.pack], at: e.at, refs: true}
	v := l.value()
	m, is := v.(dict)
	if !is || e.pack != 0 {
		return v, l.at
	}
	from := l.at
	if l.value() != word("stream") {
		return v, from
	}
	at := l.at
	switch rest := l.b[at:]; {
	case bytes.HasPrefix(rest, []byte("\r\n")):
		at += 2
	case len(rest) > 0 && (rest[0] == '\n' || rest[0] == '\r'):
		at++
	}
	size := d.size(m, at)
	return &stream{dict: m, raw: d.b[at : at+size], of: r, plain: m["Type"] == name("XRef")}, at + size
}

// size is how long a stream is: as it says, if what ends it stands there, else up to that.
func (d *document) size(m dict, at int) int {
	if n, is := m["Length"].(float64); is && n >= 0 && n <= float64(len(d.b)-at) {
		if end := d.b[at+int(n):]; bytes.HasPrefix(bytes.TrimLeft(end[:min(len(end), 16)], "\r\n "), []byte("endstream")) {
			return int(n)
		}
	}
	if i := bytes.Index(d.b[at:], []byte("endstream")); i >= 0 {
		return len(bytes.TrimSuffix(bytes.TrimSuffix(d.b[at:at+i], []byte("\n")), []byte("\r")))
	}
	d.rep.Damaged++ // the file is cut
	return len(d.b) - at
}

// unpack reads the places of the objects in a stream.
func (d *document) unpack(num int) error {
	s := d.stream(ref{num: num})
	if s == nil {
		return nil
	}
	b, err := d.decode(s)
	if err != nil {
		return err
	}
	d.packs = append(d.packs, b)
	e := entry{pack: len(d.packs) - 1}
	first, l := d.integer(s.dict["First"], 0, len(b)), &lexer{b: b}
	l.b = b[:first]
	for {
		n, is := l.value().(float64)
		at, too := l.value().(float64)
		if !is || !too {
			return nil
		}
		if !(n >= 0 && n < math.MaxInt32 && at >= 0 && at < float64(len(b)-first)) {
			continue
		}
		e.at = first + int(at)
		if had, ok := d.objects[int(n)]; ok && had.pack == 0 && had.at > d.objects[num].at {
			continue // it was written again behind the stream
		}
		d.objects[int(n)] = e
		v, end := d.object(ref{num: int(n)}, e)
		if err := d.spend(end - e.at); err != nil {
			return err
		}
		d.note(int(n), v)
	}
}

// cost is what reading an object takes from the budget, so that none is read a million times.
func cost(v any, size int) int {
	if s, is := v.(*stream); is {
		return 16 + size - len(s.raw) + len(s.raw)/64
	}
	return 16 + size
}

// resolve gives what a reference stands for, and anything else as it is.
func (d *document) resolve(v any) any {
	for range 10 {
		r, is := v.(ref)
		if !is {
			return v
		}
		e, ok := d.objects[r.num]
		if !ok {
			return nil
		}
		var end int
		v, end = d.object(r, e)
		if d.spend(cost(v, end-e.at)) != nil {
			return nil
		}
		if d.key != nil && e.pack == 0 {
			v = d.key.strings(v, r)
		}
	}
	return nil
}
