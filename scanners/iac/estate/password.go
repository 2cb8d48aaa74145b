package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// passwordInCode is whether the master password stands in the code, under any of the names that the attribute has.
func passwordInCode(r *resource.Resource) probity.Fact[bool] {
	return literal(r, "password", "master_password", "password_wo", "master_password_wo", "admin_user_password", "admin_user_password_wo")
}

// literal is whether a secret stands in the code, under any of the names that its attribute has: "options.password" is in
// a block.
func literal(r *resource.Resource, names ...string) probity.Fact[bool] {
	out := probity.Known(false, r.At)
	for _, name := range names {
		v := r.Get(strings.Split(name, ".")...)
		if !v.Set() {
			continue
		}
		s, known := v.Data.(resource.Secret)
		switch {
		case known && s.Literal:
			return probity.Known(true, v.At)
		case known && out.Is(func(bool) bool { return true }):
			out = probity.Known(false, v.At)
		case !known:
			out = probity.Missing[bool](v.Why(), v.At)
		}
	}
	return out
}
