package kubernetes

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// secretVariables are the variables of a workload that get the value of a Secret, and the Secrets that all of one's variables come from.
func (p pod) secretVariables() probity.List[string] {
	var found []finding
	for _, c := range p.containers {
		for _, e := range items(c.Get("env")) {
			if v := e.Get("valueFrom", "secretKeyRef"); v.Set() {
				found = append(found, finding{text(e.Get("name")), v.At})
			}
		}
		for _, e := range items(c.Get("envFrom")) {
			if v := e.Get("secretRef"); v.Set() {
				found = append(found, finding{text(e.Get("secretRef", "name")), v.At})
			}
		}
	}
	names, at := told(found, p.At)
	return probity.Whole(at, names...)
}

// nodePaths are the folders of the node that the server of a workload has mounted.
func (p pod) nodePaths(c running) probity.List[string] {
	mounted := map[string]bool{}
	for _, m := range items(c.Get("volumeMounts")) {
		mounted[text(m.Get("name"))] = text(m.Get("readOnly")) != "true"
	}
	var found []finding
	for _, v := range items(p.spec.Get("volumes")) {
		if path := v.Get("hostPath", "path"); path.Set() && mounted[text(v.Get("name"))] {
			found = append(found, finding{text(path), path.At})
		}
	}
	names, at := told(found, p.At)
	return probity.Whole(at, names...)
}

// certificates is whether an etcd lets in only clients with a certificate of an authority that it was given. It has no other way to tell
// who somebody is unless roles are made inside.
func (c running) certificates() probity.Fact[bool] {
	if c.server.name != "etcd" {
		return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "its clients log in"}, c.At)
	}
	args, at := c.args()
	line := " " + strings.Join(args, " ") + " "
	if strings.Contains(line, " --config-file") {
		return probity.Missing[bool](unsaid("the file of --config-file is not among the manifests"), at)
	}
	flag := func(name string) bool {
		return strings.Contains(line, " "+name+" ") || isOn(option(line, name))
	}
	if flag("--client-cert-auth") && !flag("--auto-tls") && option(line, "--cert-file") != "" {
		return probity.Known(true, at)
	}
	if flag("--client-cert-auth") || flag("--auto-tls") || len(args) > 0 {
		return probity.Known(false, at)
	}
	return kinds.K8sOff("etcd asks clients for no certificate unless it is told to")
}
