package render

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// kustomized builds a kustomization. Whoever made the job has taken out what would be fetched or run.
func kustomized(job Job) (Result, error) {
	fsys := filesys.MakeFsInMemory()
	for _, name := range slices.Sorted(maps.Keys(job.Files)) {
		if err := fsys.WriteFile("/"+name, job.Files[name]); err != nil {
			return Result{}, fmt.Errorf("file %s cannot be laid out", plain(name))
		}
	}
	opts := krusty.MakeDefaultOptions()
	opts.LoadRestrictions = types.LoadRestrictionsNone // there is nothing but the job's files
	all, err := krusty.MakeKustomizer(opts).Run(fsys, path.Join("/", job.Dir))
	if err != nil {
		return Result{}, errors.New("it does not build" + cause(err))
	}
	var out Result
	for _, res := range all.Resources() {
		d := Document{}
		if from, err := res.GetOrigin(); err == nil && from != nil {
			at := from.Path
			if at == "" {
				at = from.ConfiguredIn
			}
			d.File = path.Join(job.Dir, at)
		}
		notes := res.GetAnnotations()
		delete(notes, "config.kubernetes.io/origin")
		if err := res.SetAnnotations(notes); err != nil {
			return Result{}, errors.New("a resource cannot be written")
		}
		text, err := res.AsYAML()
		if err != nil {
			return Result{}, errors.New("a resource cannot be written")
		}
		d.Text = string(text)
		out.Documents = append(out.Documents, d)
	}
	return out, nil
}

// cause tells of the errors that people make most, in our words: the library's may quote what stands in the files.
func cause(err error) string {
	for part, says := range map[string]string{
		"cycle detected": ": it leads back to itself",
		"may not add resource with an already registered id": ": one resource is added twice",
		"no matches for Id":            ": a patch finds nothing to change",
		"no resource matches":          ": a patch finds nothing to change",
		"failed to find unique target": ": a patch finds nothing to change",
		"unknown field":                ": an unknown field",
		"external plugins disabled":    ": it runs a plugin",
	} {
		if strings.Contains(err.Error(), part) {
			return says
		}
	}
	return ""
}
