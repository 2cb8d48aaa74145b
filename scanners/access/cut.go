package access

import (
	"errors"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// CutIdentity is a policy of somebody without what speaks of other actions than those given, as JSON: what it says of these
// is unchanged. It is empty where nothing is left.
func CutIdentity(text string, actions []string) (string, error) {
	p, err := ParseIdentity(text)
	if err != nil {
		return "", err
	}
	return p.cut(text, actions)
}

// CutForAll is a policy for everybody, such as what an organisation says of its resources, cut like that of somebody.
func CutForAll(text string, actions []string) (string, error) {
	p, err := Parse(text)
	if err != nil {
		return "", err
	}
	for i := range p.statements {
		s := &p.statements[i]
		if s.Principal == nil || !s.Principal.anyone {
			return "", errors.New("policy is not for everybody")
		}
	}
	return p.cut(text, actions)
}

// shown is a statement as it is written again.
type shown struct {
	Effect      string     `json:"Effect"`
	Action      texts      `json:"Action,omitzero"`
	NotAction   texts      `json:"NotAction,omitzero"`
	Resource    texts      `json:"Resource,omitzero"`
	NotResource texts      `json:"NotResource,omitzero"`
	Condition   conditions `json:"Condition,omitzero"`
}

func (p Policy) cut(text string, actions []string) (string, error) {
	if p.gap != nil {
		return text, nil // what is not known may be any action
	}
	var out struct {
		Statement []shown `json:"Statement"`
	}
	for _, s := range p.statements {
		if !slices.ContainsFunc(actions, func(a string) bool { return s.about(&Request{}, strings.ToLower(a)) != No }) {
			continue
		}
		w := shown{Effect: s.Effect, Resource: s.Resource, NotResource: s.NotResource, Condition: s.Condition,
			Action: speaking(s.Action, actions), NotAction: speaking(s.NotAction, actions)}
		if s.NotAction != nil && len(w.NotAction) == 0 {
			w.NotAction, w.Action = nil, texts{"*"}
		}
		if !slices.ContainsFunc(out.Statement, w.equal) {
			out.Statement = append(out.Statement, w)
		}
	}
	if len(out.Statement) == 0 {
		return "", nil
	}
	b, err := json.Marshal(out, json.Deterministic(true))
	return string(b), err
}

// equal: generated policies say one thing for many services, which is one thing once these are cut off.
func (w shown) equal(v shown) bool {
	return w.Effect == v.Effect && slices.Equal(w.Action, v.Action) && slices.Equal(w.NotAction, v.NotAction) && slices.Equal(w.Resource, v.Resource) &&
		slices.Equal(w.NotResource, v.NotResource) && len(w.Condition) == 0 && len(v.Condition) == 0 && (w.Resource == nil) == (v.Resource == nil)
}

// speaking are the patterns that stand for one of the actions.
func speaking(patterns texts, actions []string) texts {
	var out texts
	for _, p := range patterns {
		low := strings.ToLower(p)
		if slices.ContainsFunc(actions, func(a string) bool { return glob(low, strings.ToLower(a)) }) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
