package verdict

import (
	"math/rand/v2"

	"github.com/open-policy-agent/opa/v1/ast"
)

// randomRule compiles a random text; false: it is no rule.
func randomRule(r *rand.Rand) (c *ast.Compiler, rule, lib string, ok bool) {
	rule, lib = (&generator{r: r}).modules()
	mods := map[string]*ast.Module{}
	for name, src := range map[string]string{"t.rego": rule, "lib.rego": lib} {
		m, err := ast.ParseModule(name, src)
		if err != nil {
			return nil, "", "", false
		}
		mods[name] = m
	}
	c = ast.NewCompiler()
	c.Compile(mods)
	return c, rule, lib, !c.Failed()
}
