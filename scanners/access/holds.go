package access

import (
	"slices"
	"strconv"
	"strings"
)

// holds reports whether a request meets the test.
func (t test) holds(r *Request) Truth {
	key := strings.ToLower(t.key)
	v, known := r.Context[key]
	switch {
	case t.lost, t.values.holed():
		return r.doubt("a condition")
	case !known && !slices.Contains(r.Without, key):
		return r.doubt(t.key)
	case t.operator == "null":
		return truth(t.says("true") != known)
	case !known:
		return truth((t.negated || strings.HasSuffix(t.operator, "notequals")) && !t.forAny || t.ifExists || t.forAll)
	}
	out := No
	for _, want := range t.values {
		out = max(out, t.meets(r, want, v))
	}
	if t.negated {
		return out.not()
	}
	return out
}

// meets compares one value, as if the operator were not negated.
func (t test) meets(r *Request, want, v string) Truth {
	full, ok := r.expand(want)
	if !ok {
		if glob(open(want), v) {
			return r.doubt(t.key)
		}
		return No
	}
	switch {
	case t.ranges != nil, strings.HasPrefix(t.operator, "date"), t.operator == "binaryequals":
		return r.doubt(t.key)
	case strings.HasPrefix(t.operator, "numeric"):
		return t.compares(r, full, v)
	case t.like:
		return truth(glob(full, v))
	case t.operator == "bool", strings.HasSuffix(t.operator, "ignorecase"):
		return truth(strings.EqualFold(full, v))
	}
	return truth(full == v)
}

func (t test) compares(r *Request, want, v string) Truth {
	a, err := strconv.ParseFloat(v, 64)
	b, bad := strconv.ParseFloat(want, 64)
	if err != nil || bad != nil {
		return r.doubt(t.key)
	}
	switch strings.TrimPrefix(t.operator, "numeric") {
	case "equals":
		return truth(a == b)
	case "notequals":
		return truth(a != b)
	case "lessthan":
		return truth(a < b)
	case "lessthanequals":
		return truth(a <= b)
	case "greaterthan":
		return truth(a > b)
	}
	return truth(a >= b)
}
