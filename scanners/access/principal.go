package access

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// principals is whom a statement speaks of.
type principals struct {
	anyone bool
	open   bool // a hole: perhaps anyone
	named  []principal
}

// principal is one that is named, and the account it belongs to where the name tells.
type principal struct {
	name    string
	account string
	service bool // the provider acting for its customer
	own     bool // of the account that the code itself is applied to
	unsure  bool // of an account that code leaves open
}

// nobody: it is written, and holds no name.
func (p *principals) nobody() bool { return p != nil && !p.anyone && !p.open && len(p.named) == 0 }

// UnmarshalJSONFrom implements [json.UnmarshalerFrom]: "*", or lists by kind of principal.
func (p *principals) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() == '"' {
		var s string
		if err := json.UnmarshalDecode(d, &s); err != nil {
			return err
		}
		p.add("AWS", s)
		return nil
	}
	var kinds map[string]texts
	if err := json.UnmarshalDecode(d, &kinds); err != nil {
		return err
	}
	for _, kind := range sorted(kinds) {
		for _, name := range kinds[kind] {
			p.add(kind, name)
		}
	}
	return nil
}

// add takes every name with a wildcard as anyone, unless it is of one account: AWS refuses those it does not mean so.
func (p *principals) add(kind, name string) {
	switch {
	case strings.HasPrefix(name, holeOpen) && fill(name, "") == "" && (kind == "*" || strings.EqualFold(kind, "AWS")):
		p.open = true
	case strings.ContainsAny(name, "*?") && Account(name) == "":
		p.anyone = true
	case strings.EqualFold(kind, "Service"):
		p.named = append(p.named, principal{name: name, service: true})
	case strings.EqualFold(kind, "CanonicalUser"):
		named := somebody(name)
		named.name = "canonical-user:" + name
		p.named = append(p.named, named)
	default:
		named := somebody(name)
		named.name = name
		p.named = append(p.named, named)
	}
}

// somebody is whom a text names. Infrastructure code leaves placeholders, "${data.aws_caller_identity.current.account_id}",
// where only the provider knows the value: of its own account, or of one that cannot be told yet.
func somebody(text string) principal {
	p := principal{account: Account(text)}
	switch {
	case holder(text) == "cloudfront", strings.HasSuffix(text, ".iam_arn}"), strings.HasSuffix(text, ".s3_canonical_user_id}"):
		p.service = true // a content delivery network's identity is the provider's, in no customer's account
	case strings.Contains(text, "${data.aws_caller_identity."), strings.Contains(text, "${data.aws_canonical_user_id."):
		p.own = true
	default:
		p.unsure = placeholder(text)
	}
	return p
}

// placeholder tells code's own placeholders from IAM's variables: "${aws:username}" and the escapes "${*}", "${?}", "${$}".
func placeholder(text string) bool {
	for {
		_, rest, ok := strings.Cut(text, "${")
		if !ok {
			return false
		}
		inside, after, _ := strings.Cut(rest, "}")
		if strings.Contains(inside, ".") && !strings.Contains(inside, ":") {
			return true
		}
		text = after
	}
}

// Anyone reports whether a grant's principal is everybody, or everybody with an account at the provider.
func Anyone(name string) bool {
	group := name[strings.LastIndexByte(name, '/')+1:]
	return name == "*" || group == "AllUsers" || group == "AuthenticatedUsers"
}

// Service reports whether a grant's principal is the provider acting for its customer.
func Service(name string) bool {
	return strings.HasSuffix(name, ".amazonaws.com") || strings.HasSuffix(name, "/groups/s3/LogDelivery")
}

// Account is the account that a principal's name tells: an ARN's, or the name itself; empty when it tells none.
func Account(name string) string {
	if accountID(name) {
		return name
	}
	if a := holder(name); accountID(a) {
		return a
	}
	return ""
}

func accountID(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

// holder is the account part of an ARN: digits, or a word of the provider's; empty for what is no ARN.
func holder(name string) string {
	a, err := arn.Parse(name)
	if err != nil {
		return ""
	}
	return a.AccountID
}
