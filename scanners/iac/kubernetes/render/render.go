// Package render turns a Helm chart or a kustomization into documents of Kubernetes, by their own libraries and from files in
// memory alone. A stranger's templates may never end or fill all memory, and Go cannot stop them: who calls it does so in a
// process of its own, with limits.
package render

import (
	"context"
	"errors"
	"fmt"

	probity "github.com/probity-scan/probity"
)

// Func runs a job within limits. An error is why nothing came of it.
type Func func(context.Context, Job) (Result, error)

// Job is what to render, with all that may be read. Paths are repository-relative, with slashes.
type Job struct {
	Dir    string            `json:"dir"` // of the chart or the kustomization
	Helm   bool              `json:"helm"`
	Files  map[string][]byte `json:"files"`
	Values [][]byte          `json:"values,omitempty"` // values files of a chart, later ones win
}

// Result is what was rendered, and what was not.
type Result struct {
	Documents []Document `json:"documents"`
	Losses    []Loss     `json:"losses,omitempty"`
}

// Document is one rendered document, and where it comes from.
type Document struct {
	Text string `json:"text"`
	File string `json:"file"`
	Line int    `json:"line,omitempty"` // of the template; 0: not known
}

// Loss is a file that did not render.
type Loss struct {
	File string      `json:"file"`
	Line int         `json:"line,omitempty"`
	Gap  probity.Gap `json:"gap"`
}

// MaxOutput is how many bytes of documents a job may give.
const MaxOutput = 32 << 20

// Run renders in this process, however long it takes.
func Run(job Job) (out Result, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = Result{}, errors.New("the library that renders it crashed")
		}
	}()
	if job.Helm {
		out, err = chartDocuments(job)
	} else {
		out, err = kustomized(job)
	}
	size := 0
	for _, d := range out.Documents {
		size += len(d.Text)
	}
	if size > MaxOutput {
		return Result{}, fmt.Errorf("it renders to more than %d MiB", MaxOutput>>20)
	}
	return out, err
}
