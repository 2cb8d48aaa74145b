package revision

import (
	"path/filepath"

	"github.com/probity-scan/probity/scanners/iac/kubernetes/kustomization"
)

const maxKustomization = 4 << 20 // bytes of its file

// touchedKustomizations follows a kustomization to all that it names, files of any kind, and to those that it is made of.
func (s *Snapshot) touchedKustomizations(top, dir string) bool {
	seen := map[string]bool{dir: true}
	for queue := []string{dir}; len(queue) > 0; queue = queue[1:] {
		k := kustomizationIn(queue[0])
		if k == nil {
			continue
		}
		for _, name := range k.Paths {
			if !kustomization.IsRemote(name) && s.touched(top, filepath.Join(queue[0], filepath.FromSlash(name))) {
				return true
			}
		}
		for _, p := range k.Parts {
			if next := filepath.Join(queue[0], filepath.FromSlash(p.Name)); !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return false
}

// kustomizationIn reads that of a folder; nil where there is none, or none that can be read.
func kustomizationIn(dir string) *kustomization.File {
	for _, name := range kustomization.Names() {
		if b, err := small(filepath.Join(dir, name), maxKustomization); err == nil {
			k, _ := kustomization.Read(b)
			return k
		}
	}
	return nil
}
