package pipeline

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/personaldata"
)

// newMasker masks personal data in names: keys of objects, columns, tags, identities. A masked name carries a digest under
// the installation's key, so that two of them stay two, and nobody can try names against it.
func newMasker(key func() ([]byte, error)) *masker {
	return &masker{names: personaldata.NewMasker(), key: key, clean: map[string]bool{}, origins: map[*probity.Origin]bool{}, shared: probity.NewShared()}
}

// all masks what a unit found, as it is committed: past this point nobody sees a name as it was.
func (m *masker) all(assets []*probity.Asset, coverage []probity.Coverage, reads []probity.Read) error {
	clear(m.origins) // those of one unit are another's no more
	for i := range assets {
		if err := mask(m, assets[i]); err != nil {
			return err
		}
	}
	for i := range coverage {
		if err := mask(m, &coverage[i]); err != nil {
			return err
		}
	}
	for i := range reads {
		if err := mask(m, &reads[i]); err != nil {
			return err
		}
	}
	return nil
}

// share lets assets hold one of each gap and origin that they have alike.
func (m *masker) share(assets []*probity.Asset) {
	for _, a := range assets {
		m.shared.Asset(a)
	}
}

type masker struct {
	names  *personaldata.Masker
	key    func() ([]byte, error)
	secret []byte
	err    error
	hits   int

	clean   map[string]bool          // texts in which there is nothing to mask
	origins map[*probity.Origin]bool // the same of origins, which many facts share
	shared  *probity.Shared          // by what was masked
}

// mask rewrites the strings of v through its JSON, where every name stands, and leaves v alone when there is nothing to mask.
func mask[T any](m *masker, v *T) error {
	if !m.dirty(reflect.ValueOf(v)) {
		return nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("masking names: %w", err)
	}
	var doc any
	if err := json.Unmarshal(b, &doc); err != nil {
		return fmt.Errorf("masking names: %w", err)
	}
	before := m.hits
	doc = m.walk(doc)
	if m.err != nil || m.hits == before {
		return m.err
	}
	if b, err = json.Marshal(doc); err != nil {
		return fmt.Errorf("masking names: %w", err)
	}
	var out T
	if err := json.Unmarshal(b, &out); err != nil {
		return fmt.Errorf("masking names: %w", err)
	}
	*v = out
	return nil
}

// dirty reports whether a text anywhere in v is to be masked, without making JSON of it.
func (m *masker) dirty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return m.masks(v.String())
	case reflect.Pointer:
		if v.IsNil() {
			return false
		}
		if v.Type() != reflect.TypeFor[*probity.Origin]() {
			return m.dirty(v.Elem())
		}
		o := (*probity.Origin)(v.UnsafePointer())
		dirty, seen := m.origins[o]
		if !seen {
			dirty = m.dirty(v.Elem())
			m.origins[o] = dirty
		}
		return dirty
	case reflect.Interface:
		return m.dirty(v.Elem())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if m.dirty(v.Index(i)) {
				return true
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if m.dirty(it.Key()) || m.dirty(it.Value()) {
				return true
			}
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return false
		}
		for i := range v.NumField() {
			if m.dirty(v.Field(i)) {
				return true
			}
		}
	}
	return false
}

// remembered bounds the memory of clean texts.
const remembered = 1 << 16

func (m *masker) masks(s string) bool {
	if s == "" || m.clean[s] {
		return false
	}
	if _, hit := m.names.Mask(s); hit {
		return true
	}
	if len(m.clean) >= remembered {
		clear(m.clean)
	}
	m.clean[s] = true
	return false
}

func (m *masker) walk(v any) any {
	switch v := v.(type) {
	case string:
		return m.name(v)
	case []any:
		for i := range v {
			v[i] = m.walk(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[m.name(k)] = m.walk(e)
		}
		return out
	}
	return v
}

func (m *masker) name(s string) string {
	masked, hit := m.names.Mask(s)
	if !hit {
		return s
	}
	m.hits++
	if m.secret == nil && m.err == nil {
		m.secret, m.err = m.key()
	}
	h := hmac.New(sha256.New, m.secret)
	h.Write([]byte(s))
	if strings.HasPrefix(strings.TrimSpace(s), "{") {
		return masked // a document, a policy say, is no name: it stays one that can be read
	}
	return masked + "~" + hex.EncodeToString(h.Sum(nil)[:6])
}

// masked are names as the header shows them; nothing refers to these, so they carry no digest.
func masked(names []string) []string {
	m := personaldata.NewMasker()
	out := make([]string, len(names))
	for i, n := range names {
		out[i], _ = m.Mask(n)
	}
	return out
}
