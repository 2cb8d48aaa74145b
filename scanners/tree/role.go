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
	Code      Role = iota // programs, their settings, documents about them: holds no store's data
	Other                 // may be data: its content decides
	Data                  // text, CSV, JSON, … and gzip of them
	Terraform             // a file of a module
	Beside                // JSON beside a module, which usually reads it: policies, task definitions
	Plan                  // a Terraform plan as JSON
	SQLite
)

// role tells a file's role by its name and, where that is not enough, by its first bytes. terraform: its folder is a module.
func (s *Site) role(dir, name string, terraform bool) Role {
	low := strings.ToLower(name)
	switch {
	case isTerraform(name):
		return Terraform
	case strings.HasPrefix(low, "."), isManifest(low), isCode(low):
		return Code
	case strings.HasSuffix(low, "-wal"), strings.HasSuffix(low, "-shm"), strings.HasSuffix(low, "-journal"):
		return Code // part of the database beside it
	case path.Ext(low) == ".json":
		if s.plan != nil && s.plan(s.head(path.Join(dir, name))) {
			return Plan
		}
		if terraform {
			return Beside
		}
		return Data
	case content.Readable(low):
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

// isManifest knows files of tools by their whole names, though they have an extension of data.
func isManifest(low string) bool {
	switch low {
	case "package.json", "package-lock.json", "npm-shrinkwrap.json", "composer.json", "composer.lock", "lerna.json", "nx.json", "turbo.json", "vercel.json",
		"renovate.json", "deno.json", "bower.json", "angular.json", "biome.json", "cdk.json", "cdk.context.json", "firebase.json", "global.json",
		"launchsettings.json", "project.json", "manifest.json", "openapi.json", "swagger.json", "probity.json",
		"cmakelists.txt", "robots.txt", "humans.txt", "security.txt", "constraints.txt":
		return true
	}
	base, ext := strings.TrimSuffix(low, path.Ext(low)), path.Ext(low)
	switch ext {
	case ".json":
		return strings.HasPrefix(base, "tsconfig") || strings.HasPrefix(base, "jsconfig") || strings.HasPrefix(base, "appsettings") ||
			strings.HasSuffix(base, ".schema") || strings.HasSuffix(base, ".config") || strings.HasSuffix(base, ".lock") || strings.HasSuffix(base, "-lock")
	case ".txt":
		return strings.HasPrefix(base, "requirements") || strings.HasPrefix(base, "readme") || strings.HasPrefix(base, "license") ||
			strings.HasPrefix(base, "licence") || strings.HasPrefix(base, "changelog") || strings.HasPrefix(base, "notice") || strings.HasPrefix(base, "copying")
	}
	return false
}

// isCode knows programs and documents about them by their extensions.
func isCode(low string) bool {
	switch strings.TrimPrefix(path.Ext(low), ".") {
	case "go", "mod", "sum", "py", "pyi", "pyc", "ipynb", "js", "mjs", "cjs", "jsx", "ts", "tsx", "vue", "svelte", "java", "kt", "kts", "gradle", "scala", "rb", "erb", "php",
		"c", "h", "cc", "cpp", "hpp", "cs", "fs", "vb", "rs", "swift", "m", "mm", "lua", "pl", "pm", "r", "jl", "ex", "exs", "erl", "hs", "clj", "dart", "zig",
		"sh", "bash", "zsh", "fish", "ps1", "bat", "cmd", "mk", "cmake", "rego", "hcl", "nomad", "nix", "proto", "graphql", "thrift", "tpl", "tmpl", "j2", "txtar",
		"yaml", "yml", "toml", "ini", "cfg", "conf", "properties", "lock", "editorconfig", "tfstate", "backup", "sarif",
		"md", "markdown", "rst", "adoc", "tex", "css", "scss", "less", "html", "htm", "svg", "png", "jpg", "jpeg", "gif", "ico", "webp", "woff", "woff2", "ttf", "eot",
		"o", "a", "so", "dll", "dylib", "exe", "class", "jar", "wasm", "map", "patch", "diff":
		return true
	case "":
		switch low {
		case "makefile", "dockerfile", "containerfile", "license", "licence", "notice", "authors", "readme", "changelog", "codeowners", "procfile",
			"gemfile", "rakefile", "jenkinsfile", "vagrantfile", "brewfile", "copying", "contributing", "maintainers", "owners", "version":
			return true
		}
	}
	return false
}
