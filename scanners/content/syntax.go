package content

import (
	"errors"
	"fmt"

	"github.com/probity-scan/probity"
)

// syntaxError says where an object stops being what it claims to be, never what stands there.
type syntaxError struct {
	what string
	line int
}

// rest reads what stands behind an error of syntax as text: it may hold what is looked for, even if nobody knows where.
func (p *parser) rest(err error) error {
	var bad *syntaxError
	if !errors.As(err, &bad) || p.in.cut() {
		return err
	}
	if w := p.in; w.at > 0 && w.buf[w.at-1] != '\n' && (w.at < w.end || !w.ended()) {
		w.at-- // what was not expected
	}
	if lost := p.text(); lost != nil {
		return lost
	}
	return err
}

func (e *syntaxError) Error() string { return fmt.Sprintf("%s at line %d", e.what, e.line) }

func (e *syntaxError) gap() *probity.Gap {
	return &probity.Gap{Reason: probity.Unreadable, Because: e.Error()}
}
