package functions

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/url"
	"path"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

func digests() map[string]function.Function {
	out := map[string]function.Function{}
	for name, f := range map[string]func(string) (string, error){
		"md5":    func(s string) (string, error) { d := md5.Sum([]byte(s)); return hex.EncodeToString(d[:]), nil },
		"sha1":   func(s string) (string, error) { d := sha1.Sum([]byte(s)); return hex.EncodeToString(d[:]), nil },
		"sha256": func(s string) (string, error) { d := sha256.Sum256([]byte(s)); return hex.EncodeToString(d[:]), nil },
		"sha512": func(s string) (string, error) { d := sha512.Sum512([]byte(s)); return hex.EncodeToString(d[:]), nil },
		"base64sha256": func(s string) (string, error) {
			d := sha256.Sum256([]byte(s))
			return base64.StdEncoding.EncodeToString(d[:]), nil
		},
		"base64sha512": func(s string) (string, error) {
			d := sha512.Sum512([]byte(s))
			return base64.StdEncoding.EncodeToString(d[:]), nil
		},
		"base64encode": func(s string) (string, error) { return base64.StdEncoding.EncodeToString([]byte(s)), nil },
		"base64decode": func(s string) (string, error) {
			b, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				return "", errors.New("the text is not base64")
			}
			return string(b), nil
		},
		"urlencode": func(s string) (string, error) { return url.QueryEscape(s), nil },
		"urldecode": func(s string) (string, error) {
			out, err := url.QueryUnescape(s)
			if err != nil {
				return "", errors.New("the text is not encoded for a URL")
			}
			return out, nil
		},
		"basename": func(s string) (string, error) { return path.Base(s), nil },
		"dirname":  func(s string) (string, error) { return path.Dir(s), nil },
		"pathexpand": func(s string) (string, error) {
			if strings.HasPrefix(s, "~") {
				return "", limit("the home directory is not known")
			}
			return s, nil
		},
	} {
		out[name] = texts(func(a []string) (cty.Value, error) {
			s, err := f(a[0])
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(s), nil
		}, cty.String, "text")
	}
	return out
}
