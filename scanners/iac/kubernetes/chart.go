package kubernetes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
)

// chart reads a Helm chart: its own values, and those of files that a person named.
func (s *Scanner) chart(ctx context.Context, fsys fs.FS, dir string, values []string) (*source, error) {
	src := newSource(dir)
	all, err := collected(fsys, dir, src)
	if err != nil {
		return nil, fmt.Errorf("reading chart %s: %w", dir, err)
	}
	job := render.Job{Dir: dir, Helm: true, Files: all.files}
	for _, name := range values {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading values: %w", err)
		}
		job.Values = append(job.Values, b)
	}
	out, err := s.opts.Render(ctx, job)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		at := dir
		if all.files[dir] == nil {
			at = path.Join(dir, "Chart.yaml")
		}
		src.lose(at, 0, probity.Gap{Reason: probity.Unreadable, Because: err.Error(), Needs: "a chart that renders: helm template says more"})
	}
	for _, l := range out.Losses {
		src.lose(l.File, l.Line, l.Gap)
	}
	given := searched(all.files, job.Values)
	said := map[string][]remark{}
	lines := map[string][]string{} // of templates
	for _, d := range out.Documents {
		template := all.files[d.File]
		if isPacked(d.File) {
			template = nil
		}
		c := chunk{text: []byte(d.Text)}
		top, err := c.parse(false)
		if err != nil {
			src.lose(d.File, d.Line, probity.Gap{Reason: probity.Unreadable, Because: "what it renders is no YAML"})
			continue
		}
		if top == nil {
			continue
		}
		if _, read := said[d.File]; !read {
			said[d.File] = remarks(d.File, 0, template)
			lines[d.File] = strings.Split(string(template), "\n")
		}
		p := newRendered(d.File, lines[d.File], d.Line, d.Text)
		src.document(top, frame{file: d.File, place: p, remarks: p.own(said[d.File], bytes.Count(template, []byte("\n"))+1), given: given}, 0)
	}
	return src, nil
}

// collected are the files of a chart, or the one that it is packed in.
func collected(fsys fs.FS, dir string, src *source) (store, error) {
	var all store
	if !isPacked(dir) {
		return all, all.folder(fsys, dir, func(p string, g probity.Gap) { src.lose(p, 0, g) }, 0)
	}
	b, err := file(fsys, dir)
	if errors.Is(err, fs.ErrInvalid) { // a folder of such a name
		return all, all.folder(fsys, dir, func(p string, g probity.Gap) { src.lose(p, 0, g) }, 0)
	}
	if err != nil {
		return all, err
	}
	return all, all.put(dir, b)
}

// own are the remarks that stand in the part of the template which makes the document.
func (r *rendered) own(all []remark, last int) []remark {
	if r.first == 0 {
		return nil
	}
	begin, end := r.from[0].number, min(r.from[len(r.from)-1].number, last)
	var out []remark
	for _, x := range all {
		if begin <= x.Origin.Line && x.Origin.Line <= end {
			x.line = 0 // of a list too: its items are not told apart
			out = append(out, x)
		}
	}
	return out
}
