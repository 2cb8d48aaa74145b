package revision

import (
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/calls"
)

// installed is one module of .terraform/modules/modules.json.
type installed struct {
	Key     string `json:"Key"`
	Source  string `json:"Source"`
	Version string `json:"Version,omitempty"`
	Dir     string `json:"Dir"`
}

const (
	folder    = ".terraform/modules"
	maxModule = 4 << 20  // bytes of a file of a module
	maxCopied = 1 << 30  // of all that one root has installed
	maxList   = 16 << 20 // of modules.json
)

// InstallModules puts the modules that are installed in the work tree below a folder into the snapshot, wherever the snapshot
// calls the same source and version: terraform init would install the same again. It gives how many it left out.
func (s *Snapshot) InstallModules(below string) (left int, err error) {
	err = filepath.WalkDir(below, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return nil //nolint:nilerr // a folder that cannot be read is told by the scan of it
		}
		switch d.Name() {
		case ".git", ".probity", "node_modules":
			return filepath.SkipDir
		case ".terraform":
			n, err := s.install(filepath.Dir(p))
			left += n
			if err != nil {
				return err
			}
			return filepath.SkipDir
		}
		return nil
	})
	return left, err
}

// install does it for one root.
func (s *Snapshot) install(root string) (left int, err error) {
	b, err := small(filepath.Join(root, filepath.FromSlash(folder), "modules.json"), maxList)
	var list struct{ Modules []installed }
	if err != nil || json.Unmarshal(b, &list) != nil {
		return 0, nil // nothing installed
	}
	byKey := map[string]installed{}
	for _, m := range list.Modules {
		byKey[m.Key] = m
	}
	same := map[string]bool{"": true}
	var keep []installed
	dirs := map[string]bool{}
	for _, m := range list.Modules { // parents come first: Terraform sorts by key
		if m.Key != "" {
			parent, name := "", m.Key
			if i := strings.LastIndex(m.Key, "."); i >= 0 {
				parent, name = m.Key[:i], m.Key[i+1:]
			}
			if same[m.Key] = same[parent] && s.calledAlike(root, byKey[parent].Dir, name); !same[m.Key] {
				left++
				continue
			}
		}
		keep = append(keep, m)
		if rest, ok := strings.CutPrefix(path.Clean(m.Dir), folder+"/"); ok && filepath.IsLocal(filepath.FromSlash(rest)) {
			first, _, _ := strings.Cut(rest, "/")
			dirs[first] = true
		}
	}
	to := filepath.Join(s.Of(root), filepath.FromSlash(folder))
	if _, err := os.Stat(s.Of(root)); err != nil {
		return left, nil // the root is new
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return left, err
	}
	list.Modules = keep
	if b, err = json.Marshal(list); err != nil {
		return left, err
	}
	if err := os.WriteFile(filepath.Join(to, "modules.json"), b, 0o600); err != nil {
		return left, err
	}
	budget := int64(maxCopied)
	for dir := range dirs {
		if err := copyTree(filepath.Join(root, filepath.FromSlash(folder), dir), filepath.Join(to, dir), &budget); err != nil {
			return left, err
		}
	}
	return left, nil
}

// calledAlike reports whether the module that stands in dir, below the root, calls name with the same source and version in
// the snapshot. A module that was installed itself does.
func (s *Snapshot) calledAlike(root, dir, name string) bool {
	if strings.HasPrefix(path.Clean(dir), folder) {
		return true
	}
	now, was := callsIn(filepath.Join(root, filepath.FromSlash(dir))), callsIn(s.Of(filepath.Join(root, filepath.FromSlash(dir))))
	call, ok := now[name]
	return ok && call == was[name]
}

// callsIn are the calls of all files of a folder.
func callsIn(dir string) map[string]calls.Call {
	out := map[string]calls.Call{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return out
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		if isCode(e.Name()) {
			if b, err := small(filepath.Join(dir, e.Name()), maxModule); err == nil {
				maps.Copy(out, calls.Of(e.Name(), b))
			}
		}
	}
	return out
}

// isCode reports whether Terraform or OpenTofu reads a file of this name.
func isCode(name string) bool {
	for _, ext := range []string{".tf", ".tf.json", ".tofu", ".tofu.json"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}

// small reads a file that is not too large.
func small(name string, most int64) ([]byte, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, fs.ErrInvalid
	}
	return os.ReadFile(name)
}

// copyTree copies the regular files of a module; no link is followed.
func copyTree(from, to string, budget *int64) error {
	return filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // what cannot be read is missing, and told so by the scan
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		switch {
		case d.IsDir() && d.Name() == ".git":
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		case !d.Type().IsRegular():
			return nil
		}
		info, err := d.Info()
		if err != nil || info.Size() > maxModule || *budget < info.Size() {
			return nil //nolint:nilerr // it was there a moment ago
		}
		*budget -= info.Size()
		return copyFile(p, filepath.Join(to, rel))
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return pour(out, io.LimitReader(in, maxModule))
}
