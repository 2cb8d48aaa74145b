package kubernetes

import (
	"cmp"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// pod is what a workload runs.
type pod struct {
	*object
	spec       *resource.Block
	labels     map[string]string
	containers []*resource.Block
}

// pods are the workloads, with what they run.
func (s *source) pods() []pod {
	var out []pod
	for _, o := range s.of("core/Pod", "core/ReplicationController", "apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet",
		"extensions/Deployment", "extensions/DaemonSet", "extensions/ReplicaSet", "batch/Job", "batch/CronJob", "apps.openshift.io/DeploymentConfig") {
		template := o.Get("spec", "template")
		switch o.kind {
		case "Pod":
			template = resource.Value{Data: o.Block, At: o.At}
		case "CronJob":
			template = o.Get("spec", "jobTemplate", "spec", "template")
		}
		b, ok := template.Data.(*resource.Block)
		if !ok {
			continue
		}
		p := pod{object: o, labels: pairs(b.Get("metadata", "labels"))}
		if p.spec, ok = b.Get("spec").Data.(*resource.Block); !ok {
			continue
		}
		p.containers = slices.Concat(items(p.spec.Get("containers")), items(p.spec.Get("initContainers")))
		out = append(out, p)
	}
	return out
}

// workloads are the stores among the workloads, and the others, whose environment may hold credentials.
func workloads(s *source) []probity.Asset {
	var out []probity.Asset
	all := s.pods()
	for _, p := range all {
		if isAPIServer(p) {
			continue
		}
		main, serves := p.server()
		found := findings{}
		for _, c := range p.containers {
			found.container(c)
		}
		if !serves {
			a := s.asset(p.object, kinds.K8sWorkload)
			a.Settings = probity.SettingsOf(kinds.K8sWork{Credentials: found.credentials(p.At), ClearConnections: found.clear(p.At), SecretVariables: p.secretVariables()})
			out = append(out, a)
			continue
		}
		out = append(out, s.store(p, main, found))
	}
	return out
}

// running is the container of a store, and the server in it.
type running struct {
	server
	*resource.Block
}

// server finds the container that makes the workload a store: not one that only starts before the others, or runs once.
func (p pod) server() (running, bool) {
	if p.kind == "Job" || p.kind == "CronJob" {
		return running{}, false // it connects to a store, dumps or migrates it
	}
	for _, c := range items(p.spec.Get("containers")) {
		if s, ok := serverOf(text(c.Get("image"))); ok && !isClient(c) {
			return running{s, c}, true
		}
	}
	return running{}, false
}

// isClient reports whether the image of a server is used for its tools.
func isClient(c *resource.Block) bool {
	command := texts(c.Get("command"))
	if len(command) == 0 {
		return false
	}
	name := command[0][strings.LastIndex(command[0], "/")+1:]
	return slices.Contains([]string{"sleep", "tail", "psql", "pg_dump", "pg_dumpall", "mysqldump", "mongodump", "redis-cli", "mc", "etcdctl"}, name)
}

// store is a workload that keeps data.
func (s *source) store(p pod, c running, found findings) probity.Asset {
	a := s.asset(p.object, c.kind)
	image := c.Get("image")
	version := c.server.name
	if _, tag, ok := strings.Cut(text(image)[strings.LastIndex(text(image), "/")+1:], ":"); ok {
		tag, _, _ = strings.Cut(tag, "@")
		version += " " + tag
	}
	a.Lifecycle.Version = probity.Known(version, image.At)
	a.Encryption.InTransit = c.inTransit(p)
	s.kept(&a, p, c)
	d := s.doors(p, c)
	a.Exposure = d.exposure(s, p)
	a.Settings = probity.SettingsOf(kinds.K8sStore{Port: c.listens(), Published: d.published(s, p), NetworkPolicy: s.covered(p),
		Credentials: found.credentials(p.At), ClearConnections: found.clear(p.At), SecretVariables: p.secretVariables(),
		NodePaths: p.nodePaths(c), Certificates: c.certificates()})
	for _, svc := range d.services {
		a.Aliases = append(a.Aliases, svc.name+"."+svc.namespace+".svc")
	}
	return a
}

// listens is the port of the server: that of the container which bears its number, else its only one, else its usual one.
func (c running) listens() probity.Fact[int] {
	usual := probity.Known(c.port, &probity.Origin{Default: c.server.name + " listens there unless it is told otherwise"})
	ports := items(c.Get("ports"))
	for _, p := range ports {
		if n, ok := p.Get("containerPort").Number(); ok && n == c.port {
			return probity.Known(n, p.At)
		}
	}
	if len(ports) == 1 {
		return ports[0].Get("containerPort").Int(usual)
	}
	return usual
}

// args are all words of a container's command, and where they stand.
func (c running) args() ([]string, *probity.Origin) {
	at := c.Get("args")
	if !at.Set() {
		at = c.Get("command")
	}
	return slices.Concat(texts(c.Get("command")), texts(c.Get("args"))), cmp.Or(at.At, c.At)
}

// env is a variable of the container as it is written out; not where it comes from elsewhere.
func (c running) env(names ...string) (resource.Value, bool) {
	for _, e := range items(c.Get("env")) {
		if slices.Contains(names, text(e.Get("name"))) {
			if v := e.Get("value"); v.Set() {
				return v, true
			}
		}
	}
	return resource.Value{}, false
}

// configured reports whether the server is told more than its arguments say: by files that are mounted, or variables that
// come from elsewhere.
func (c running) configured(p pod) bool {
	mounted := map[string]bool{}
	for _, v := range items(p.spec.Get("volumes")) {
		for _, from := range []string{"configMap", "secret", "projected"} {
			if v.Get(from).Set() {
				mounted[text(v.Get("name"))] = true
			}
		}
	}
	for _, m := range items(c.Get("volumeMounts")) {
		if mounted[text(m.Get("name"))] {
			return true
		}
	}
	return c.Get("envFrom").Set()
}
