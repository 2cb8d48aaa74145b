package kubernetes

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// roles are the roles declared, and the bindings to roles that every cluster has or that are declared elsewhere.
func roles(s *source) []probity.Asset {
	var out []probity.Asset
	declared := s.of("rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/ClusterRole")
	bindings := s.of("rbac.authorization.k8s.io/RoleBinding", "rbac.authorization.k8s.io/ClusterRoleBinding")
	bound := map[string][]*object{}
	for _, b := range bindings {
		bound[roleOf(b)] = append(bound[roleOf(b)], b)
	}
	for _, r := range declared {
		var who []string
		at := r.At
		for _, b := range bound[r.kind+"/"+r.namespace+"/"+r.name] {
			if names := subjects(b); len(names) > 0 {
				if len(who) == 0 {
					at = b.At
				}
				who = append(who, names...)
			}
		}
		slices.Sort(who)
		out = append(out, s.role(r, reads(r), wrong(s, at, slices.Compact(who)...)))
	}
	known := map[string]bool{}
	for _, r := range declared {
		known[r.kind+"/"+r.namespace+"/"+r.name] = true
	}
	for _, b := range bindings {
		if !known[roleOf(b)] {
			out = append(out, s.role(b, common(b), probity.Whole(b.At, subjects(b)...)))
		}
	}
	return out
}

func (s *source) role(o *object, reads probity.Fact[bool], who probity.List[string]) probity.Asset {
	a := s.asset(o, kinds.K8sRole)
	a.Settings = probity.SettingsOf(kinds.K8sRights{ReadsSecrets: reads, Subjects: who})
	return a
}

// roleOf names the role of a binding: a ClusterRole, or a Role of its own namespace.
func roleOf(b *object) string {
	kind, namespace := text(b.Get("roleRef", "kind")), b.namespace
	if kind == "ClusterRole" {
		namespace = ""
	}
	return kind + "/" + namespace + "/" + text(b.Get("roleRef", "name"))
}

// reads reports whether a role gets, lists or watches Secrets without naming them.
func reads(r *object) probity.Fact[bool] {
	for _, rule := range items(r.Get("rules")) {
		groups, kinds, verbs := texts(rule.Get("apiGroups")), texts(rule.Get("resources")), texts(rule.Get("verbs"))
		core := slices.Contains(groups, "") || slices.Contains(groups, "*")
		secrets := slices.Contains(kinds, "secrets") || slices.Contains(kinds, "*")
		reading := slices.ContainsFunc(verbs, func(v string) bool { return v == "get" || v == "list" || v == "watch" || v == "*" })
		if core && secrets && reading && len(texts(rule.Get("resourceNames"))) == 0 {
			return probity.Known(true, rule.At)
		}
	}
	if agg := r.Get("aggregationRule"); agg.Set() {
		return probity.Missing[bool](unsaid("it gathers the rules of other roles"), agg.At)
	}
	return probity.Known(false, r.At)
}

// common knows the roles of every cluster: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles.
func common(b *object) probity.Fact[bool] {
	ref := b.Get("roleRef")
	switch name := text(b.Get("roleRef", "name")); {
	case name == "cluster-admin" || name == "admin" || name == "edit":
		return probity.Known(true, ref.At)
	case name == "view" || name == "system:auth-delegator" || name == "system:discovery" || name == "system:basic-user":
		return probity.Known(false, ref.At)
	}
	return probity.Missing[bool](unsaid("its role is not among the manifests"), ref.At)
}

// subjects are those of a binding that are not the cluster's own parts.
func subjects(b *object) []string {
	var out []string
	for _, s := range items(b.Get("subjects")) {
		kind, name, ns := text(s.Get("kind")), text(s.Get("name")), text(s.Get("namespace"))
		if kind == "ServiceAccount" {
			if ns == "" {
				ns = b.namespace
			}
			if ns == "kube-system" {
				continue
			}
			name = ns + "/" + name
		}
		anybody := name == "system:authenticated" || name == "system:unauthenticated" || name == "system:anonymous" || strings.HasPrefix(name, "system:serviceaccounts")
		if strings.HasPrefix(name, "system:") && !anybody {
			continue
		}
		out = append(out, kind+" "+name)
	}
	return out
}
