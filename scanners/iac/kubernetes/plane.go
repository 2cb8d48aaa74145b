package kubernetes

import (
	"path"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// planes are API servers, as a static pod or by kubeadm, and the files that they are configured with.
func planes(s *source) []probity.Asset {
	var out []probity.Asset
	for _, p := range s.pods() {
		if isAPIServer(p) {
			c := running{Block: p.containers[0]}
			args, at := c.args()
			line := " " + strings.Join(args, " ") + " "
			out = append(out, s.plane(p.object, func(name string) (string, *probity.Origin) { return option(line, "--"+name), at }))
		}
	}
	for _, o := range s.of("kubeadm.k8s.io/ClusterConfiguration") {
		out = append(out, s.plane(o, func(name string) (string, *probity.Origin) { return extra(o, name) }))
	}
	for _, o := range s.of("apiserver.config.k8s.io/EncryptionConfiguration") {
		a := s.asset(o, kinds.K8sControlPlane)
		na := probity.Gap{Reason: probity.NotApplicable, Because: "the file is about encryption alone"}
		a.Settings = probity.SettingsOf(kinds.K8sPlane{SecretsEncrypted: encrypted(o), AuditLog: probity.Missing[bool](na, o.At), AuditDays: probity.Missing[int](na, o.At)})
		out = append(out, a)
	}
	for _, o := range s.of("audit.k8s.io/Policy") {
		a := s.asset(o, kinds.K8sControlPlane)
		na := probity.Gap{Reason: probity.NotApplicable, Because: "the file is about the audit log alone"}
		a.Settings = probity.SettingsOf(kinds.K8sPlane{SecretsEncrypted: probity.Missing[bool](na, o.At), AuditLog: audits(o), AuditDays: probity.Missing[int](na, o.At)})
		out = append(out, a)
	}
	return out
}

func isAPIServer(p pod) bool {
	return len(p.containers) > 0 && slices.ContainsFunc(texts(p.containers[0].Get("command")), func(s string) bool { return path.Base(s) == "kube-apiserver" })
}

// extra is an argument of the API server in kubeadm: a mapping, or since v1beta4 a list of name and value.
func extra(o *object, name string) (string, *probity.Origin) {
	at := o.Get("apiServer", "extraArgs")
	if b, ok := at.Data.(*resource.Block); ok {
		if v := b.Get(name); v.Set() {
			return text(v), v.At
		}
	}
	if _, ok := at.Data.(resource.List); ok {
		for _, b := range items(at) {
			if text(b.Get("name")) == name {
				return text(b.Get("value")), b.At
			}
		}
	}
	return "", nil
}

// plane reads the flags of an API server. Which provider a file names first is judged where that file is.
func (s *source) plane(o *object, flag func(string) (string, *probity.Origin)) probity.Asset {
	a := s.asset(o, kinds.K8sControlPlane)
	set := kinds.K8sPlane{SecretsEncrypted: kinds.K8sNoProvider(), AuditLog: kinds.K8sNoAudit(), AuditDays: kinds.K8sAuditKept()}
	if file, at := flag("encryption-provider-config"); file != "" {
		set.SecretsEncrypted = probity.Missing[bool](unsaid("the file of --encryption-provider-config is not among the manifests"), at)
		if all := s.of("apiserver.config.k8s.io/EncryptionConfiguration"); len(all) == 1 {
			set.SecretsEncrypted = derived(encrypted(all[0]), all[0].ref(), "settings.secrets_encrypted")
		}
	}
	for _, name := range []string{"audit-log-path", "audit-webhook-config-file"} {
		if v, at := flag(name); v != "" {
			set.AuditLog = probity.Known(true, at)
		}
	}
	if v, at := flag("audit-log-maxage"); v != "" {
		set.AuditDays = resource.Value{Data: v, At: at}.Int(set.AuditDays)
	}
	a.Settings = probity.SettingsOf(set)
	return a
}

// encrypted: the first provider of Secrets writes, the others only read what was written before.
func encrypted(o *object) probity.Fact[bool] {
	for _, r := range items(o.Get("resources")) {
		if !slices.ContainsFunc(texts(r.Get("resources")), func(s string) bool { return s == "secrets" || s == "*.*" || s == "*." }) {
			continue
		}
		for _, p := range items(r.Get("providers")) {
			return probity.Known(!p.Get("identity").Set() && len(p.Attrs) > 0, p.At)
		}
	}
	return probity.Known(false, o.At)
}

// audits: a policy records where a rule has another level than None.
func audits(o *object) probity.Fact[bool] {
	for _, r := range items(o.Get("rules")) {
		if level := r.Get("level"); text(level) != "None" && level.Set() {
			return probity.Known(true, level.At)
		}
	}
	return probity.Known(false, o.At)
}
