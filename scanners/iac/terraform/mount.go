package terraform

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/repository"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// elsewhere is where directories outside of the repository are shown in it, below the prefix that they stand for.
const elsewhere = ".modules"

// checkout is the repository that modules are looked up in, so that "../modules" is found and nothing beyond is read.
type checkout struct{ *repository.Repository }

// source finds the directory that stands for the modules of a prefix. One outside of the repository is mounted.
func (r checkout) source(prefix, dir string) (config.Source, error) {
	if p, ok := r.Find(dir); ok {
		return config.Source{Prefix: prefix, Dir: p}, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return config.Source{}, fmt.Errorf("opening the modules of %s: %w", prefix, err)
	}
	r.Closing(root.Close)
	at := path.Join(elsewhere, path.Clean("/"+strings.NewReplacer("::", "/", "://", "/", `\`, "/").Replace(prefix)))
	r.FS = mounted{r.FS, at, root.FS()}
	return config.Source{Prefix: prefix, Dir: at, Other: true}, nil
}

// mounted shows a second file system at a path of the first.
type mounted struct {
	fs.FS
	at    string
	other fs.FS
}

// Open implements [fs.FS].
func (m mounted) Open(name string) (fs.File, error) {
	fsys, name := m.choose(name)
	return fsys.Open(name)
}

// Stat implements [fs.StatFS], which does not open the file.
func (m mounted) Stat(name string) (fs.FileInfo, error) {
	fsys, name := m.choose(name)
	return fs.Stat(fsys, name)
}

func (m mounted) choose(name string) (fs.FS, string) {
	if name == m.at {
		return m.other, "."
	}
	if rest, ok := strings.CutPrefix(name, m.at+"/"); ok {
		return m.other, rest
	}
	return m.FS, name
}
