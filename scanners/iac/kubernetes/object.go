package kubernetes

import (
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// object is one object of Kubernetes.
type object struct {
	*resource.Block
	group, kind     string
	namespace, name string // namespace is empty for what belongs to the cluster
	root            string
	ignores         []probity.Ignore
	given           func(string) bool // whether a text stands in the files that it was rendered from; nil: it was not rendered
}

// id is "apps/StatefulSet/prod/db"; without the namespace for what belongs to the cluster.
func (o *object) id() string {
	parts := []string{o.group, o.kind, o.namespace, o.name}
	if o.namespace == "" {
		parts = []string{o.group, o.kind, o.name}
	}
	return strings.Join(parts, "/")
}

func (o *object) ref() probity.Ref { return probity.Ref{Root: o.root, ID: o.id()} }

func (o *object) labels() map[string]string { return pairs(o.Get("metadata", "labels")) }

func (o *object) annotation(name string) (resource.Value, bool) {
	v := o.Get("metadata", "annotations", name)
	return v, v.Set()
}

// clusterWide are the kinds that belong to no namespace, of those that are read.
func clusterWide(kind string) bool {
	switch kind {
	case "StorageClass", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "Namespace", "EncryptionConfiguration", "Policy", "ClusterConfiguration":
		return true
	}
	return false
}

// header is what says whether a document is an object, and of which kind.
type header struct{ group, kind string }

// headerOf reads apiVersion and kind.
func headerOf(n *yaml.Node) (header, bool) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.MappingNode {
		return header{}, false
	}
	version, kind := field(n, "apiVersion"), field(n, "kind")
	if version == nil || kind == nil || version.Value == "" || kind.Value == "" {
		return header{}, false
	}
	group, _, grouped := strings.Cut(version.Value, "/")
	if !grouped {
		group = "core"
	}
	return header{group, kind.Value}, true
}

func field(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// newObject reads an object of a kind that is read.
func newObject(h header, n *yaml.Node, p placer, root string) (*object, error) {
	c := &converter{place: p, left: maxValues}
	v, err := c.value(n, n, nil, 0)
	if err != nil {
		return nil, err
	}
	b, ok := v.Data.(*resource.Block)
	if !ok {
		return nil, errSyntax
	}
	o := &object{Block: b, group: h.group, kind: h.kind, root: root, name: text(b.Get("metadata", "name")), namespace: text(b.Get("metadata", "namespace"))}
	if o.name == "" {
		if o.name = text(b.Get("metadata", "generateName")); o.name != "" {
			o.name += "*"
		} else {
			o.name = strings.ToLower(h.kind)
		}
	}
	switch {
	case clusterWide(o.kind):
		o.namespace = ""
	case o.namespace == "":
		o.namespace = "default"
	}
	return o, nil
}
