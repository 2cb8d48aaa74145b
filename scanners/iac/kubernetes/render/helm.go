package render

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"

	probity "github.com/probity-scan/probity"
)

// maxFailing is how many templates of a chart may fail before the rest is given up.
const maxFailing = 50

// chartDocuments renders a chart as "helm template NAME" does, with its own name as the release's: without a cluster, so that
// lookup finds nothing.
func chartDocuments(job Job) (Result, error) {
	r := &rendering{job: job, marks: &marks{}, at: map[string]string{}}
	c, err := r.load()
	if err != nil {
		return Result{}, err
	}
	values, err := r.values(c)
	if err != nil {
		return Result{}, err
	}
	r.mark(c, job.Dir)
	if err := r.dependencies(c, values); err != nil {
		return Result{}, err
	}
	r.paths(c)
	all, err := chartutil.ToRenderValuesWithSchemaValidation(c, values, chartutil.ReleaseOptions{Name: c.Name(), Namespace: "default", Revision: 1, IsInstall: true},
		chartutil.DefaultCapabilities, true) // a schema may name others on the internet
	if err != nil {
		return Result{}, errors.New("its values do not fit together")
	}
	for range maxFailing {
		texts, err := (engine.Engine{}).Render(c, all)
		if err == nil {
			r.take(texts)
			return r.out, nil
		}
		if !r.drop(c, err) {
			return Result{}, errors.New("its templates do not render")
		}
	}
	return Result{}, fmt.Errorf("more than %d templates do not render", maxFailing)
}

// rendering is one chart under way.
type rendering struct {
	job     Job
	marks   *marks
	lacks   bool // dependencies
	origins map[*chart.File]string
	at      map[string]string // file of the repository by the name of a template
	out     Result
}

func (r *rendering) lose(file string, line int, g probity.Gap) {
	r.out.Losses = append(r.out.Losses, Loss{File: file, Line: line, Gap: g})
}

// load reads the chart, and each packed or plain chart below it apart, so that one which is malformed is its own loss.
func (r *rendering) load() (*chart.Chart, error) {
	if b, ok := r.job.Files[r.job.Dir]; ok {
		c, err := loader.LoadArchive(bytes.NewReader(b))
		if err != nil {
			return nil, errors.New("it cannot be unpacked")
		}
		return c, nil
	}
	ignored, err := leftBy(r.job.Files[path.Join(r.job.Dir, ".helmignore")])
	if err != nil {
		return nil, err
	}
	below := map[string][]*loader.BufferedFile{}
	var own []*loader.BufferedFile
	for _, name := range slices.Sorted(maps.Keys(r.job.Files)) {
		rest := name
		if r.job.Dir != "." {
			var ok bool
			if rest, ok = strings.CutPrefix(name, r.job.Dir+"/"); !ok {
				continue
			}
		}
		if ignored.out(rest) {
			continue
		}
		f := &loader.BufferedFile{Name: rest, Data: bytes.TrimPrefix(r.job.Files[name], []byte("\xef\xbb\xbf"))}
		if sub, ok := strings.CutPrefix(rest, "charts/"); ok {
			first, _, _ := strings.Cut(sub, "/")
			below[first] = append(below[first], f)
		} else {
			own = append(own, f)
		}
	}
	if _, err := loader.LoadFiles(own); err != nil {
		return nil, errors.New("its Chart.yaml or values.yaml cannot be read")
	}
	for _, first := range slices.Sorted(maps.Keys(below)) {
		// each is loaded with a chart around it, as it will be
		try := []*loader.BufferedFile{{Name: "Chart.yaml", Data: []byte("apiVersion: v2\nname: x\nversion: 1.0.0\n")}}
		for _, f := range below[first] {
			try = append(try, &loader.BufferedFile{Name: f.Name, Data: f.Data})
		}
		if _, err := loader.LoadFiles(try); err != nil {
			r.lose(path.Join(r.job.Dir, "charts", first), 0, probity.Gap{Reason: probity.Unreadable, Because: "a chart below that cannot be read"})
			continue
		}
		own = append(own, below[first]...)
	}
	c, err := loader.LoadFiles(own)
	if err != nil {
		return nil, errors.New("it cannot be read")
	}
	return c, nil
}

func (r *rendering) values(c *chart.Chart) (chartutil.Values, error) {
	out := chartutil.Values{}
	for _, b := range r.job.Values {
		v, err := chartutil.ReadValues(b)
		if err != nil {
			return nil, errors.New("a values file is malformed")
		}
		out = chartutil.CoalesceTables(v, out)
	}
	if c.Values == nil {
		c.Values = map[string]any{}
	}
	return out, nil
}

// dependencies keeps the charts that the values switch on, and tells of those that are not on disk.
func (r *rendering) dependencies(c *chart.Chart, values chartutil.Values) error {
	gone := map[*chart.Dependency]string{}
	missing(c, gone)
	if err := chartutil.ProcessDependenciesWithMerge(c, values); err != nil {
		return errors.New("its dependencies cannot be worked out")
	}
	for _, name := range wanted(c, gone) {
		r.lacks = true
		r.lose(path.Join(r.job.Dir, "Chart.yaml"), 0, probity.Gap{Reason: probity.Unresolved, Because: "dependency " + plain(name) + " is not in charts/",
			Needs: "helm dependency build"})
	}
	return nil
}

