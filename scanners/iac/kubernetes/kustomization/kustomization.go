// Package kustomization tells what a kustomization reads, without building it: the walk over a folder needs that to know which
// are roots and which manifests are judged through one, and the scanner to hand over no more than files of the repository.
package kustomization

import (
	"errors"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Names are what kustomize reads in a folder.
func Names() []string { return []string{"kustomization.yaml", "kustomization.yml", "Kustomization"} }

// Is reports whether a file of that name is one.
func Is(name string) bool { return slices.Contains(Names(), name) }

// File is a kustomization that was read.
type File struct {
	Component bool
	// Parts are other kustomizations, manifests and URLs to build from. Each may be any of these, so kustomize looks.
	Parts  []Part
	Paths  []string // every text that may name a file
	Built  []string // those of them that what is built is made of; others are files that a ConfigMap holds, say
	Charts []Part   // Helm charts to inflate
	node   *yaml.Node
}

// Part is one entry of a list, and its line.
type Part struct {
	Name string
	Line int
}

const (
	maxNodes = 50_000
	maxDepth = 50
)

// Read reads a kustomization.
func Read(b []byte) (*File, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(b, &doc); err != nil {
		return nil, errors.New("it is no YAML")
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("it is no mapping")
	}
	f := &File{node: doc.Content[0]}
	n := 0
	if !f.texts(f.node, 0, &n, false) {
		return nil, errors.New("it is too large or refers to itself")
	}
	for i := 0; i+1 < len(f.node.Content); i += 2 {
		v := f.node.Content[i+1]
		if v.Kind == yaml.AliasNode {
			v = v.Alias
		}
		if key := f.node.Content[i].Value; !holdsFiles(key) && !isFree(key) {
			part := File{}
			part.texts(v, 1, new(int), false) // what is too large has been told
			f.Built = append(f.Built, part.Paths...)
		}
		switch f.node.Content[i].Value {
		case "kind":
			f.Component = v.Value == "Component"
		case "resources", "bases", "components":
			for _, e := range v.Content {
				f.Parts = append(f.Parts, Part{e.Value, e.Line})
			}
		case "helmCharts", "helmChartInflationGenerator":
			for _, e := range v.Content {
				f.Charts = append(f.Charts, Part{chartName(e), e.Line})
			}
		}
	}
	return f, nil
}

func chartName(n *yaml.Node) string {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i].Value; key == "name" || key == "chartName" {
			return n.Content[i+1].Value
		}
	}
	return ""
}

// texts collects what may name a file: "name=file" of a generator names one too. What is said of names and labels does not: a
// manifest would pass for one that is built.
func (f *File) texts(n *yaml.Node, depth int, seen *int, free bool) bool {
	if *seen++; *seen > maxNodes || depth > maxDepth {
		return false
	}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if !free && n.Kind == yaml.ScalarNode && n.Tag == "!!str" && len(n.Value) < 4096 && !strings.Contains(n.Value, "\n") {
		f.Paths = append(f.Paths, n.Value)
		if _, file, ok := strings.Cut(n.Value, "="); ok {
			f.Paths = append(f.Paths, file)
		}
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			continue // a key names no file
		}
		said := n.Kind == yaml.MappingNode && isFree(n.Content[i-1].Value)
		if !f.texts(c, depth+1, seen, free || said) {
			return false
		}
	}
	return true
}

// holdsFiles knows fields whose files are held as they are, or only tell what kinds there are: a manifest among them is not
// built from here.
func holdsFiles(field string) bool {
	return field == "configMapGenerator" || field == "secretGenerator" || field == "crds"
}

// isFree knows fields of a kustomization under which no text names a file.
func isFree(field string) bool {
	switch field {
	case "commonAnnotations", "commonLabels", "annotations", "labels", "metadata", "literals", "namespace", "namePrefix", "nameSuffix", "images", "replicas", "vars", "buildMetadata":
		return true
	}
	return false
}

// IsRemote reports whether a text names something to fetch.
func IsRemote(s string) bool {
	return strings.Contains(s, "://") || strings.HasPrefix(s, "git@") || strings.Contains(s, "?ref=") || strings.HasPrefix(s, "github.com/")
}

// Without writes the kustomization without some parts, without charts to inflate, so that resources tell their origin, and
// generated names bear no digest.
func (f *File) Without(parts map[string]bool) ([]byte, error) {
	top := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	told := false
	for i := 0; i+1 < len(f.node.Content); i += 2 {
		key, v := f.node.Content[i], f.node.Content[i+1]
		if v.Kind == yaml.AliasNode {
			v = v.Alias
		}
		switch key.Value {
		case "helmCharts", "helmChartInflationGenerator", "helmGlobals":
			continue
		case "resources", "bases", "components":
			kept := *v
			kept.Content = nil
			for _, e := range v.Content {
				if !parts[e.Value] {
					kept.Content = append(kept.Content, e)
				}
			}
			if v = &kept; len(kept.Content) == 0 {
				continue
			}
		case "generatorOptions":
			continue
		case "buildMetadata":
			more := *v
			more.Content = append(slices.Clone(v.Content), origins())
			v, told = &more, true
		}
		top.Content = append(top.Content, key, v)
	}
	if !told {
		top.Content = append(top.Content, scalar("buildMetadata", "!!str"),
			&yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{origins()}})
	}
	options := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if old := f.field("generatorOptions"); old != nil {
		for i := 0; i+1 < len(old.Content); i += 2 {
			if old.Content[i].Value != "disableNameSuffixHash" {
				options.Content = append(options.Content, old.Content[i], old.Content[i+1])
			}
		}
	}
	// A name must not bear a digest of what is secret, nor change with it.
	options.Content = append(options.Content, scalar("disableNameSuffixHash", "!!str"), scalar("true", "!!bool"))
	top.Content = append(top.Content, scalar("generatorOptions", "!!str"), options)
	return yaml.Marshal(top)
}

// field is a value of the top level.
func (f *File) field(name string) *yaml.Node {
	for i := 0; i+1 < len(f.node.Content); i += 2 {
		if f.node.Content[i].Value == name {
			return f.node.Content[i+1]
		}
	}
	return nil
}

func scalar(text, tag string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: text}
}

func origins() *yaml.Node { return scalar("originAnnotations", "!!str") }

// Generator finds the entry that generates an object of a name, which may have got a prefix and a suffix.
func (f *File) Generator(name string) *yaml.Node {
	var best *yaml.Node
	length := 0
	for _, list := range []string{"secretGenerator", "configMapGenerator"} {
		all := f.field(list)
		if all == nil {
			continue
		}
		for _, e := range all.Content {
			for i := 0; i+1 < len(e.Content); i += 2 {
				if of := e.Content[i+1].Value; e.Content[i].Value == "name" && strings.Contains(name, of) && len(of) > length {
					best, length = e, len(of)
				}
			}
		}
	}
	return best
}
