package verdict

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/probity-scan/probity"
)

// question is a compiled query that is asked of documents, and remembers the answers by what it read of them.
type question struct {
	reach  reach
	places map[*Paths]*place
	query  query
	said   *answers
}

// Question is a query over rules whose answer rests on what is known alone: what is not known is not there.
type Question struct {
	question
}

// NewQuestion prepares a query such as "severity := data.probity.risk.severity". Answers are remembered in so many bytes.
func NewQuestion(ctx context.Context, c *ast.Compiler, text string, remembered int64) (*Question, error) {
	body, err := ast.ParseBody(text)
	if err != nil {
		return nil, fmt.Errorf("parsing %s: %w", text, err)
	}
	var rules []*ast.Rule
	ast.WalkRefs(body, func(ref ast.Ref) bool {
		rules = append(rules, c.GetRules(ref)...)
		return false
	})
	docs, err := opened(ctx, inmem.New(), nil)
	if err != nil {
		return nil, err
	}
	q := &Question{question{said: (&memory{limit: remembered}).of()}}
	if q.reach, err = reachOf(c, body, rules); err != nil {
		return nil, fmt.Errorf("working out what %s reads: %w", text, err)
	}
	q.places = placesOf(q.reach.wanted)
	if q.query, err = queryOf(c, body, docs); err != nil {
		return nil, fmt.Errorf("preparing %s: %w", text, err)
	}
	return q, nil
}

// Ask gives what is made of the first answer, which may be nil where there is none. What is made is remembered.
func (q *Question) Ask(ctx context.Context, input *Node, of func(answer func(name string) ast.Value) any) (any, error) {
	if said := q.recall(input, nil, nil); said != nil {
		return said, nil
	}
	none := func(string) ast.Value { return nil }
	made := func(doc *ast.Term, t *reading) (any, error) {
		answer := none
		err := q.query.over(ctx, doc, t).Iter(ctx, func(row topdown.QueryResult) error {
			answer = func(name string) ast.Value {
				if v, ok := row[ast.Var(name)]; ok {
					return v.Value
				}
				return nil
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		return of(answer), nil
	}
	if !q.followed(input) {
		doc, _ := project(input, q.reach.wanted).term(nil)
		return made(doc, nil)
	}
	t := q.reading(nil)
	t.through = true
	said, err := made(t.watch(input), t)
	if err == nil && !t.lost {
		q.said.follow(t, said)
	}
	return said, err
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
