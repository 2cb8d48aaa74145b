package tree

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/probity-scan/probity/scanners/content"
)

// Role is what a file is to the scanners.
type Role int

// The roles of files.
const (
	Code      Role = iota // programs, settings of known tools, documents about them: holds no store's data
	Other                 // may be data: read in a folder of data, but makes none
	Data                  // text, CSV, JSON, … and what is packed of them
	Terraform             // a file of a module
	State                 // a Terraform state, which holds secrets and is not read
	Plan                  // a Terraform plan as JSON
	SQLite
	Template   // of CloudFormation
	Kubernetes // a manifest
)

// role tells a file's role by its name and, where that is not enough, by its first bytes. A hidden file is like any other.
// beside tells whether a name stands in the same folder; nil: the file is alone.
func (s *Site) role(dir, name string, beside func(string) bool) Role {
	low := strings.TrimPrefix(strings.ToLower(name), ".")
	switch {
	case isTerraform(name):
		return Terraform
	case isState(low):
		return State
	case isDatabasePart(name, beside), isManifest(low), name == "NOTES.txt" && path.Base(dir) == "templates", name[0] == '.' && isDotfile(low), isCode(low):
		return Code
	case s.isTemplate(path.Join(dir, name)):
		return Template
	case s.formats.IsManifest != nil && s.formats.IsManifest(s.FS, path.Join(dir, name)):
		return Kubernetes
	case path.Ext(low) == ".json":
		return s.json(path.Join(dir, name))
	case content.Readable(low), s.apart && content.Document(low):
		return Data
	}
	switch path.Ext(low) {
	case ".sqlite", ".sqlite3", ".db3", ".s3db", ".sqlitedb":
		return SQLite
	}
	if h := s.head(path.Join(dir, name)); bytes.HasPrefix(h, []byte("SQLite format 3\x00")) || path.Ext(low) == ".db" && h != nil && len(h) == 0 {
		return SQLite
	}
	return Other
}

// json tells plans, states and policies by their first bytes: these lie beside modules, under any name.
func (s *Site) json(name string) Role {
	h := s.head(name)
	switch has := func(key string) bool { return bytes.Contains(h, []byte(`"`+key+`"`)) }; {
	case has("terraform_version") && has("lineage") && has("serial") && !has("format_version"):
		return State
	case s.formats.IsPlan != nil && s.formats.IsPlan(h):
		return Plan
	case has("Statement") && has("Effect"):
		return Other
	}
	return Data
}

// isTemplate tells a template of CloudFormation, and notes what it nests.
func (s *Site) isTemplate(name string) bool {
	if s.formats.Template == nil {
		return false
	}
	nested, is := s.formats.Template(s.FS, name)
	if is {
		s.nested[name] = nested
	}
	return is
}

// head gives a file's first bytes; nil when they cannot be read, which whoever reads the file will tell.
func (s *Site) head(name string) []byte {
	f, err := s.FS.Open(name)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // only read
	n, err := io.ReadFull(f, s.buf[:])
	if n == 0 && !errors.Is(err, io.EOF) {
		return nil
	}
	return s.buf[:n]
}

func isTerraform(name string) bool {
	return isModule(name) || strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json") || name == ".terraform.lock.hcl"
}

// isModule reports whether a file makes its folder a Terraform module. Terraform leaves out hidden files.
func isModule(name string) bool {
	for _, ext := range []string{".tf", ".tf.json", ".tofu", ".tofu.json"} {
		if strings.HasSuffix(name, ext) {
			return name[0] != '.'
		}
	}
	return false
}

func isRegular(d fs.DirEntry) bool { return d.Type().IsRegular() }
