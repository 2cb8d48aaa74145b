package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/reports/gate"
)

const (
	baselineFolder  = ".probity/baseline"
	largestBaseline = 64 << 20 // bytes of one file
)

// findBaseline reads the baseline of the flag or of --config, else what lies beside the configuration that was found.
func (g *gateFlags) findBaseline(files []config.Loaded, targets []string) (*gate.Baseline, []probity.Trouble, error) {
	named := g.baseline
	dirs := map[string]string{} // by folder: what its configuration names
	for _, l := range files {
		if l.Named() {
			if named == "" {
				named = l.File.Baseline
			}
			continue
		}
		dir := filepath.Dir(l.Path)
		if filepath.Base(dir) == filepath.Dir(config.WaiversName) {
			dir = filepath.Dir(dir)
		}
		if l.File.Baseline != "" || dirs[dir] == "" {
			dirs[dir] = l.File.Baseline
		}
	}
	if named != "" {
		entries, err := readBaseline(g.asItWas(named))
		if err != nil {
			return nil, nil, err
		}
		return &gate.Baseline{Name: filepath.ToSlash(named), Central: true, Entries: entries}, nil, nil
	}
	var out *gate.Baseline
	var trouble []probity.Trouble
	for _, dir := range places(targets) {
		path, asked := dirs[dir], true
		if path == "" {
			path, asked = baselineFolder, false
		}
		path = filepath.Join(dir, filepath.FromSlash(path))
		there := g.base.Of(path)
		if _, err := os.Lstat(there); errors.Is(err, fs.ErrNotExist) && !asked {
			continue
		}
		entries, err := readBaseline(there)
		if err != nil {
			trouble = append(trouble, probity.Trouble{What: "configuration", Gap: probity.Gap{Reason: probity.Unreadable, Because: strings.ReplaceAll(err.Error(), there, path), Needs: "a mended file, or none and probity baseline write"}})
			continue
		}
		if out == nil {
			out = &gate.Baseline{Name: filepath.ToSlash(path)}
		}
		out.Entries = append(out.Entries, entries...)
	}
	return out, trouble, nil
}

// readBaseline reads one file, or all of a folder.
func readBaseline(path string) ([]gate.Entry, error) {
	var out []gate.Entry
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() || p != path && !strings.HasSuffix(p, ".jsonl") {
			return nil
		}
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		if info, err := f.Stat(); err != nil || info.Size() > largestBaseline {
			return errors.Join(err, fmt.Errorf("%s is larger than %d MiB", p, largestBaseline>>20))
		}
		entries, err := gate.ReadBaseline(io.LimitReader(f, largestBaseline))
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		out = append(out, entries...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading baseline: %s", brief(err))
	}
	return out, nil
}
