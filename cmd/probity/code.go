package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
)

// code is what infrastructure code is read with, as flags, files of configuration and the environment say.
func (f *scanFlags) code(files []config.Loaded, environment []string) (probity.Code, error) {
	c := probity.Code{Environment: map[string]string{}, VarFiles: f.varFiles, Workspace: f.workspace, Source: f.source, HelmValues: f.helmValues}
	var err error
	if c.Variables, err = pairs("--var", f.variables); err != nil {
		return c, err
	}
	if c.Parameters, err = parameters(f.paramFiles, f.parameters); err != nil {
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
	if c.Source != "" {
		if info, err := os.Stat(c.Source); err != nil {
			return c, fmt.Errorf("--source: %w", err)
		} else if !info.IsDir() {
			return c, fmt.Errorf("--source %s: not a folder", c.Source)
		}
	}
	for _, name := range c.VarFiles {
		if info, err := os.Stat(name); err != nil {
			return c, fmt.Errorf("--var-file: %w", err)
		} else if !info.Mode().IsRegular() {
			return c, fmt.Errorf("--var-file %s: not a file", name)
		}
	}
	for _, name := range c.HelmValues {
		if info, err := os.Stat(name); err != nil {
			return c, fmt.Errorf("--helm-values: %w", err)
		} else if !info.Mode().IsRegular() {
			return c, fmt.Errorf("--helm-values %s: not a file", name)
		}
	}
	if c.Modules, err = pairs("--module", f.modules); err != nil {
		return c, err
	}
	for prefix, dir := range c.Modules {
		if info, err := os.Stat(dir); err != nil {
			return c, fmt.Errorf("--module %s: %w", prefix, err)
		} else if !info.IsDir() {
			return c, fmt.Errorf("--module %s: %s is not a directory", prefix, dir)
		}
	}
	for _, l := range files { // the named one comes first, and wins
		for prefix, dir := range l.Modules() {
			if _, taken := c.Modules[prefix]; !taken {
				c.Modules[prefix] = dir
			}
		}
	}
	return c, nil
}