// missing collects the dependencies that are not there, by the names that they have before an alias replaces them.
func missing(c *chart.Chart, gone map[*chart.Dependency]string) {
	for _, d := range c.Metadata.Dependencies {
		if d != nil && !slices.ContainsFunc(c.Dependencies(), func(have *chart.Chart) bool { return have.Name() == d.Name }) {
			gone[d] = d.Name
		}
	}
	for _, sub := range c.Dependencies() {
		missing(sub, gone)
	}
}

// wanted are those of them that the values leave switched on.
func wanted(c *chart.Chart, gone map[*chart.Dependency]string) []string {
	var out []string
	for _, d := range c.Metadata.Dependencies {
		if name, ok := gone[d]; ok {
			out = append(out, name)
		}
	}
	for _, sub := range c.Dependencies() {
		out = append(out, wanted(sub, gone)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var odd = regexp.MustCompile(`[^A-Za-z0-9._/@:-]+`)

// plain is a name that can be told.
func plain(s string) string { return odd.ReplaceAllString(s[:min(len(s), 80)], "?") }

// isPacked reports whether what lies there is an archive: nothing below it is a file of the job.
func (r *rendering) isPacked(dir string) bool { _, is := r.job.Files[dir]; return is }

// mark marks every template of a chart and those below. dir is where the chart lies.
func (r *rendering) mark(c *chart.Chart, dir string) {
	if r.origins == nil {
		r.origins = map[*chart.File]string{}
	}
	packed := r.isPacked(dir)
	c.Templates = slices.DeleteFunc(c.Templates, func(t *chart.File) bool { return path.Base(t.Name) == "NOTES.txt" }) // words for people
	for _, t := range c.Templates {
		file := path.Join(dir, t.Name)
		if packed {
			file = dir
			t.Data = bytes.ReplaceAll(t.Data, []byte(markPrefix), nil)
		} else {
			t.Data = r.marks.mark(file, t.Data)
		}
		r.origins[t] = file
	}
	for _, d := range c.Dependencies() {
		sub := dir
		if !packed {
			sub = r.folder(dir, d.Name())
		}
		r.mark(d, sub)
	}
}

// folder finds where a chart below lies: in a folder whose Chart.yaml bears the name, or packed.
func (r *rendering) folder(dir, name string) string {
	prefix := path.Join(dir, "charts") + "/"
	for _, f := range slices.Sorted(maps.Keys(r.job.Files)) {
		rest, ok := strings.CutPrefix(f, prefix)
		if !ok {
			continue
		}
		first, more, _ := strings.Cut(rest, "/")
		if more == "" && strings.HasSuffix(first, ".tgz") && strings.HasPrefix(first, name+"-") {
			return prefix + first
		}
		if more == "Chart.yaml" && regexp.MustCompile(`(?m)^name:\s*["']?`+regexp.QuoteMeta(name)+`["']?\s*(#.*)?$`).Match(r.job.Files[f]) {
			return prefix + first
		}
	}
	return prefix + name
}

// paths tells the file of each template by the name that the engine gives it, which bears the alias of a dependency.
func (r *rendering) paths(c *chart.Chart) {
	for _, t := range c.Templates {
		if file, ok := r.origins[t]; ok {
			r.at[path.Join(c.ChartFullPath(), t.Name)] = file
		}
	}
	for _, d := range c.Dependencies() {
		r.paths(d)
	}
}

var failing = regexp.MustCompile(`\(([^()\s:]+):(\d+)(?::\d+)?\)|template: ([^\s:]+):(\d+)`)

// drop takes out the template that an error names, and tells of it. What the error says besides may be a value.
func (r *rendering) drop(c *chart.Chart, err error) bool {
	found := failing.FindStringSubmatch(err.Error())
	if found == nil {
		return false
	}
	name, number := found[1]+found[3], found[2]+found[4]
	line, _ := strconv.Atoi(number)
	gap := probity.Gap{Reason: probity.Unreadable, Because: "the template does not render"}
	if strings.HasPrefix(err.Error(), "execution error at") {
		gap = probity.Gap{Reason: probity.Unresolved, Because: "the template asks for values that are not given", Needs: "--helm-values FILE"}
	}
	if r.lacks && strings.Contains(err.Error(), "no template ") {
		gap = probity.Gap{Reason: probity.Unresolved, Because: "the template includes one of a chart that is not in charts/", Needs: "helm dependency build"}
	}
	file := r.at[name]
	if !remove(c, name) {
		return false
	}
	r.lose(file, r.marks.original(file, line), gap)
	return true
}

func remove(c *chart.Chart, name string) bool {
	for i, t := range c.Templates {
		if path.Join(c.ChartFullPath(), t.Name) == name {
			c.Templates = slices.Delete(c.Templates, i, i+1)
			return true
		}
	}
	for _, d := range c.Dependencies() {
		if remove(d, name) {
			return true
		}
	}
	return false
}

// take splits what was rendered into documents.
func (r *rendering) take(texts map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		for _, text := range documents(texts[name]) {
			d := Document{Text: unmarked(text), File: r.at[name]}
			if strings.TrimSpace(d.Text) == "" {
				continue
			}
			if p, ok := r.marks.place(text); ok {
				d.File, d.Line = p.file, p.line
			}
			r.out.Documents = append(r.out.Documents, d)
		}
	}
}
