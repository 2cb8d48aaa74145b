package reports

import (
	"bytes"
	"os"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/probity-scan/probity"
)

func TestSchemaIsOfTheTypes(t *testing.T) {
	t.Parallel()
	got, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("scan.schema.json", got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if Schema() != string(got) {
		t.Error("scan.schema.json is stale: the types have changed; run go test ./reports -update")
	}
}

func TestScansFollowTheSchema(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string][]byte{"clinic": jsonOf(t, clinic()), "hostile": jsonOf(t, hostile()), "empty": jsonOf(t, probity.Scan{})} {
		if err := validate(t, doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefusesOtherShapes(t *testing.T) {
	t.Parallel()
	good := string(jsonOf(t, clinic()))
	for name, change := range map[string][2]string{
		"verdict":    {`"verdict":"fail"`, `"verdict":"maybe"`},
		"reason":     {`"reason":"unreadable"`, `"reason":"tired"`},
		"fact":       {`"at_rest":{"value":false`, `"at_rest":{"value":"no"`},
		"list":       {`"labels":{"items":[`, `"labels":{"things":[`},
		"no outcome": {`"outcomes":[`, `"results":[`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Fatalf("%s: the sample has no %s", name, change[0])
		}
		if validate(t, []byte(bad)) == nil {
			t.Errorf("%s: %s is accepted, want an error", name, change[1])
		}
	}
}

func validate(t *testing.T, doc []byte) error {
	t.Helper()
	s, err := validator.UnmarshalJSON(strings.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	if err := c.AddResource("scan.schema.json", s); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("scan.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := validator.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return compiled.Validate(v)
}
