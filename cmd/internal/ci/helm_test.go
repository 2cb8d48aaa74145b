package ci

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	kubernetes "sigs.k8s.io/yaml"
)

const chartFolder = "deploy/helm/probity"

// manifest is what the chart makes of one set of values.
type manifest struct {
	cron     *batchv1.CronJob
	deployed map[string]*appsv1.Deployment
	service  *corev1.Service
	policy   *networkingv1.NetworkPolicy
	config   *corev1.ConfigMap
	account  *corev1.ServiceAccount
	claim    *corev1.PersistentVolumeClaim
}

// render is the chart's text with values, one document after the other.
func render(t *testing.T, values string) (string, error) {
	t.Helper()
	c, err := loader.Load(filepath.Join(root, chartFolder))
	if err != nil {
		t.Fatal(err)
	}
	var given map[string]any
	if err := yaml.Unmarshal([]byte(values), &given); err != nil {
		t.Fatal(err)
	}
	v, err := chartutil.ToRenderValues(c, given, chartutil.ReleaseOptions{Name: "nightly", Namespace: "audit", Revision: 1, IsInstall: true}, nil)
	if err != nil {
		return "", err
	}
	files, err := engine.Render(c, v)
	if err != nil {
		return "", err
	}
	var docs []string
	for name, text := range files {
		if strings.HasSuffix(name, ".yaml") {
			docs = append(docs, text)
		}
	}
	slices.Sort(docs)
	return strings.Join(docs, "\n---\n"), nil
}

// decode reads manifests as Kubernetes does that refuses what it does not know.
func decode(t *testing.T, text string) manifest {
	t.Helper()
	m := manifest{deployed: map[string]*appsv1.Deployment{}}
	for _, doc := range regexp.MustCompile(`(?m)^---$`).Split(text, -1) {
		if strings.TrimSpace(doc) == "" {
			continue
		}
		var head struct{ Kind string }
		if err := kubernetes.Unmarshal([]byte(doc), &head); err != nil {
			t.Fatalf("%v:\n%s", err, doc)
		}
		var into any
		switch head.Kind {
		case "CronJob":
			m.cron = &batchv1.CronJob{}
			into = m.cron
		case "Deployment":
			d := &appsv1.Deployment{}
			m.deployed[regexp.MustCompile(`component: (\w+)`).FindStringSubmatch(doc)[1]] = d
			into = d
		case "Service":
			m.service = &corev1.Service{}
			into = m.service
		case "NetworkPolicy":
			m.policy = &networkingv1.NetworkPolicy{}
			into = m.policy
		case "ConfigMap":
			m.config = &corev1.ConfigMap{}
			into = m.config
		case "ServiceAccount":
			m.account = &corev1.ServiceAccount{}
			into = m.account
		case "PersistentVolumeClaim":
			m.claim = &corev1.PersistentVolumeClaim{}
			into = m.claim
		default:
			t.Fatalf("what is a %s doing here:\n%s", head.Kind, doc)
		}
		if err := kubernetes.UnmarshalStrict([]byte(doc), into); err != nil {
			t.Errorf("%v:\n%s", err, doc)
		}
	}
	return m
}

// shut holds a pod to the restricted profile of Kubernetes, and to a root that nobody writes to.
func shut(t *testing.T, part string, p corev1.PodTemplateSpec) corev1.Container {
	t.Helper()
	s, yes := p.Spec, true
	if s.AutomountServiceAccountToken == nil || *s.AutomountServiceAccountToken || s.HostNetwork || s.HostPID || s.HostIPC || len(s.Containers) != 1 {
		t.Errorf("%s has a token or a name space of its host, or %d containers", part, len(s.Containers))
	}
	if x := s.SecurityContext; x == nil || x.RunAsNonRoot == nil || *x.RunAsNonRoot != yes || x.RunAsUser == nil || *x.RunAsUser == 0 || x.SeccompProfile == nil || x.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault {
		t.Errorf("%s runs with %+v", part, x)
	}
	c := s.Containers[0]
	if x := c.SecurityContext; x == nil || x.ReadOnlyRootFilesystem == nil || *x.ReadOnlyRootFilesystem != yes || x.AllowPrivilegeEscalation == nil || *x.AllowPrivilegeEscalation ||
		x.Capabilities == nil || !slices.Equal(x.Capabilities.Drop, []corev1.Capability{"ALL"}) || len(x.Capabilities.Add) > 0 {
		t.Errorf("%s has a container with %+v", part, x)
	}
	if c.Resources.Limits.Memory().IsZero() || c.Resources.Requests.Cpu().IsZero() {
		t.Errorf("%s has no bounds: %+v", part, c.Resources)
	}
	for _, v := range s.Volumes {
		if v.HostPath != nil {
			t.Errorf("%s mounts %s of its host", part, v.HostPath.Path)
		}
	}
	return c
}

