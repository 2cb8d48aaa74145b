package functions

import (
	"encoding/base64"
	"errors"
	"io/fs"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// files are the functions that read. What cannot be read is an error, and so unknown; a file that is not there is none.
func files(open Open, render Render, opaque func(cty.Value) bool) map[string]function.Function {
	read := func(as func([]byte) (string, error)) function.Function {
		return texts(func(a []string) (cty.Value, error) {
			b, err := open(a[0])
			if err != nil {
				return cty.NilVal, err
			}
			s, err := as(b)
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(s), nil
		}, cty.String, "path")
	}
	out := map[string]function.Function{
		"file": read(func(b []byte) (string, error) {
			if !utf8.Valid(b) {
				return "", errors.New("the file is not UTF-8")
			}
			return string(b), nil
		}),
		"filebase64": read(func(b []byte) (string, error) { return base64.StdEncoding.EncodeToString(b), nil }),
		"fileexists": texts(func(a []string) (cty.Value, error) {
			switch _, err := open(a[0]); {
			case err == nil:
				return cty.True, nil
			case errors.Is(err, fs.ErrNotExist):
				return cty.False, nil
			default:
				return cty.NilVal, err
			}
		}, cty.Bool, "path"),
		"templatefile": templateFile(open, render),
	}
	out["templatestring"] = templateString(render, opaque)
	sums := digests()
	for name, digest := range map[string]string{"filemd5": "md5", "filesha1": "sha1", "filesha256": "sha256", "filesha512": "sha512", "filebase64sha256": "base64sha256", "filebase64sha512": "base64sha512"} {
		out[name] = read(func(b []byte) (string, error) {
			v, err := sums[digest].Call([]cty.Value{cty.StringVal(string(b))})
			if err != nil {
				return "", err
			}
			return v.AsString(), nil
		})
	}
	for name, f := range out {
		if name != "templatefile" && name != "templatestring" {
			out[name] = bounded(name, f, opaque)
		}
	}
	return out
}

func templateFile(open Open, render Render) function.Function {
	return template(render, func(name string) (string, []byte, error) {
		b, err := open(name)
		return name, b, err
	})
}

// templateString is templatefile for a text that the code holds itself.
func templateString(render Render, opaque func(cty.Value) bool) function.Function {
	f := template(render, func(text string) (string, []byte, error) { return "template", []byte(text), nil })
	return function.New(&function.Spec{
		Params: []function.Parameter{anyParam("source"), anyParam("vars")},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			if opaque(a[0]) {
				return unknownOf(a[:1]), nil
			}
			return f.Call(a)
		},
	})
}

func template(render Render, source func(string) (string, []byte, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "source", Type: cty.String}, anyParam("vars")},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			in, marks := a[1].Unmark()
			if !in.IsKnown() || in.IsNull() || !in.CanIterateElements() {
				return cty.DynamicVal.WithMarks(marks), nil
			}
			name, text, err := source(a[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			vars := map[string]cty.Value{}
			for it := in.ElementIterator(); it.Next(); {
				k, v := it.Element()
				if k.Type() != cty.String {
					return cty.NilVal, errors.New("the variables of a template are a map")
				}
				vars[k.AsString()] = v
			}
			return render(name, text, vars)
		},
	})
}
