package verdict

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// Question is rules that say something of what is known alone: what is not known is not there.
type Question struct {
	reach   reach
	program program
	asked   []*virtual
}

// NewQuestion prepares rules, such as data.probity.risk.severity, that are asked together.
func NewQuestion(c *ast.Compiler, rules ...ast.Ref) (*Question, error) {
	q := &Question{}
	var body ast.Body
	var all []*ast.Rule
	for _, ref := range rules {
		body = append(body, ast.NewExpr(ast.NewTerm(ref)))
		all = append(all, c.GetRulesExact(ref)...)
	}
	var err error
	if q.reach, err = reachOf(c, body, all); err != nil {
		return nil, fmt.Errorf("working out what %v read: %w", rules, err)
	}
	t := &translator{compiler: c, wanted: q.reach.wanted, known: map[string]*virtual{}}
	for _, ref := range rules {
		v, err := t.rule(ref)
		if err != nil {
			return nil, fmt.Errorf("translating %s: %w", ref, err)
		}
		q.asked = append(q.asked, v)
	}
	q.program.rules = t.rules
	return q, nil
}

var errLost = errors.New("a rule has two values, or a function that it calls fails")

// Ask gives what each of the rules says; nil where one says nothing.
func (q *Question) Ask(ctx context.Context, input *Node) ([]ast.Value, error) {
	m := q.program.start(ctx, input, nil, false)
	defer m.free()
	m.through = true
	out := make([]ast.Value, len(q.asked))
	for i, v := range q.asked {
		x, _ := v.value(m)
		if m.lost {
			return nil, errLost
		}
		known, ok := m.whole(x)
		if !ok {
			return nil, nil
		}
		out[i] = known
	}
	return out, nil
}

// AddTo adds all that is read below a field of the document to a set.
func (q *Question) AddTo(p *Paths, field string) {
	if below, ok := q.reach.wanted.Below(field); ok && below != nil {
		p.merge(below)
	} else if ok {
		p.whole = true
	}
}

// Below names all that is read below a field of the document.
func (q *Question) Below(field string) []probity.Path {
	var out []probity.Path
	for _, names := range q.reach.input {
		if len(names) > 0 && names[0] == field {
			out = append(out, probity.Path(strings.Join(names[1:], ".")))
		}
	}
	return out
}
