package policies

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity"
)

// framework is the file form of probity.Framework.
type framework struct {
	ID        string            `yaml:"id"`
	Title     string            `yaml:"title"`
	Version   string            `yaml:"version"`
	Publisher string            `yaml:"publisher"`
	Applies   string            `yaml:"applies"`
	When      probity.Condition `yaml:"when"`
	AsOf      string            `yaml:"as_of"`
	Controls  []control         `yaml:"controls"`
}

type control struct {
	ID          string               `yaml:"id"`
	Title       string               `yaml:"title"`
	Mode        probity.Mode         `yaml:"mode"`
	Why         string               `yaml:"why"`
	Doubt       string               `yaml:"doubt"`
	Obligations []probity.Obligation `yaml:"obligations"`
	Rules       []string             `yaml:"rules"`
	Checks      []string             `yaml:"checks"`
}

// readFrameworks reads all framework files of a folder, sorted by ID.
func readFrameworks(fsys fs.FS, dir string) ([]probity.Framework, error) {
	files, err := fs.Glob(fsys, path.Join(dir, "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("listing frameworks: %w", err)
	}
	var out []probity.Framework
	for _, file := range files {
		src, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("reading framework %s: %w", file, err)
		}
		f, err := readFramework(file, src)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b probity.Framework) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

func readFramework(file string, src []byte) (probity.Framework, error) {
	var f framework
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		return probity.Framework{}, fmt.Errorf("%s:%s", file, strings.ReplaceAll(explain(err, 0), "METADATA", "framework"))
	}
	if f.ID == "" || f.Title == "" || f.Version == "" || f.Applies == "" || f.AsOf == "" || len(f.Controls) == 0 {
		return probity.Framework{}, fmt.Errorf("%s:1: a framework needs id, title, version, applies, as_of and controls", file)
	}
	spelled(&f.When)
	if err := checkCondition(f.When); err != nil {
		return probity.Framework{}, fmt.Errorf("%s: when: %w", file, err)
	}
	out := probity.Framework{ID: f.ID, Title: f.Title, Version: f.Version, Publisher: f.Publisher, Applies: strings.TrimSpace(f.Applies), When: f.When, AsOf: f.AsOf}
	seen := map[string]bool{}
	for _, c := range f.Controls {
		switch {
		case c.ID == "" || c.Title == "":
			return probity.Framework{}, fmt.Errorf("%s: control %q needs id and title", file, c.ID)
		case seen[c.ID]:
			return probity.Framework{}, fmt.Errorf("%s: control %s is there twice", file, c.ID)
		case !slices.Contains(c.Mode.Values(), string(c.Mode)):
			return probity.Framework{}, fmt.Errorf("%s: control %s: mode %q: use automatic, partly or manual", file, c.ID, c.Mode)
		case c.Mode != probity.Automatic && c.Why == "":
			return probity.Framework{}, fmt.Errorf("%s: control %s is %s: say why", file, c.ID, c.Mode)
		case c.Mode != probity.Manual && len(c.Obligations)+len(c.Rules)+len(c.Checks) == 0:
			return probity.Framework{}, fmt.Errorf("%s: control %s is %s: name the obligations, rules or checks that give evidence", file, c.ID, c.Mode)
		}
		seen[c.ID] = true
		out.Controls = append(out.Controls, probity.Control(c))
	}
	return out, nil
}

// spelled puts the countries in the place of an area.
func spelled(c *probity.Condition) {
	for _, countries := range []*[]string{&c.Established, &c.People} {
		if slices.Equal(*countries, []string{"EEA"}) {
			*countries = probity.EEA()
		}
	}
	for _, conditions := range [][]probity.Condition{c.All, c.Any} {
		for i := range conditions {
			spelled(&conditions[i])
		}
	}
}
