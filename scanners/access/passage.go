package access

import (
	"cmp"
	"strings"

	probity "github.com/probity-scan/probity"
)

// ways is how many pairs of an action and a resource of a policy are tried.
const ways = 1000

// Passes reports whether the policy of a way to a service lets identities of accounts that nobody here knows do something with
// resources of such accounts. Service is its short name, "s3"; a gap says what decides and is not known.
func (p Policy) Passes(service string) (bool, *probity.Gap) {
	foreign := Policy{gap: p.gap}
	for _, s := range p.statements {
		if !s.deny() && s.Resource != nil {
			if s.Resource = s.Resource.elsewhere(); len(s.Resource) == 0 {
				continue
			}
		}
		foreign.statements = append(foreign.statements, s)
	}
	doubt := &Doubt{}
	out, tried := No, 0
	for i := range foreign.statements {
		s := &foreign.statements[i]
		for _, on := range s.strangers(service) {
			for _, action := range s.examples(service) {
				if tried++; tried <= ways {
					out = max(out, foreign.Decide(stranger(action, on, doubt)).Allowed())
				}
			}
		}
	}
	switch {
	case out == Yes:
		return true, nil
	case out == No && tried <= ways:
		return false, nil
	case p.gap != nil:
		return false, p.gap
	case tried > ways:
		return false, &probity.Gap{Reason: probity.Unresolved, Because: "the policy has more ways than are tried"}
	}
	return false, &probity.Gap{Reason: probity.Unresolved, Because: "who passes depends on " + cmp.Or(doubt.Key, "whom it excepts")}
}

// nobody is an account that AWS gives to no customer.
const nobody = "000000000000"

// strangers are resources that belong to others and of which an Allow speaks.
func (s *statement) strangers(service string) []string {
	if s.deny() {
		return nil
	}
	patterns := s.Resource
	if patterns == nil {
		patterns = texts{"*"}
	}
	var out []string
	for _, p := range patterns {
		if example, ok := belonging(open(p), service); ok {
			out = append(out, example)
		}
	}
	return out
}

// belonging is a resource of nobody here that a pattern stands for.
func belonging(pattern, service string) (string, bool) {
	free := strings.NewReplacer("*", "probity", "?", "p")
	parts := strings.SplitN(pattern, ":", 6)
	if len(parts) < 6 { // a star stands for the rest
		if !strings.HasSuffix(pattern, "*") {
			return "", false
		}
		if parts = []string{"arn", "aws", service, "eu-west-1", nobody, "probity"}; service == "s3" {
			parts[3], parts[4], parts[5] = "", "", "probity-strangers/probity"
		}
		example := strings.Join(parts, ":")
		return example, glob(pattern, example)
	}
	if parts[3] == "" && parts[4] == "" { // a bucket's ARN names no account
		bucket, ok := common(parts[5], "probity-strangers*")
		parts[5] = bucket
		return free.Replace(strings.Join(parts, ":")), ok
	}
	ok := glob(parts[4], nobody)
	parts[4] = nobody
	return free.Replace(strings.Join(parts, ":")), ok
}

// stranger asks as an identity of one unknown account for something of the same.
func stranger(action, on string, doubt *Doubt) *Request {
	arn := "arn:aws:iam::" + nobody + ":user/probity"
	const org = "o-probity000"
	return &Request{Principal: arn, Account: nobody, Action: action, Resource: on, Doubt: doubt, Context: map[string]string{
		"aws:principalarn": arn, "aws:principalaccount": nobody, "aws:principalorgid": org, "aws:principalorgpaths": org + "/r-prob/", "aws:principaltype": "User",
		"aws:resourceaccount": nobody, "s3:resourceaccount": nobody, "aws:resourceorgid": org, "aws:resourceorgpaths": org + "/r-prob/",
		"aws:principalisawsservice": "false", "aws:viaawsservice": "false", "aws:securetransport": "true",
	}}
}

// elsewhere is a list of resources without those that code names by its own: they are no stranger's.
func (l texts) elsewhere() texts {
	out := texts{}
	for _, s := range l {
		if !strings.Contains(s, "${aws_") && !strings.Contains(s, "${data.aws_") {
			out = append(out, s)
		}
	}
	return out
}

// examples are actions that the statement speaks of.
func (s *statement) examples(service string) []string {
	if service == "" {
		service = "any"
	}
	if len(s.Action) == 0 {
		return []string{service + ":Probity"}
	}
	var out []string
	for _, a := range s.Action {
		if a = strings.NewReplacer("*", "Probity", "?", "p").Replace(open(a)); !strings.Contains(a, ":") {
			a = service + ":Probity"
		}
		out = append(out, a)
	}
	return out
}