const cronValues = `
targets: ["aws:region=eu-*", "postgres://probity@db.example.com/clinic"]
secretName: databases
config: {fail_on: high, accounts: [{id: "123456789012", entity: Example Ltd, country: DE}]}
serviceAccount: {annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/probity"}}
`

func TestChart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		values string
		check  func(t *testing.T, m manifest)
	}{
		"a schedule": {cronValues, func(t *testing.T, m manifest) {
			c := shut(t, "scan", m.cron.Spec.JobTemplate.Spec.Template)
			if c.Image != "ghcr.io/probity-scan/probity:0.1.0" || c.EnvFrom[0].SecretRef.Name != "databases" || m.cron.Spec.ConcurrencyPolicy != batchv1.ForbidConcurrent || len(m.deployed) != 0 || m.service != nil {
				t.Errorf("got %s, %+v", c.Image, m.cron.Spec)
			}
			if m.claim == nil || m.account.Annotations["eks.amazonaws.com/role-arn"] == "" || m.config.Data["probity.yaml"] == "" || len(m.policy.Spec.Ingress) != 0 || len(m.policy.Spec.PolicyTypes) != 2 {
				t.Errorf("got %+v", m)
			}
		}},
		"by digest, with what is there": {cronValues + "image: {repository: registry.example.com/probity, digest: 'sha256:" + strings.Repeat("a", 64) + "', pullSecrets: [pull]}\npersistence: {existingClaim: mine}\n" +
			"networkPolicy: {egressTo: [{ipBlock: {cidr: 10.0.0.0/8}}]}\nnodeSelector: {pool: audit}\ntolerations: [{key: audit, operator: Exists}]\nenv: {AWS_REGION: eu-west-1}\n", func(t *testing.T, m manifest) {
			c := shut(t, "scan", m.cron.Spec.JobTemplate.Spec.Template)
			if m.claim != nil || !strings.Contains(c.Image, "/probity@sha256:") || m.cron.Spec.JobTemplate.Spec.Template.Spec.Volumes[1].PersistentVolumeClaim.ClaimName != "mine" || len(m.policy.Spec.Egress[1].To) != 1 {
				t.Errorf("got %+v", m)
			}
		}},
		"an account that is there": {"targets: [infra]\nserviceAccount: {create: false, name: audit}", func(t *testing.T, m manifest) {
			if s := m.cron.Spec.JobTemplate.Spec.Template.Spec.ServiceAccountName; m.account != nil || s != "audit" {
				t.Errorf("got %s and %+v", s, m.account)
			}
		}},
		"a server": {"mode: server\nnetworkPolicy: {ingressFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress}}}]}", func(t *testing.T, m manifest) {
			d := m.deployed["server"]
			c := shut(t, "server", d.Spec.Template)
			if m.cron != nil || d.Spec.Strategy.Type != appsv1.RecreateDeploymentStrategyType || c.ReadinessProbe.HTTPGet.Path != "/readyz" || c.LivenessProbe.HTTPGet.Path != "/healthz" || m.claim == nil || len(m.deployed) != 1 {
				t.Errorf("got %+v", d.Spec)
			}
			if m.service.Spec.Ports[0].TargetPort.String() != c.Ports[0].Name || !covers(m.service.Spec.Selector, d.Spec.Template.Labels) || m.policy.Spec.Ingress[0].Ports[0].Port.IntVal != c.Ports[0].ContainerPort {
				t.Errorf("the service leads to %+v, want the server", m.service.Spec)
			}
		}},
		"servers and workers": {"mode: server\nserver: {replicas: 2}\nworker: {replicas: 3, extraArgs: [--network=inside]}\nsecretName: databases\nkeySecret: masks", func(t *testing.T, m manifest) {
			server, worker := m.deployed["server"], m.deployed["worker"]
			shut(t, "server", server.Spec.Template)
			c := shut(t, "worker", worker.Spec.Template)
			if m.claim != nil || *worker.Spec.Replicas != 3 || c.Args[len(c.Args)-1] != "--network=inside" || len(m.policy.Spec.Ingress) != 0 || covers(server.Spec.Selector.MatchLabels, worker.Spec.Template.Labels) {
				t.Errorf("got %+v", worker.Spec)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := render(t, c.values)
			if err != nil {
				t.Fatal(err)
			}
			m := decode(t, text)
			c.check(t, m)
			for _, d := range m.deployed {
				if !covers(d.Spec.Selector.MatchLabels, d.Spec.Template.Labels) || !covers(m.policy.Spec.PodSelector.MatchLabels, d.Spec.Template.Labels) {
					t.Errorf("%s selects %v", d.Name, d.Spec.Selector.MatchLabels)
				}
			}
			var given map[string]any
			if err := yaml.Unmarshal([]byte(c.values), &given); err != nil {
				t.Fatal(err)
			}
			if l := lint.All(filepath.Join(root, chartFolder), given, "audit", true); l.HighestSeverity >= support.WarningSev {
				t.Errorf("lint: %v", l.Messages)
			}
			// Probity finds nothing to mend in it, but that drivers of databases take passwords by the environment.
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "manifests.yaml"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := run(t, dir, nil, program(t), "scan", "--fail-on", "low", "--fail-on-rule", "secrets-in-files=medium", "."); got.code != 0 {
				t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
			}
		})
	}
}

