package kubernetes_test

import (
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/kubernetes"
	"github.com/probity-scan/probity/scanners/scannertest"
)

// TestContract counts goroutines, which tests beside it start too.
func TestContract(t *testing.T) { //nolint:paralleltest // see above
	dir := t.TempDir()
	write(t, dir, "raw/a.yaml", secretText+"---\n[\n---\n"+postgres)
	write(t, dir, "chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n")
	write(t, dir, "chart/templates/a.yaml", postgres+"---\n{{ randAlphaNum 5 }}: [\n")
	write(t, dir, "made/kustomization.yaml", "resources: [../other.yaml, ../none]\n")
	write(t, dir, "other.yaml", postgres)
	var units []probity.Unit
	for _, u := range []probity.Unit{{Scanner: kubernetes.Manifests, Part: "raw"}, {Scanner: kubernetes.Manifests, Part: "other.yaml"}, {Scanner: kubernetes.Chart, Part: "chart"}, {Scanner: kubernetes.Kustomization, Part: "made"}} {
		u.Target = dir
		u.Supplies = kubernetes.Supplies(u)
		units = append(units, u)
	}
	scannertest.Run(t, func() probity.Scanner { return scanner() }, units...)
	scannertest.Loss(t, scanner(), units[0], probity.Unreadable)
	scannertest.Loss(t, scanner(), units[2], probity.Unreadable)
}

const secretText = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: opensesame}\n"

const postgres = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  template:
    metadata:
      labels: {app: db}
    spec:
      containers:
        - name: db
          image: postgres:16
`
