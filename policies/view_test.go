package policies

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

func nobody(probity.Ref) (probity.Asset, bool) { return probity.Asset{}, false }

// TestViewHasEveryPath: whatever the schema allows a rule to read is there, as a value or as a gap.
func TestViewHasEveryPath(t *testing.T) {
	t.Parallel()
	var check func(at string, schema map[string]any, n *verdict.Node)
	check = func(at string, schema map[string]any, n *verdict.Node) {
		props, _ := schema["properties"].(map[string]any)
		fields := map[string]*verdict.Node{}
		n.Each(func(k string, f *verdict.Node) { fields[k] = f })
		if len(fields) == 0 {
			return // a value, a list or a gap: nothing below it is missing
		}
		for k, s := range props {
			f, ok := fields[k]
			if !ok {
				t.Errorf("rules may read %s.%s, which no asset has", at, k)
				continue
			}
			check(at+"."+k, s.(map[string]any), f)
		}
		for k := range fields {
			if _, ok := props[k]; !ok && at != "input.settings" {
				t.Errorf("assets have %s.%s, which rules may not read", at, k)
			}
		}
	}
	check("input", Schema(reflect.TypeFor[probity.Asset]()), newViewer(nobody, time.Unix(0, 0)).asset(&probity.Asset{}, nil))
}

func TestView(t *testing.T) {
	t.Parallel()
	key := probity.Asset{Ref: probity.Ref{ID: "key"}, Class: probity.Key}
	a := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "b"}, Class: probity.Bucket, Aliases: []string{"hidden"}, Origin: &probity.Origin{File: "hidden"}}
	a.Encryption.AtRest = probity.Known(true, &probity.Origin{File: "hidden"})
	a.Tags = probity.Known(map[string]string{"owner": "x"}, nil)
	a.Lifecycle.LastUsed = probity.Known(probity.Some(time.Unix(0, 0)), nil)
	a.Labels = probity.Whole(nil, probity.Label{Detector: "iban", Category: probity.Financial, Inherited: &probity.Ref{ID: "src"}, Sample: probity.Sample{Total: probity.Known(7, nil)}})
	a.Links = probity.Whole(nil, probity.Link{Kind: probity.EncryptedBy, To: key.Ref})
	a.Settings = probity.Settings{"website": probity.Known[any](false, nil)}
	n := newViewer(func(r probity.Ref) (probity.Asset, bool) { return key, r == key.Ref }, time.Unix(0, 0)).asset(&a, nil)
	v, err := ast.JSON(n.Known())
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]any{
		"id": "b", "root": "infra", "now": "1970-01-01T00:00:00Z", "tags": map[string]any{"owner": "x"}, "settings": map[string]any{"website": false},
		"encryption": map[string]any{"at_rest": true, "key_deciders": []any{}}, "lifecycle": map[string]any{"last_used": map[string]any{"set": true, "value": "1970-01-01T00:00:00Z"}},
	} {
		if !reflect.DeepEqual(got[path], want) {
			t.Errorf("input.%s: got %v, want %v", path, got[path], want)
		}
	}
	for _, absent := range []string{"aliases", "origin"} {
		if _, ok := got[absent]; ok {
			t.Errorf("rules must not see %s", absent)
		}
	}
	label := got["labels"].([]any)[0].(map[string]any)
	if label["sample"].(map[string]any)["total"] != 7.0 || !reflect.DeepEqual(label["inherited"], map[string]any{"set": true, "value": map[string]any{"root": "", "id": "src"}}) {
		t.Errorf("label: got %v", label)
	}
	link := got["links"].([]any)[0].(map[string]any)
	if link["kind"] != "encrypted-by" || link["asset"].(map[string]any)["class"] != "key" {
		t.Errorf("link: got %v", link)
	}
}