// covers reports whether labels have all that a selector asks.
func covers(selector, labels map[string]string) bool {
	for k, v := range selector {
		if labels[k] != v {
			return false
		}
	}
	return len(selector) > 0
}

func TestChartRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ values, says string }{
		"no target":          {"", "name what to scan"},
		"a word too much":    {cronValues + "target: infra", "target"},
		"no severity":        {cronValues + "failOn: awful", "failOn"},
		"another mode":       {"mode: daemon", "mode"},
		"the latest image":   {cronValues + "image: {tag: latest}", "tag"},
		"a report elsewhere": {cronValues + "reports: [json=/etc/passwd]", "reports"},
		"servers of no key":  {"mode: server\nserver: {replicas: 2}", "keySecret"},
		"workers of no key":  {"mode: server\nworker: {replicas: 1}", "keySecret"},
		"a number of no one": {"mode: server\nserver: {replicas: 0}", "replicas"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := render(t, c.values); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want it refused for %s", err, c.says)
			}
		})
	}
}

// The container's command does what it is for, with the chart's configuration and an empty volume.
func TestChartScans(t *testing.T) {
	t.Parallel()
	repo, data, etc := repository(t), t.TempDir(), t.TempDir()
	text, err := render(t, "targets: ["+repo+"/infra, "+repo+"/exports]\nconfig: {exclude: [none/**]}")
	if err != nil {
		t.Fatal(err)
	}
	m := decode(t, text)
	if err := os.WriteFile(filepath.Join(etc, "probity.yaml"), []byte(m.config.Data["probity.yaml"]), 0o600); err != nil {
		t.Fatal(err)
	}
	var args []string
	for _, a := range m.cron.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Args {
		args = append(args, strings.NewReplacer("/etc/probity", etc, "/var/lib/probity", data).Replace(a))
	}
	if got := run(t, data, map[string]string{"XDG_CONFIG_HOME": data}, program(t), args...); got.code != 0 || got.stderr != "" {
		t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
	for _, f := range []string{"scan.json", "report.html"} {
		if _, err := os.Stat(filepath.Join(data, f)); err != nil {
			t.Error(err)
		}
	}
}
