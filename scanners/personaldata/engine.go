package personaldata

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// engine is the detectors made ready: shapes as one automaton, words by hash, finders by where they are called. It does not
// change once made.
type engine struct {
	all        []detectors.Detector
	lex        *lexicon
	shapes     []shape
	auto       *automaton
	anchors    *anchors
	ways       *anchors      // rue, strada
	prefixes   [256][]prefix // by their first byte
	finders    [16][]int     // by the bit of their trigger
	calls      [16]set       // the same
	hinting    [256][]ending // of headers that may name, by their last byte
	solo       set           // need no words
	provable   set           // a column may prove them
	barred     []int         // those that words of a name rule out
	vague      set           // those that take a whole cell: their words say little of a code in it
	complete   []complete    // as accept of the automaton
	naming     set           // those called where a word names them
	class      [256]byte     // of bytes
	clock      [256]bool     // what a time goes on with
	separators [256]uint8
	tables     [sqlText + 1]*classes
	rates      []rates // by detector
}

// Classes of bytes.
const (
	digit = 1 << iota
	upper
	lower
	letter // beyond ASCII
	stop   // ends a line or a sentence
	edge   // may glue
	mark   // must stand behind what some shapes are
)

const word = digit | upper | lower | letter

// complete is what is known of shapes that are complete together.
type complete struct {
	detectors set
	alone     set        // those that need no words
	piece     bool       // within something longer none of them comes to anything
	named     []template // what the others look like, where each is one atom and no finder's
}

type ending struct {
	tail     string
	detector int
}

// prefix is how a word begins at which a finder is called.
type prefix struct {
	four     uint32 // its first four bytes, or as many as it has
	mask     uint32
	head     []byte
	detector int
}

func newPrefix(head string, detector int) prefix {
	var b [4]byte
	p := prefix{head: []byte(head), detector: detector, mask: ^uint32(0)}
	if n := copy(b[:], head); n < len(b) {
		p.mask = 1<<(8*n) - 1
	}
	p.four = binary.LittleEndian.Uint32(b[:])
	return p
}

// noises are printed forms of what is no personal data: digests of 128 bits as UUIDs, times, versions, ISBNs.
func noises() []string {
	return []string{"X{8}-X{4}-X{4}-X{4}-X{12}", "9999-99-99A99:99", "9999-99-99A999999", "9999-99-99 99:99", "9999/99/99 99:99", "99/AAA/9999:99:99:99",
		"99:99:99", "9{1-4}.9{1-4}.9{1-4}.9{1-4}.9{1-4}", "999-9{1-5}-9{1-7}-9{1-7}-9"}
}

func newEngine(all []detectors.Detector) *engine {
	e := &engine{all: all, separators: separating(), lex: newLexicon(all), anchors: newAnchors(), ways: newAnchors()}
	for c := range e.class {
		switch b := byte(c); {
		case b-'0' < 10:
			e.class[c] = digit
		case b-'A' < 26:
			e.class[c] = upper
		case b-'a' < 26:
			e.class[c] = lower
		case b == '\n' || b == '\r' || b == '.' || b == '!' || b == '?':
			e.class[c] = stop
		case b >= 0x80 && b != 0xC2 && b != 0xE2: // those two begin spaces, dashes and quotation marks
			e.class[c] = letter
		}
	}
	for _, c := range []byte(edges()) {
		e.class[c] |= edge
	}
	for _, c := range []byte(marks) {
		e.class[c] |= mark
	}
	for _, c := range []byte("0123456789:.Z") {
		e.clock[c] = true
	}
	for f := range e.tables {
		e.tables[f] = newClasses(form(f), ',')
	}
	for _, w := range detectors.Ways() {
		e.ways.learn(w, begins)
	}
	e.mind(against(), speaks)
	for i := range all {
		e.mind(all[i].Words, speaks|begins*uint64(oneIf(all[i].At&detectors.Naming != 0)))
	}
	var patterns [][]element
	for _, p := range noises() {
		patterns = append(patterns, parse(p))
		e.shapes = append(e.shapes, shape{detector: noise})
	}
	for i := range all {
		d := &all[i]
		for _, p := range d.Shapes {
			patterns = append(patterns, e.addShape(i, p)...)
		}
		e.addFinder(i, d)
		if max(d.Alone, d.Printed) >= Reported {
			e.solo.add(i)
		}
		e.rates = append(e.rates, e.newRates(i))
		if len(d.Unless) > 0 {
			e.barred = append(e.barred, i)
		}
		if d.Proof != detectors.NoProof {
			e.provable.add(i)
		}
		for _, tail := range d.Hints {
			last := tail[len(tail)-1]
			e.hinting[last] = append(e.hinting[last], ending{tail, i})
		}
	}
	e.auto = newAutomaton(patterns)
	for _, shapes := range e.auto.accept {
		c := complete{piece: true}
		for _, id := range shapes {
			sh := &e.shapes[id]
			if sh.behind != 0 {
				continue
			}
			if c.piece = c.piece && sh.detector != noise && sh.find == nil; sh.detector == noise {
				continue
			}
			if c.detectors.add(sh.detector); sh.solo {
				c.alone.add(sh.detector)
			}
		}
		c.named = e.forms(shapes, c.alone)
		e.complete = append(e.complete, c)
	}
	return e
}

