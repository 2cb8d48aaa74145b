package main

import (
	"os"
	"path/filepath"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
)

// root gives the declared roots to the targets that hold them. Those of --config stand for all others; those of a file in a
// target are of that target. One that no target holds goes to the first, whose scan tells of it.
func (s *settled) root(files []config.Loaded, named, elsewhere bool) {
	for i, l := range files {
		roots := l.Roots()
		among := s.beside(l.Path)
		if named && i == 0 {
			among = s.units
		}
		for _, r := range roots {
			held := false
			for j := range among {
				if elsewhere {
					break
				}
				if info, err := os.Stat(filepath.Join(among[j].Target, filepath.FromSlash(r.Path))); err == nil && info.IsDir() {
					among[j].Asks.Code.Roots, held = append(among[j].Asks.Code.Roots, r), true
				}
			}
			if !held && len(among) > 0 {
				among[0].Asks.Code.Roots = append(among[0].Asks.Code.Roots, r)
			}
		}
		if named && i == 0 && len(roots) > 0 {
			return
		}
	}
}

// beside is the target that a file lies in; all, where it lies in none.
func (s *settled) beside(file string) []probity.Unit {
	home, err := os.Stat(filepath.Dir(file))
	if err != nil {
		return s.units
	}
	for i, u := range s.units {
		if info, err := os.Stat(u.Target); err == nil && os.SameFile(info, home) {
			return s.units[i : i+1]
		}
	}
	return s.units
}
