package tree

import (
	"io/fs"
	"path"
	"slices"

	"github.com/probity-scan/probity"
)

// roots yields a unit for each declared root, and counts what is then of none. Without declared ones, each folder that no other
// calls is a root.
func (f *finder) roots(left *Left) error {
	declared := f.unit.Asks.Code.Roots
	if len(declared) == 0 {
		for _, dir := range f.modules.roots() {
			if err := f.child("terraform", dir); err != nil {
				return err
			}
		}
		return nil
	}
	var dirs []string
	names := map[string]bool{}
	for _, r := range declared {
		r.Path = path.Clean(r.Path)
		name := r.Name()
		switch because := f.unfit(r.Path); {
		case because != "":
			f.odd = append(f.odd, Loss{name, probity.Gap{Reason: probity.Unreadable, Because: "a declared root: " + because, Needs: "mended roots in probity.yaml"}})
			continue
		case names[name]:
			f.odd = append(f.odd, Loss{name, probity.Gap{Reason: probity.Unreadable, Because: "two declared roots are told apart by nothing", Needs: "another workspace or other var_files"}})
			continue
		}
		names[name], dirs = true, append(dirs, r.Path)
		if err := f.unitOf("terraform", r.Path, []probity.Root{r}); err != nil {
			return err
		}
	}
	left.Rootless = f.modules.beyond(dirs)
	return nil
}

// unfit says why a path is no root; empty where it is one. What git ignores may be one: somebody declared it.
func (f *finder) unfit(p string) string {
	if !fs.ValidPath(p) {
		return "its path leads out of the target"
	}
	entries, err := fs.ReadDir(f.site.FS, p)
	if err != nil {
		return "the folder cannot be read"
	}
	if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && isModule(e.Name()) }) {
		return "the folder holds no Terraform"
	}
	return ""
}
