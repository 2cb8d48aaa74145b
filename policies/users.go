package policies

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// users are the rules of --policies folders, and the process that judges them.
type users struct {
	rules   []probity.Rule
	number  map[string]int    // rule ID → place in the runner's job
	sources map[string]string // of rules and helpers of users, by file
	trouble []probity.Trouble
	runner  *child.Runner
}

func loadUsers(ctx context.Context, o Options, ours []probity.Rule) (*users, error) {
	u := &users{number: map[string]int{}, sources: map[string]string{}}
	if len(o.Dirs) == 0 {
		return u, nil
	}
	if !child.Limited && !o.Trust {
		return nil, errors.New("the memory of rules cannot be limited on this system: give --trust-rules to run those of --policies all the same")
	}
	job, candidates, err := u.gather(o, ours)
	if err != nil {
		return nil, err
	}
	u.runner = child.NewRunner(o.Program, job, o.Limits)
	for i, r := range candidates {
		reads, err := u.runner.Check(ctx, i)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			u.lost(r.Source.File, err)
			continue
		}
		if len(r.Kinds) == 0 && slices.ContainsFunc(reads, func(p probity.Path) bool { return p == "settings" || strings.HasPrefix(string(p), "settings.") }) {
			u.lost(r.Source.File, fmt.Errorf("%s:%d: the rule reads settings: name the kinds that have them under custom.kinds", r.Source.File, r.Source.Line))
			continue
		}
		r.Reads = reads
		u.number[r.ID] = i
		u.rules = append(u.rules, r)
	}
	return u, nil
}

func (u *users) close() {
	if u.runner != nil {
		u.runner.Close()
	}
}

func (u *users) lost(what string, err error) {
	text := err.Error()
	if !strings.HasPrefix(text, what) {
		text = what + ": " + text
	}
	u.trouble = append(u.trouble, probity.Trouble{What: "rule file " + what, Gap: probity.Gap{Reason: probity.Failed, Because: text, Needs: "a mended rule"}})
}

// gather reads the folders into one job. Files without METADATA and without violation are helpers of the others.
func (u *users) gather(o Options, ours []probity.Rule) (child.Job, []probity.Rule, error) {
	job := child.Job{Shared: map[string]string{}, Kinds: map[probity.Kind]any{}}
	libs, err := libraries()
	if err != nil {
		return job, nil, err
	}
	for f, src := range libs {
		job.Shared[f] = string(src)
	}
	if job.Schema, err = schemaFile("asset"); err != nil {
		return job, nil, err
	}
	held := map[string]any{}
	var rules []probity.Rule
	taken := map[string]string{}
	for _, r := range ours {
		taken[r.ID] = "a built-in rule"
	}
	for _, dir := range o.Dirs {
		at := dir
		if o.At != nil {
			at = o.At(dir)
		}
		files, data, err := u.read(o.Bundles, dir, at)
		if err != nil {
			return job, nil, err
		}
		maps.Copy(held, data)
		for _, f := range files {
			file, src := f.name, f.text
			r, helper, pkg, err := readUserFile(file, src)
			switch {
			case err != nil:
				u.lost(file, err)
			case helper:
				job.Shared[file], u.sources[file] = string(src), string(src)
			case taken[r.ID] != "":
				u.lost(file, fmt.Errorf("%s:%d: id %q is taken by %s", file, r.Source.Line, r.ID, taken[r.ID]))
			default:
				taken[r.ID] = file
				if err := settings(job.Kinds, r); err != nil {
					u.lost(file, err)
					continue
				}
				rules = append(rules, r)
				u.sources[file] = string(src)
				job.Rules = append(job.Rules, child.Source{File: file, Text: string(src), Package: pkg, Kinds: r.Kinds})
			}
		}
	}
	parameters := maps.Clone(o.Parameters)
	if len(held) > 0 {
		if parameters == nil {
			parameters = map[string]any{}
		}
		parameters[bundleData] = held
	}
	if job.Config, err = verdictConfig(parameters); err != nil {
		return job, nil, err
	}
	return job, rules, nil
}

// userFile is a file of a user's rules: its name as errors tell it, and its text.
type userFile struct {
	name string
	text []byte
}

// read gives the Rego files of a folder or a bundle, and what else a bundle holds. A file that cannot be read is trouble.
func (u *users) read(b Bundles, dir, at string) ([]userFile, map[string]any, error) {
	if isBundle(dir) {
		return b.readBundle(dir, at)
	}
	files, err := regoFiles(dir, at)
	if err != nil {
		return nil, nil, err
	}
	var out []userFile
	for _, file := range files {
		src, err := compile.Read(filepath.Join(at, file))
		file = filepath.ToSlash(filepath.Join(dir, file))
		if err != nil {
			u.lost(file, err)
			continue
		}
		out = append(out, userFile{file, src})
	}
	return out, nil, nil
}

// settings adds the schemas of the kinds that a rule names.
func settings(into map[probity.Kind]any, r probity.Rule) error {
	for _, k := range r.Kinds {
		s, err := schemaFile("settings/" + string(k))
		if err != nil {
			return fmt.Errorf("%s:%d: kind %q is not known", r.Source.File, r.Source.Line, k)
		}
		into[k] = s
	}
	return nil
}

// readUserFile reads one file; its package must begin with user, where nothing of ours lives.
func readUserFile(file string, src []byte) (r probity.Rule, helper bool, pkg string, err error) {
	m, err := compile.Parse(file, src)
	if err != nil {
		return r, false, "", err
	}
	if len(m.Package.Path) < 3 || !m.Package.Path[1].Equal(ast.StringTerm("user")) {
		return r, false, "", fmt.Errorf("%s:%d: package %s: rules of users live in packages that begin with user, such as user.%s", file,
			m.Package.Location.Row, strings.TrimPrefix(m.Package.Path.String(), "data."), strings.ReplaceAll(strings.TrimSuffix(filepath.Base(file), ".rego"), "-", "_"))
	}
	_, _, described := metadataBlock(src)
	judges := slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool { return r.Head.Name == "violation" })
	if !described && !judges {
		return r, true, "", nil
	}
	if r, err = readMetadata(file, src); err != nil {
		return r, false, "", err
	}
	if !judges {
		return r, false, "", fmt.Errorf("%s:%d: the rule has METADATA and no violation", file, r.Source.Line)
	}
	r.Foreign = true
	return r, false, m.Package.Path.String(), nil
}

func regoFiles(dir, at string) ([]string, error) {
	var out []string
	info, err := os.Stat(at)
	if err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--policies %s: not a folder that can be read", dir)
	}
	err = filepath.WalkDir(at, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), "..") && p != at {
			return filepath.SkipDir // mounted configuration keeps its versions so, and links to the one that counts
		}
		if strings.HasSuffix(p, ".rego") && !strings.HasSuffix(p, "_test.rego") {
			if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() {
				rel, err := filepath.Rel(at, p)
				if err != nil {
					return err
				}
				out = append(out, rel)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("--policies %s: %w", dir, err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("--policies %s: holds no .rego file", dir)
	}
	slices.Sort(out)
	return out, nil
}

func verdictConfig(parameters map[string]any) (*verdict.Node, error) {
	fields := map[string]*verdict.Node{"adequate_countries": verdict.Items(nil)} // it adds to our list, and nobody has to
	for k, v := range parameters {
		n, err := verdict.Value(v)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %w", k, err)
		}
		fields[k] = n
	}
	return verdict.Fields(fields), nil
}
