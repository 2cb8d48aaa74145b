// Command generate writes the data of the example organisation: its database and its exports. Nobody in it exists. The
// same program writes the same bytes, so that what it planted can be asserted.
//
//	go run ./examples/clinic/generate
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	dir := flag.String("o", filepath.Join("examples", "clinic"), "folder of the example")
	flag.Parse()
	if err := generate(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate(dir string) error {
	c := newClinic()
	if err := database(filepath.Join(dir, "db", "clinic.db"), c); err != nil {
		return fmt.Errorf("writing the database: %w", err)
	}
	for name, b := range exports(c) {
		path := filepath.Join(dir, "exports", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			return err
		}
	}
	return nil
}
