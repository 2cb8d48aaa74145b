package functions

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// limit is what is wrong with us and not with the code: Terraform would have gone on. The functions try and can swallow
// errors, so whoever evaluates must learn of these otherwise.
type limit string

func (l limit) Error() string { return string(l) }

// Watched tells of each limit that a function meets.
func Watched(f function.Function, tell func(error)) function.Function {
	told := func(err error) error {
		var l limit
		if errors.As(err, &l) {
			tell(l)
		}
		return err
	}
	spec := &function.Spec{
		Type: func(args []cty.Value) (cty.Type, error) {
			t, err := f.ReturnTypeForValues(args)
			return t, told(err)
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, err := f.Call(args)
			return v, told(err)
		},
	}
	for _, p := range f.Params() {
		spec.Params = append(spec.Params, open(p))
	}
	if p := f.VarParam(); p != nil {
		v := open(*p)
		spec.VarParam = &v
	}
	return function.New(spec)
}
