package cloudformation

import (
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// tables lists the services: a new one is its file and a line here.
func tables() [][]entry {
	return [][]entry{
		s3(),
		rds(),
		dynamodb(),
		ec2(),
		kms(),
		cloudTrail(),
		clusters(),
		redshift(),
		elastiCache(),
		search(),
		efs(),
		fsx(),
		stores(),
		machines(),
		messages(),
		vaults(),
		analytics(),
		compute(),
		identities(),
		watching(),
		entries(),
		backups(),
		routes(),
	}
}

// entry says how a type of CloudFormation is called by Terraform's provider.
type entry struct {
	Type       string            // "AWS::S3::Bucket"
	As         string            // "aws_s3_bucket"
	Properties properties        // those that are not here say nothing of data
	Ref        string            // the attribute that Ref gives; empty: id
	Attributes map[string]string // what GetAtt gives under another name than its own in snake case
	// Says is what a Ref or GetAtt will give, where a property lets foresee it.
	Says func(template.Attribute) string
	// After sees the whole resource, its defaults included: for what stands outside of the properties.
	After    func(*translation)
	Defaults []preset
}

// preset is a value that CloudFormation gives where a property is left out, and Terraform does not.
type preset struct {
	Attr   string
	Value  any    // bool, string or float64
	Says   string // with the date it holds from or the page it stands on
	Unless []string
}

type dictionary map[string]entry

func newDictionary() dictionary {
	d := dictionary{}
	for _, t := range tables() {
		for _, e := range t {
			d[e.Type] = e
		}
	}
	return d
}

func (d dictionary) types() []string { return slices.Sorted(maps.Keys(d)) }

// called is a reference as Terraform would write it.
func (d dictionary) called(a template.Attribute) resource.Ref {
	e := d[a.Type]
	out := resource.Ref{Type: e.As}
	if out.Type == "" {
		out.Type = a.Type
	}
	switch {
	case a.Name == "" && e.Ref != "":
		out.Attr = e.Ref
	case a.Name == "":
		out.Attr = "id"
	case e.Attributes[a.Name] != "":
		out.Attr = e.Attributes[a.Name]
	default:
		out.Attr = snake(a.Name)
	}
	if e.Says != nil {
		out.Says = e.Says(a)
	}
	return out
}

// snake is DBInstanceArn as db_instance_arn.
func snake(name string) string {
	var b strings.Builder
	upper := func(i int) bool { return i >= 0 && i < len(name) && name[i] >= 'A' && name[i] <= 'Z' }
	for i := range len(name) {
		switch c := name[i]; {
		case c == '.':
			b.WriteByte('_')
		case upper(i):
			if i > 0 && name[i-1] != '.' && (!upper(i-1) || i+1 < len(name) && !upper(i+1)) {
				b.WriteByte('_')
			}
			b.WriteByte(c + 'a' - 'A')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
