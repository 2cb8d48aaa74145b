package renderer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"

	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
)

// Serve is the process: it answers the one job on r.
func Serve(r io.Reader, w io.Writer) error {
	var a ask
	if err := json.NewDecoder(r).Decode(&a); err != nil {
		return fmt.Errorf("reading the job: %w", err)
	}
	if err := child.LimitMemory(a.Memory); err != nil {
		return err
	}
	log.SetOutput(io.Discard) // libraries may log values
	http.DefaultTransport = offline{}
	var out answer
	res, err := render.Run(a.Job)
	if err != nil {
		out.Error = err.Error()
	} else {
		out.Result = res
	}
	if err := json.NewEncoder(w).Encode(out); err != nil {
		return fmt.Errorf("answering: %w", err)
	}
	return nil
}

// offline refuses every request: the libraries would fetch what files name.
type offline struct{}

// RoundTrip implements [http.RoundTripper].
func (offline) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("there is no network here")
}
