package bench

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// limitOf is the variable that names what a process reads and does nothing else with.
const limitOf = "PROBITY_BENCH_LIMIT"

// limit is what nothing that reads all of it can go below: parsing code, or decoding a plan, by the libraries that the program uses.
func limit(what string) int {
	read := parse
	if filepath.Ext(what) == ".json" {
		read = decode
	}
	if err := read(what); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return 0
}

func parse(dir string) error {
	var kept []*hcl.File
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".tf" {
			return err
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		f, diags := hclsyntax.ParseConfig(text, p, hcl.InitialPos)
		kept = append(kept, f)
		if diags.HasErrors() {
			return diags
		}
		return nil
	})
	if err == nil && len(kept) == 0 {
		err = errors.New("no code in " + dir)
	}
	return err
}

func decode(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var plan any
	return json.UnmarshalRead(f, &plan)
}
