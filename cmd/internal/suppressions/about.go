package suppressions

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/gate"
)

// About is what a suppression speaks of. What is empty bounds nothing; the zero value is everything.
type About struct {
	Path        string // of a file, as a pattern with * and **, or its end
	First, Last int    // lines of that file
	Resource    string // Terraform's address of a resource
	IDs         []string
	Accounts    []string
	Regions     []string
	Names       []*regexp.Regexp // over IDs and names
	Tags        []*regexp.Regexp // over key=value; each has to be there
	Except      *About
}

// bounds is 1 where it speaks of less than everything.
func (a About) bounds() int {
	if a.Path == "" && a.Resource == "" && len(a.IDs)+len(a.Accounts)+len(a.Names)+len(a.Tags) == 0 {
		return 0
	}
	return 1
}

// candidate is a finding with what can be told of its asset.
type candidate struct {
	asset   probity.Asset
	finding probity.Finding
	rule    string
	places  []probity.Origin
}

func (a About) holds(c candidate) bool {
	switch {
	case a.Path != "" && !slices.ContainsFunc(c.places, a.at):
		return false
	case a.Resource != "" && !strings.HasSuffix(c.asset.ID, a.Resource):
		return false
	case len(a.IDs) > 0 && !slices.ContainsFunc(c.names(), func(n string) bool { return slices.Contains(a.IDs, n) }):
		return false
	case len(a.Accounts) > 0 && !anyOf(a.Accounts, c.asset.Scope.Account):
		return false
	case len(a.Regions) > 0 && !anyOf(a.Regions, c.asset.Scope.Region):
		return false
	case len(a.Names) > 0 && !slices.ContainsFunc(a.Names, func(p *regexp.Regexp) bool { return slices.ContainsFunc(c.names(), p.MatchString) }):
		return false
	case slices.ContainsFunc(a.Tags, func(p *regexp.Regexp) bool { return !slices.ContainsFunc(tags(c.asset), p.MatchString) }):
		return false
	}
	return a.Except == nil || !a.Except.holds(c)
}

func (a About) at(o probity.Origin) bool {
	return samePath(a.Path, o.File) && (a.First == 0 || a.First <= o.Line && o.Line <= a.Last)
}

// samePath compares paths that may begin in different folders.
func samePath(pattern, file string) bool {
	pattern, file = strings.TrimPrefix(path.Clean(pattern), "/"), strings.TrimPrefix(path.Clean(file), "/")
	if strings.Contains(pattern, "*") {
		return gate.Match(strings.ReplaceAll(pattern, "**", "*"), file)
	}
	return pattern == file || strings.HasSuffix(pattern, "/"+file) || strings.HasSuffix(file, "/"+pattern)
}

func anyOf(patterns []string, s string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return gate.Match(p, s) })
}

func (c candidate) names() []string {
	return slices.Concat([]string{c.asset.ID, c.asset.Name}, c.asset.Aliases)
}

func tags(a probity.Asset) []string {
	known, _ := a.Tags.Get()
	var out []string
	for k, v := range known {
		out = append(out, k+"="+v)
	}
	return out
}
