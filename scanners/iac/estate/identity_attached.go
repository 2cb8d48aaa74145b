package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	roleAttachment = "aws_iam_role_policy_attachment"
	everything     = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`
)

// attachments are those of policies to others than one role of this root, each an asset where its policy is not.
func attachments() []string {
	return []string{roleAttachment, "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment", "aws_iam_policy_attachment"}
}

// carried is what attached policies say: of all there is, and of data. Reads holds all of them, those as well that are judged
// where they are declared.
type carried struct {
	admin []probity.Fact[probity.Optional[string]]
	data  []probity.Fact[probity.Optional[string]]
	reads []probity.Fact[probity.Optional[string]]
}

// say adds a policy's text.
func (c *carried) say(text probity.Fact[probity.Optional[string]]) {
	c.admin, c.data, c.reads = append(c.admin, text), append(c.data, text), append(c.reads, text)
}

func (c *carried) doubt(g probity.Gap, at *probity.Origin) {
	c.say(probity.Missing[probity.Optional[string]](g, at))
}

// attach adds a policy by its ARN. One that this root declares is judged where it is declared.
func (c *carried) attach(e *estate, v resource.Value) {
	if e.judged(v) {
		c.reads = append(c.reads, e.textOf(v))
		return
	}
	arn, _ := v.Text(probity.Fact[string]{}).Get() // the partition may be filled in
	switch told := e.byAddr[arn]; {
	case told != nil && told.Type == awsPolicy:
		c.say(optional(told.Get("policy"), probity.Fact[probity.Optional[string]]{}))
	case kinds.GivesAdmin(arn):
		c.say(probity.Known(probity.Some(everything), v.At))
	case kinds.GivesNoData(arn):
	case kinds.NamesManagedPolicy(arn):
		g := probity.Gap{Reason: probity.Unresolved, Because: "what AWS allows by " + arn + " is not in the code"}
		c.data = append(c.data, probity.Missing[probity.Optional[string]](g, v.At))
	case arn != "":
		c.doubt(probity.Gap{Reason: probity.Unresolved, Because: "an attached policy is not in the code"}, v.At)
	default:
		c.doubt(v.Why(), v.At)
	}
}

// judged: the policy is a resource of this root.
func (e *estate) judged(v resource.Value) bool {
	ref, ok := v.Data.(resource.Ref)
	r := e.byAddr[ref.Addr]
	return ok && r != nil && !isData(ref) && contains(iamPolicies(), r.Type)
}

// bearers joins attachments to roles. A role without a name gets one that no code can tell.
func (e *estate) bearers() (map[string]*split, strays) {
	return e.join(joint{owners: e.byType[iamRole], attr: "role", types: []string{roleAttachment}, names: func(r *resource.Resource) ([]string, bool) {
		name := r.Get("name")
		return []string{name.String()}, !name.Set() || name.String() != ""
	}})
}

// attachedTo are the policies that a role, a user or a group names itself and that are attached to it.
func (e *estate) attachedTo(r *resource.Resource, s *split) *carried {
	c := &carried{}
	own, rest := r.Get("managed_policy_arns").Each()
	for _, v := range own {
		c.attach(e, v)
	}
	if rest != nil {
		c.doubt(*rest, r.At)
	}
	blocks, rest := r.Get("inline_policy").Blocks()
	for _, b := range blocks {
		c.say(optional(b.Get("policy"), probity.Fact[probity.Optional[string]]{}))
	}
	if rest != nil {
		c.doubt(*rest, r.At)
	}
	if s == nil {
		return c
	}
	if g := s.doubt[roleAttachment]; g != nil {
		c.doubt(*g, r.At)
	}
	for _, p := range s.parts[roleAttachment] {
		if p.Maybe != nil && p.Maybe != r.Maybe && !e.judged(p.Get("policy_arn")) {
			c.doubt(*p.Maybe, p.At)
			continue
		}
		c.attach(e, p.Get("policy_arn"))
	}
	return c
}

// attached is a policy that this root gives to a user, a group or a role which it does not declare.
func (e *estate) attached(r *resource.Resource) []probity.Asset {
	v := r.Get("policy_arn")
	if e.judged(v) {
		return nil
	}
	a := e.asset(r, kinds.IAMPolicy, v.String())
	c := &carried{}
	c.attach(e, v)
	a.Settings = probity.SettingsOf(e.may(r.At, c))
	return []probity.Asset{a}
}
