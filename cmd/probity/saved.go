package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
)

// openScan opens a saved scan; - is stdin, kept in a file while it is walked.
func openScan(path string, stdin io.Reader) (scan probity.Scan, closing func(), err error) {
	var f *os.File
	remove := func() {}
	if path == "-" {
		if f, err = os.CreateTemp("", "probity-*.json"); err == nil {
			name := f.Name()
			remove = func() { _ = os.Remove(name) }
			_, err = io.Copy(f, stdin)
		}
	} else {
		f, err = os.Open(path)
	}
	closing = func() {
		if f != nil {
			_ = f.Close()
		}
		remove()
	}
	if err != nil {
		closing()
		return scan, nil, fmt.Errorf("reading scan: %s", brief(err))
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New(path + " is no file; - reads from stdin")
	}
	if err == nil {
		scan, err = reports.Read(f, info.Size())
	}
	if err != nil {
		closing()
		return scan, nil, fmt.Errorf("%s: %w", path, err)
	}
	return scan, closing, nil
}
