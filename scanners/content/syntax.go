package content

import (
	"fmt"

	"github.com/probity-scan/probity"
)

// syntaxError says where an object stops being what it claims to be, never what stands there.
type syntaxError struct {
	what string
	line int
}

func (e *syntaxError) Error() string { return fmt.Sprintf("%s at line %d", e.what, e.line) }

func (e *syntaxError) gap() *probity.Gap {
	return &probity.Gap{Reason: probity.Unreadable, Because: e.Error()}
}
