// Package resource is a Terraform resource as the mapping of a service sees it: attributes that are known, unknown or
// references, whatever they were read from. Package config makes it from .tf files, package plan from a plan.
package resource

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// Resource is one instance of a resource block.
type Resource struct {
	Block
	Addr     string // module.m["k"].aws_s3_bucket.b[0]
	Type     string
	Name     string
	Provider Provider
	// Maybe is set when nobody can tell how many instances there are: this one stands for all, and may not exist.
	Maybe *probity.Gap
	// Former are addresses that the instance had before, and Aliases what the provider calls it: its ARN and ID.
	Former  []string
	Aliases []string
	Ignores []probity.Ignore // asked for in comments of its code
}

// Provider is what the provider's configuration gives to each of its resources.
type Provider struct {
	Name   string // of the configuration, with the module that holds it: aws, aws.replica, module.m.aws
	Region Value
	Tags   Value // default_tags
	// Account is the only one that the configuration may be applied in: allowed_account_ids with one number. Empty: nobody says.
	Account string
}

// OnlyAccount is the account that a list of those which a provider allows leaves.
func OnlyAccount(allowed Value) string {
	items, rest := allowed.Each()
	if len(items) != 1 || rest != nil {
		return ""
	}
	return items[0].String()
}

// Block is a nested block or an object.
type Block struct {
	At    *probity.Origin
	Attrs map[string]Value
	Rest  *probity.Gap // why what is not in Attrs may be set nonetheless
}

// Value is an attribute's value as far as it is known. Data is one of nil (unset), bool, string, float64, List, *Block,
// Ref, Template, Secret or Unknown.
type Value struct {
	Data any
	At   *probity.Origin
	Kept bool // a plan shows it as it is, and no configuration is known to set it
	// Hidden is what the code marks as sensitive: a number may be reckoned with, but not told as a text
	Hidden bool
}

// List is a list, a set or the blocks of one type; with Rest set there may be more elements.
type List struct {
	Items []Value
	Rest  *probity.Gap
}

// Ref is an attribute of another resource that is known only after apply.
type Ref struct {
	Addr string
	Type string
	Attr string
	Gap  probity.Gap // why its value is not known
	Says string      // its value where the code lets foresee it
}

// Text is the reference as it stands in texts. It may stand in a JSON string, so it holds no quotes.
func (r Ref) Text() string {
	if r.Says != "" {
		return r.Says
	}
	return "${" + strings.NewReplacer(`"`, "'", `\`, "/").Replace(r.Addr) + "." + r.Attr + "}"
}

// Template is a text that holds references, each shown as ${address.attribute}.
type Template struct {
	Text string
	Refs []Ref
}

// Secret stands for the value of an attribute that is never read.
type Secret struct {
	Literal bool // written in the code itself
	Holds   bool // a text written there in which a secret stands, as in a script
}

// Unknown is a value that could not be had.
type Unknown struct {
	Gap  probity.Gap
	Refs []Ref // what it may be
	Else bool  // it may be something else as well
	// Document is the JSON of a policy that is known in part, with holes as package access has them; else empty.
	Document string
}

// IsSecret reports whether an attribute of that name is never read.
func IsSecret(attr string) bool {
	attr = strings.TrimSuffix(attr, "_wo") // written only: the same, kept out of the state
	return slices.Contains([]string{"password", "master_password", "master_user_password", "secret_string", "secret_binary",
		"auth_token", "admin_password", "admin_user_password", "fsx_admin_password", "svm_admin_password", "passwords", "private_key", "user_data",
		"user_data_base64"}, attr)
}

// Get follows names into nested blocks, taking the first block of each type.
func (b *Block) Get(names ...string) Value {
	v := Value{Data: b, At: b.At}
	for _, n := range names {
		v = v.step(n)
	}
	return v
}

func (v Value) step(name string) Value {
	switch d := v.Data.(type) {
	case *Block:
		if a, ok := d.Attrs[name]; ok {
			return a.orAt(d.At)
		}
		if d.Rest != nil {
			return Value{Data: Unknown{Gap: *d.Rest}, At: d.At}
		}
		return Value{At: d.At}
	case List:
		if len(d.Items) > 0 {
			return d.Items[0].orAt(v.At).step(name)
		}
		if d.Rest != nil {
			return Value{Data: Unknown{Gap: *d.Rest}, At: v.At}
		}
		return Value{At: v.At}
	case nil:
		return v
	}
	return Value{Data: Unknown{Gap: v.Why()}, At: v.At}
}

func (v Value) orAt(o *probity.Origin) Value {
	if v.At == nil {
		v.At = o
	}
	return v
}

// Set reports whether anything was said, even if it is not known what.
func (v Value) Set() bool {
	l, ok := v.Data.(List)
	return v.Data != nil && (!ok || len(l.Items) > 0 || l.Rest != nil)
}

// Each gives the elements of a list, or the value itself as the only one, and why there may be more.
func (v Value) Each() ([]Value, *probity.Gap) {
	switch d := v.Data.(type) {
	case nil:
		return nil, nil
	case List:
		return d.Items, d.Rest
	case Unknown, Ref:
		return nil, v.Gap()
	}
	return []Value{v}, nil
}

// Blocks gives the nested blocks among the elements, and why there may be more.
func (v Value) Blocks() ([]*Block, *probity.Gap) {
	items, rest := v.Each()
	var out []*Block
	for _, i := range items {
		switch b, ok := i.Data.(*Block); {
		case ok:
			out = append(out, b)
		case i.Set():
			g := i.Why()
			rest = &g
		}
	}
	return out, rest
}

// Why is the gap of a value that cannot be read as what the attribute is: one that is known has another type.
func (v Value) Why() probity.Gap {
	if g := v.Gap(); g != nil {
		return *g
	}
	if v.Hidden {
		return probity.Gap{Reason: probity.Filtered, Because: "it is marked as sensitive"}
	}
	return probity.Gap{Reason: probity.Unresolved, Because: "the value has another type than the attribute"}
}

// Gap says why the value is not known; nil when it is.
func (v Value) Gap() *probity.Gap {
	switch d := v.Data.(type) {
	case Unknown:
		return &d.Gap
	case Ref:
		return &d.Gap
	case Template:
		return &d.Refs[0].Gap
	case Secret:
		return &probity.Gap{Reason: probity.Filtered, Because: "secrets are not read"}
	}
	return nil
}
