package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/probity-scan/probity"
)

// code is what infrastructure code is read with, as flags and the environment say.
func (f *scanFlags) code(environment []string) (probity.Code, error) {
	c := probity.Code{Environment: map[string]string{}, VarFiles: f.varFiles, Workspace: f.workspace}
	var err error
	if c.Variables, err = pairs("--var", f.variables); err != nil {
		return c, err
	}
	for _, e := range environment {
		name, value, _ := strings.Cut(e, "=")
		if v, ok := strings.CutPrefix(name, "TF_VAR_"); ok && v != "" {
			c.Environment[v] = value
		}
		if name == "TF_WORKSPACE" && c.Workspace == "" {
			c.Workspace = value
		}
	}
	for _, name := range c.VarFiles {
		if info, err := os.Stat(name); err != nil {
			return c, fmt.Errorf("--var-file: %w", err)
		} else if !info.Mode().IsRegular() {
			return c, fmt.Errorf("--var-file %s: not a file", name)
		}
	}
	return c, nil
}
