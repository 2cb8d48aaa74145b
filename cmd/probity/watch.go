package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"time"
)

// onChange is watch that looks now and then.
func onChange(ctx context.Context, dir string, do func() error, stderr io.Writer) error {
	const every = 400 * time.Millisecond
	look := time.NewTicker(every)
	defer look.Stop()
	return watch(ctx, dir, look.C, do, stderr)
}

// watch does something now and whenever a look finds that a file below a folder has changed, until ctx ends. What is wrong is said, and no end.
func watch(ctx context.Context, dir string, look <-chan time.Time, do func() error, stderr io.Writer) error {
	seen := ""
	for {
		now, err := stamp(dir)
		if err != nil {
			return err
		}
		if now != seen {
			seen = now
			var e exit
			if err := do(); err != nil && (!errors.As(err, &e) || e.text != "") {
				fmt.Fprintln(stderr, "probity: "+printable(err.Error()))
			}
			fmt.Fprintln(stderr, "probity: watching "+printable(dir)+"; interrupt to end")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-look:
		}
	}
}

// stamp differs where a file has been added, removed or written.
func stamp(dir string) (string, error) {
	out := ""
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !d.IsDir() {
			out += fmt.Sprintf("%s %d %d\n", p, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("watching rules: %w", err)
	}
	return out, nil
}