// forms gives what shapes look like that are not of some detectors, or nil where one is more than an atom.
func (e *engine) forms(shapes []uint16, but set) (out []template) {
	out = []template{}
	for _, id := range shapes {
		switch sh := &e.shapes[id]; {
		case sh.behind != 0 || sh.detector == noise || but.has(sh.detector):
		case sh.find != nil || len(sh.template) > 1:
			return nil
		default:
			out = append(out, sh.template[0])
		}
	}
	return out
}

// mind makes the last words of phrases anchors, so that what is mentioned is known when a number comes.
func (e *engine) mind(phrases []string, is uint64) {
	for _, p := range phrases {
		words := fields(p)
		for _, last := range []string{words[len(words)-1], strings.Join(words, "")} {
			e.anchors.learn(last, is)
		}
	}
}

// addShape gives the forms of a pattern: with spaces and with dashes where it says ~.
func (e *engine) addShape(k int, pattern string) (out [][]element) {
	d := &e.all[k]
	behind := pattern[len(pattern)-1]
	if pattern = strings.TrimRight(pattern, marks); pattern[len(pattern)-1] == behind {
		behind = 0
	}
	forms := []string{strings.ReplaceAll(pattern, "~", " ")}
	if dashed := strings.ReplaceAll(pattern, "~", "-"); dashed != forms[0] {
		forms = append(forms, dashed)
	}
	for _, f := range forms {
		p := parse(f)
		s := shape{detector: k, behind: behind, printed: len(p) > 1, exact: true, find: d.Find, check: d.Check, chance: d.Chance > 0, lower: d.Lower}
		s.sure = d.Alone >= Reported || s.printed && d.Printed >= Reported
		s.solo = d.Alone >= Reported || max(d.Alone, d.Printed) >= Reported && (s.printed || d.Find != nil || d.Telling)
		for _, el := range p {
			if el.separator == 0 {
				s.template = append(s.template, el.template)
				s.exact = s.exact && el.exact
			}
		}
		out = append(out, p)
		e.shapes = append(e.shapes, s)
	}
	return out
}

func (e *engine) addFinder(k int, d *detectors.Detector) {
	for b := range e.finders {
		if d.At>>b&1 == 1 {
			e.finders[b] = append(e.finders[b], k)
			e.calls[b].add(k)
		}
	}
	if d.At&detectors.Cell != 0 && d.Within != nil {
		e.vague.add(k)
	}
	if d.At&detectors.Naming != 0 {
		e.naming.add(k)
	}
	for _, p := range d.Prefixes {
		e.prefixes[p[0]] = append(e.prefixes[p[0]], newPrefix(p, k))
		first := fields(p)[0]
		e.anchors.learn(first, begins)
		e.anchors.prefix(p)
	}
	for _, t := range d.Terms {
		for _, w := range fields(t)[:1] {
			e.anchors.learn(w, begins)
		}
	}
	if d.At&detectors.Given != 0 {
		for _, name := range detectors.NamesBegin() {
			e.anchors.learn(strings.TrimRight(name, "."), begins)
		}
	}
}

// folded is a phrase in plain letters.
func folded(s string) string {
	var out bytes.Buffer
	for i := 0; i < len(s); {
		c, n := detectors.Fold(s, i)
		out.WriteByte(c)
		i += n
	}
	return out.String()
}

// bitOf gives the place of a trigger, which is a single bit.
func bitOf(at detectors.Trigger) int { return bits.TrailingZeros16(uint16(at)) & 15 }
