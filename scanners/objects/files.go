package objects

import (
	"context"
	"io"
	"path"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/tree"
)

// Files opens the folder, or the one file, of a unit. Files of the known formats are read by other scanners.
func Files(known tree.Formats) func(probity.Unit) (Store, error) {
	return func(u probity.Unit) (Store, error) {
		site, err := tree.Open(u, known)
		if err != nil {
			return nil, err
		}
		return &files{site: site, part: path.Clean(u.Part)}, nil
	}
}

type files struct {
	site *tree.Site
	part string
}

func (f *files) Close() error {
	f.site.Close()
	return nil
}

func (f *files) List(ctx context.Context, visit func(string) error) ([]Missed, error) {
	if f.site.File != "" {
		return nil, visit("")
	}
	states := 0
	left, err := f.site.Walk(ctx, f.part, func(d tree.Folder) error {
		for _, file := range d.Files {
			if file.Role == tree.State {
				states++
			}
			if file.Role != tree.Data && file.Role != tree.Other {
				continue
			}
			if err := visit(f.below(path.Join(d.Path, file.Name))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var missed []Missed
	if left.Unseen > 0 {
		missed = append(missed, Missed{Gap: probity.Gap{Reason: probity.Filtered, Because: "ignored by git or excluded"}, Count: left.Unseen})
	}
	if states > 0 {
		missed = append(missed, Missed{Gap: probity.Gap{Reason: probity.NotCollected, Because: tree.States}, Count: states})
	}
	if left.More > 0 {
		missed = append(missed, Missed{Gap: probity.Gap{Reason: probity.Unreadable, Because: "more folders that could not be read"}, Count: left.More})
	}
	for _, l := range left.Lost {
		missed = append(missed, Missed{Name: f.below(l.Path), Gap: l.Gap, Count: 1})
	}
	return missed, nil
}

func (f *files) below(p string) string {
	if f.part == "." {
		return p
	}
	return strings.TrimPrefix(strings.TrimPrefix(p, f.part), "/")
}

func (f *files) Open(_ context.Context, name string) (io.ReadCloser, error) {
	if f.site.File != "" {
		return f.site.FS.Open(f.site.File)
	}
	return f.site.FS.Open(path.Join(f.part, name))
}
