package pdf

import (
	"bytes"
	"cmp"
)

// graphics is what q keeps and Q gives back.
type graphics struct {
	ctm                 matrix
	font                *font
	size                float64
	char, word, leading float64
	stretch, rise       float64
}

// drawing is one stream of operators.
type drawing struct {
	*writer
	graphics
	resources  dict
	depth      int
	stack      []graphics
	text, line matrix
	args       []any
}

const (
	forms = 12   // in each other
	saved = 1000 // states that q keeps
)

// run reads the operators of a page, a form or a character (ISO 32000-1, annex A).
func (w *writer) run(b []byte, resources dict, ctm matrix, depth int) error {
	one := matrix{1, 0, 0, 1, 0, 0}
	r := &drawing{writer: w, graphics: graphics{ctm: ctm, stretch: 1}, resources: resources, depth: depth, text: one, line: one}
	l := &lexer{b: b}
	for {
		v := l.value()
		op, is := v.(word)
		if !is {
			if len(r.args) < 64 {
				r.args = append(r.args, v)
			}
			continue
		}
		switch op {
		case end:
			return nil
		case "BI":
			w.images++
			skipImage(l)
		default:
			l.count = 0
			if err := r.do(op); err != nil {
				return err
			}
		}
		r.args = r.args[:0]
	}
}

// skipImage goes behind a picture that stands among the operators.
func skipImage(l *lexer) {
	i := bytes.Index(l.b[l.at:], []byte("ID"))
	if i < 0 {
		l.at = len(l.b) // no data, and whatever its properties are, they are no text
		return
	}
	l.at += i + 2
	for {
		i := bytes.Index(l.b[l.at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.b)
			return
		}
		at := l.at + i
		l.at = at + 2
		if isSpace(l.b[at-1]) && (l.at == len(l.b) || isSpace(l.b[l.at])) && wordly(l.b[l.at:]) {
			return
		}
	}
}

// wordly reports whether operators may follow: no byte of the next few is one that only pictures have.
func wordly(b []byte) bool {
	for _, c := range b[:min(len(b), 10)] {
		if c > 126 || c < ' ' && !isSpace(c) {
			return false
		}
	}
	return true
}

// num is the argument before the last ones; 0 where it is none.
func (r *drawing) num(fromEnd int) float64 {
	if i := len(r.args) - 1 - fromEnd; i >= 0 {
		f, _ := r.args[i].(float64)
		return f
	}
	return 0
}

func (r *drawing) last() any {
	if len(r.args) == 0 {
		return nil
	}
	return r.args[len(r.args)-1]
}

func (r *drawing) matrix() matrix {
	return matrix{r.num(5), r.num(4), r.num(3), r.num(2), r.num(1), r.num(0)}
}

func (r *drawing) do(op word) error {
	switch op {
	case "q":
		if len(r.stack) < saved {
			r.stack = append(r.stack, r.graphics)
		}
	case "Q":
		if n := len(r.stack); n > 0 {
			r.graphics, r.stack = r.stack[n-1], r.stack[:n-1]
		}
	case "cm":
		r.ctm = r.matrix().times(r.ctm)
	case "BT":
		r.text = matrix{1, 0, 0, 1, 0, 0}
		r.line = r.text
	case "Tf":
		r.size = r.num(0)
		if len(r.args) > 1 {
			n, _ := r.args[len(r.args)-2].(name)
			r.font = r.document.font(r.dict(r.resources["Font"])[string(n)])
		}
	case "Tc":
		r.char = r.num(0)
	case "Tw":
		r.word = r.num(0)
	case "Tz":
		r.stretch = r.num(0) / 100
	case "TL":
		r.leading = r.num(0)
	case "Ts":
		r.rise = r.num(0)
	case "Td", "TD":
		if op == "TD" {
			r.leading = -r.num(0)
		}
		r.move(r.num(1), r.num(0))
	case "Tm":
		r.text = r.matrix()
		r.line = r.text
	case "T*":
		r.move(0, -r.leading)
	case "Tj", "'", "\"", "TJ":
		return r.shown(op)
	case "Do":
		return r.object()
	}
	return nil
}

func (r *drawing) move(x, y float64) {
	r.line = matrix{1, 0, 0, 1, x, y}.times(r.line)
	r.text = r.line
}

func (r *drawing) shown(op word) error {
	switch op {
	case "\"":
		r.word, r.char = r.num(2), r.num(1)
		r.move(0, -r.leading)
	case "'":
		r.move(0, -r.leading)
	case "TJ":
		all, _ := r.last().(array)
		for _, v := range all {
			switch v := v.(type) {
			case text:
				if err := r.show(v); err != nil {
					return err
				}
			case float64:
				r.advance(-v / 1000 * r.size)
			}
		}
		return nil
	}
	s, _ := r.last().(text)
	return r.show(s)
}

// advance moves along the line, by a distance before it is stretched.
func (r *drawing) advance(by float64) {
	if r.font != nil && r.font.upright {
		r.text = matrix{1, 0, 0, 1, 0, by}.times(r.text)
		return
	}
	r.text = matrix{1, 0, 0, 1, by * r.stretch, 0}.times(r.text)
}

// show writes a string in the font that is set.
func (r *drawing) show(b text) error {
	if r.font == nil {
		r.font = r.document.font(dict{})
	}
	for len(b) > 0 {
		s, width, n := r.font.next(b)
		at := matrix{r.size * r.stretch, 0, 0, r.size, 0, r.rise}.times(r.text).times(r.ctm)
		if s == "" && r.font.silent() {
			r.rep.Unmapped++
		}
		if err := r.put(s, at, width, r.font.upright); err != nil {
			return err
		}
		by := width*r.size + r.char
		if r.font.upright {
			by = -r.size + r.char
		}
		if n == 1 && b[0] == ' ' {
			by += r.word
		}
		r.advance(by)
		b = b[n:]
	}
	return nil
}

// object draws a form; a picture is counted.
func (r *drawing) object() error {
	n, _ := r.last().(name)
	s := r.stream(r.dict(r.resources["XObject"])[string(n)])
	if s == nil {
		return nil
	}
	switch r.document.name(s.dict["Subtype"]) {
	case "Image":
		r.images++
	case "Form":
		if r.depth == forms {
			return nil
		}
		b, cut := r.decode(s)
		ctm := r.ctm
		if a := r.array(s.dict["Matrix"]); len(a) == 6 {
			var m matrix
			for i := range m {
				m[i] = r.number(a[i])
			}
			ctm = m.times(ctm)
		}
		own := r.dict(s.dict["Resources"])
		if own == nil {
			own = r.resources
		}
		return cmp.Or(r.run(b, own, ctm, r.depth+1), cut)
	}
	return nil
}
