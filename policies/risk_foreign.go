package policies

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// foreignRisk is a user's risk: it runs in a child process, under the limits of users' rules. Where it fails, findings keep the severity of
// their rules, it is not asked again, and the scan is incomplete.
type foreignRisk struct {
	file   string
	text   []byte
	runner *child.Runner
	mu     sync.Mutex
	said   map[[sha256.Size]byte]opinion
	failed error
}

// loadRisk reads and compiles the user's risk, if there is one. One that does not compile is an error: it was asked for.
func loadRisk(ctx context.Context, o Options) (*foreignRisk, error) {
	if o.Risk == "" {
		return nil, nil
	}
	if !child.Limited && !o.Trust {
		return nil, errors.New("the memory of rules cannot be limited on this system: give --trust-rules to run --risk all the same")
	}
	at := o.Risk
	if o.At != nil {
		at = o.At(o.Risk)
	}
	text, err := compile.Read(at)
	if err != nil {
		return nil, fmt.Errorf("reading the risk: %w", err)
	}
	file := filepath.ToSlash(o.Risk)
	m, err := compile.Parse(file, text)
	if err != nil {
		return nil, err
	}
	if !m.Package.Path.HasPrefix(ast.MustParseRef("data.user")) {
		return nil, fmt.Errorf("%s:1: a risk of yours lives in a package that begins with user", file)
	}
	job := child.Job{Risk: &child.Source{File: file, Text: string(text), Package: m.Package.Path.String()}}
	f := &foreignRisk{file: file, text: text, runner: child.NewRunner(o.Program, job, o.Limits), said: map[[sha256.Size]byte]opinion{}}
	if _, err := f.runner.Risk(ctx); err != nil {
		f.runner.Close()
		return nil, err
	}
	return f, nil
}

func (f *foreignRisk) ask(ctx context.Context, input *verdict.Node) opinion {
	b, err := json.Marshal(input)
	if err != nil {
		return opinion{}
	}
	key := sha256.Sum256(b)
	f.mu.Lock()
	defer f.mu.Unlock()
	if o, ok := f.said[key]; ok || f.failed != nil {
		return o
	}
	said, err := f.runner.Risk(ctx, input)
	if err != nil || len(said) != 1 {
		if ctx.Err() == nil {
			f.failed = cmp.Or(err, errors.New("gave no answer"))
		}
		return opinion{}
	}
	var o opinion
	if slices.Contains(o.severity.Values(), said[0].Severity) {
		o = opinion{severity: probity.Severity(said[0].Severity), because: said[0].Because}
	}
	const remembered = 4096
	if len(f.said) >= remembered {
		clear(f.said)
	}
	f.said[key] = o
	return o
}

func (f *foreignRisk) close() {
	if f != nil {
		f.runner.Close()
	}
}

// RiskTrouble is how the user's risk failed while it was asked, if it did.
func (c *Corpus) RiskTrouble() []probity.Trouble {
	if c.risk == nil || c.risk.failed == nil {
		return nil
	}
	return []probity.Trouble{{What: "risk " + c.risk.file, Gap: probity.Gap{Reason: probity.Failed, Because: c.risk.failed.Error(), Needs: "a mended risk"}}}
}
