package access

import (
	"errors"
	"net/netip"
	"strings"
)

// test is one operator over one key of the request. A statement applies when all its tests hold.
type test struct {
	key      string // as written
	operator string // lower case, without what follows
	negated  bool
	like     bool // the values are patterns
	forAll   bool // ForAllValues: holds when the key is absent
	forAny   bool // ForAnyValue
	ifExists bool
	values   texts
	ranges   []netip.Prefix // of the IP operators
	lost     bool           // a hole: operator or key are not known
}

func tests(condition conditions) ([]test, error) {
	var out []test
	for _, written := range sorted(condition) {
		for _, key := range sorted(condition[written]) {
			if holed(key) || holed(written) {
				out = append(out, test{key: key, lost: true})
				continue
			}
			t, err := parseTest(written, key, condition[written][key])
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
	}
	return out, nil
}

func parseTest(operator, key string, values texts) (test, error) {
	t := test{key: key, values: values}
	op := strings.ToLower(operator)
	op, t.forAll = strings.CutPrefix(op, "forallvalues:")
	op, t.forAny = strings.CutPrefix(op, "foranyvalue:")
	op, t.ifExists = strings.CutSuffix(op, "ifexists")
	t.operator = op
	switch op {
	case "stringequals", "stringequalsignorecase", "binaryequals", "bool", "null",
		"numericequals", "numericlessthan", "numericlessthanequals", "numericgreaterthan", "numericgreaterthanequals", "numericnotequals",
		"dateequals", "datelessthan", "datelessthanequals", "dategreaterthan", "dategreaterthanequals", "datenotequals":
	case "stringlike", "arnequals", "arnlike":
		t.like = true
	case "stringnotequals", "stringnotequalsignorecase":
		t.negated = true
	case "stringnotlike", "arnnotequals", "arnnotlike":
		t.negated, t.like = true, true
	case "ipaddress", "notipaddress":
		t.negated = op == "notipaddress"
		var err error
		t.ranges, err = ranges(values.told())
		return t, err
	default:
		return t, errors.New("has a condition with an operator that is not known")
	}
	return t, nil
}

// needed gives whom an Allow with this test lets in at most; ok is false when the test shuts out nobody in particular.
// others are the statement's tests: one of them may demand that the key be there.
func (t test) needed(others []test) (who []principal, ok bool) {
	if t.negated {
		return nil, false
	}
	if (t.forAll || t.ifExists) && !present(others, t.key) {
		return nil, false // holds for every request without the key
	}
	return t.limits()
}

// escaped gives whom a Deny for everybody with this test leaves over at most.
func (t test) escaped() (who []principal, ok bool) {
	if t.operator == "bool" && t.ifExists && t.says("false") {
		t.values = texts{"true"}
		return t.limits()
	}
	// A request without the key escapes ForAnyValue, and no other negated operator.
	if !t.negated || t.forAny {
		return nil, false
	}
	return t.limits()
}

// limits gives the principals that a request must be of for its key to have one of the values. One value that anybody
// can have undoes all. The keys and what counts as fixed follow "The meaning of public" in the S3 user guide.
func (t test) limits() ([]principal, bool) {
	if t.ranges != nil {
		if !strings.EqualFold(t.key, "aws:SourceIp") || Wide(t.ranges) {
			return nil, false
		}
	}
	var out []principal
	for _, v := range t.values {
		p, ok := t.fixed(v)
		if !ok {
			return nil, false
		}
		p.name, p.unsure = t.key+"="+v, p.unsure || holed(v)
		out = append(out, p)
	}
	return out, true
}

// fixed reports whether the value stands for somebody in particular.
func (t test) fixed(v string) (p principal, ok bool) {
	switch {
	case t.operator == "bool":
		// A mount target stands in a network of the owner's, behind a security group.
		sure := strings.EqualFold(t.key, "aws:PrincipalIsAWSService") || strings.EqualFold(t.key, "elasticfilesystem:AccessedViaMountTarget")
		return principal{service: true}, sure && strings.EqualFold(v, "true")
	case t.operator == "null", strings.HasPrefix(t.operator, "numeric"), strings.HasPrefix(t.operator, "date"):
		return principal{}, false // they order or demand values, and name nobody
	}
	open := t.like && strings.ContainsAny(v, "*?") || strings.Contains(v, "${") && !placeholder(v)
	switch strings.ToLower(t.key) {
	case "aws:principalaccount", "aws:sourceaccount", "aws:sourceowner", "aws:vpceaccount", "kms:calleraccount", "s3:dataaccesspointaccount":
		p = somebody(v)
		p.account = v
		return p, !open
	case "aws:principalarn", "aws:sourcearn", "s3:dataaccesspointarn", "elasticfilesystem:accesspointarn":
		p = somebody(v)
		p.unsure = p.unsure || !p.own && p.account == "" // a bucket's ARN tells no account
		return p, !open || p.account != ""
	case "aws:principalorgid", "aws:sourceorgid", "aws:vpceorgid", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceip",
		"s3:x-amz-server-side-encryption-aws-kms-key-id":
		return principal{}, !open
	case "aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths":
		organisation, _, below := strings.Cut(v, "/")
		return principal{}, !open || below && !strings.ContainsAny(organisation, "*?$")
	case "aws:userid":
		role, session, _ := strings.Cut(v, ":") // a role's own unique ID, with any session
		return principal{}, !open || session == "*" && !strings.ContainsAny(role, "*?$")
	case "aws:principalservicename":
		return principal{service: true}, !open
	}
	return principal{}, false
}

// says reports whether the values are this one alone.
func (t test) says(v string) bool { return len(t.values) == 1 && strings.EqualFold(t.values[0], v) }

// present reports whether a test demands that the request has the key.
func present(all []test, key string) bool {
	for _, t := range all {
		if t.operator == "null" && !t.ifExists && !t.forAll && strings.EqualFold(t.key, key) && t.says("false") {
			return true
		}
	}
	return false
}
