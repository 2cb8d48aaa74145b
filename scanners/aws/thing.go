package aws

import (
	"cmp"
	"strings"
	"time"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// Thing is a resource as an API described it, with Terraform's names of type and attributes.
type Thing struct {
	Type  string
	ARN   string   // its identity; a part of another thing has none
	ID    string   // the service's own name for it, by which others refer to it
	Names []string // what else names it in the whole world: endpoint, bucket. A name that is unique in a region only is none
	Attrs attrs
	At    *probity.Origin
	// Created and Used are when it was made, and last used; nil: nobody said.
	Created *time.Time
	Used    *time.Time
	// Also fills facts that no attribute of Terraform's has.
	Also func(*probity.Asset)
}

// attrs are attributes: bool, texts, numbers, pointers to them, lists, maps of texts for tags, attrs for blocks, and the
// types below. A nil pointer says that the API answered, and that there is none. What is left out nobody asked for.
type attrs map[string]any

// ref names another thing of the same region by its ID or ARN. It becomes a reference; where the type could not be listed, a
// gap.
type ref struct{ typ, id string }

// to is a ref; nothing where the name is nil or empty.
func to(typ string, id *string) any {
	if value(id) == "" {
		return nil
	}
	return ref{typ, *id}
}

// key names a key of KMS by ID, ARN or alias. The region's own list tells whose it is.
type key string

// keyOf is a key; nothing where the name is nil or empty.
func keyOf(id *string) any {
	if value(id) == "" {
		return nil
	}
	return key(*id)
}

// onlyCode is the value of what code says and no API tells, such as a password written down in it.
type onlyCode struct{}

// from is a value that another operation told than the one that told of the thing.
type from struct {
	v  any
	at *probity.Origin
}

// unread is the value of what could not be read.
type unread struct{ gap probity.Gap }

// unwanted is the value of what was not asked for because no chosen rule reads it.
func unwanted() unread {
	return unread{probity.Gap{Reason: probity.NotCollected, Because: "no chosen rule reads it"}}
}

// address tells things apart that bear names which are unique within their type only.
func (t *Thing) address() string {
	if t.ARN == "" && t.ID != "" && !strings.Contains(t.ID, ":") {
		return t.Type + "." + t.ID
	}
	return cmp.Or(t.ARN, t.ID)
}

// notAsked is the gap of an attribute that this scan asks no API for.
func notAsked() *probity.Gap {
	return &probity.Gap{Reason: probity.NotCollected, Because: "no API is asked for it"}
}

func (r *reader) resource(t *Thing) *resource.Resource {
	out := &resource.Resource{Addr: t.address(), Type: t.Type, Name: t.ID, Aliases: t.Names}
	if t.ARN != "" && t.ID != "" && t.ID != t.ARN {
		out.Aliases = append(out.Aliases, globalID(t.ID)...)
	}
	out.Provider.Name = r.account
	out.Block = *r.block(t.Attrs, t.At)
	for name, v := range map[string]string{"arn": t.ARN, "id": t.ID} {
		if _, told := out.Attrs[name]; !told && v != "" {
			out.Attrs[name] = resource.Value{Data: v, At: t.At}
		}
	}
	if _, told := out.Attrs["region"]; !told {
		out.Attrs["region"] = resource.Value{At: t.At}
		if r.region != "" {
			out.Attrs["region"] = resource.Value{Data: r.region, At: t.At}
		}
	}
	return out
}

// globalID: IDs such as sg-0abc are unique; names that people give are not.
func globalID(id string) []string {
	for i, c := range id {
		if c == '-' && i > 0 && i < 8 && len(id) >= i+9 && hex(id[i+1:]) {
			return []string{id}
		}
	}
	return nil
}

func hex(s string) bool {
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// complete fills what only the provider tells. It is nil-safe: the account itself is no thing.
func (t *Thing) complete(a *probity.Asset) {
	if t == nil {
		return
	}
	if a.Name == "" {
		said, _ := a.Tags.Get()
		a.Name = cmp.Or(said["Name"], t.ID)
	}
	if t.Created != nil {
		a.Lifecycle.Created = probity.Known(t.Created.UTC(), t.At)
	}
	if t.Used != nil {
		a.Lifecycle.LastUsed = probity.Known(probity.Some(t.Used.UTC()), t.At)
	}
	if t.Also != nil {
		t.Also(a)
	}
}
