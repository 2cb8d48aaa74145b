package compile

import (
	"strings"
	"testing"
)

func schema() map[string]any {
	object := func(props map[string]any) map[string]any {
		return map[string]any{"type": "object", "properties": props, "additionalProperties": false}
	}
	text := map[string]any{"type": "string"}
	return object(map[string]any{
		"id":         text,
		"encryption": object(map[string]any{"at_rest": map[string]any{"type": "boolean"}, "manager": map[string]any{"type": "string", "enum": []any{"none", "customer"}}}),
		"labels":     map[string]any{"type": "array", "items": object(map[string]any{"category": map[string]any{"type": "string", "enum": []any{"health", "contact"}}, "on": text})},
		"tags":       map[string]any{"type": "object", "additionalProperties": text},
		"settings":   map[string]any{"type": "object", "additionalProperties": map[string]any{}},
	})
}

func TestChecked(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ body, want string }{
		"right":                     {`input.encryption.at_rest == false; some l in input.labels; l.category == "health"`, ""},
		"a typo in a group":         {"input.encrytion.at_rest", "encrytion"},
		"a typo in a leaf":          {"input.encryption.at_ret", "at_ret"},
		"a typo behind an alias":    {"e := input.encryption; not e.at_ret", "at_ret"},
		"a typo in an element":      {"some l in input.labels; l.categry", "categry"},
		"a typo below every":        {"every l in input.labels { l.categry }", "categry"},
		"a typo with an index":      {"some i, l in input.labels; i > 0; l.categry", "categry"},
		"a word that is none":       {`input.encryption.manager == "customr"`, `never "customr"`},
		"a word that is none, !=":   {`input.encryption.manager != "customr"`, `never "customr"`},
		"a word in a set":           {`some l in input.labels; l.category in {"health", "helth"}`, `never "helth"`},
		"the word first":            {`"customr" == input.encryption.manager`, `never "customr"`},
		"a word below every":        {`every l in input.labels { l.category != "helth" }`, `never "helth"`},
		"any tag":                   {`input.tags.owner == "x"`, ""},
		"settings, without a kind":  {`input.settings.website == true`, ""},
		"a built-in that is impure": {`time.now_ns() > 0`, "time.now_ns is not allowed"},
		"an unused variable":        {`x := input.id`, "x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := "package t\n\nviolation contains {\"fact\": \"encryption.at_rest\"} if { " + tc.body + " }\n"
			_, err := Checked(map[string][]byte{"t.rego": []byte(src)}, "t.rego", schema())
			switch {
			case tc.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want) || !strings.HasPrefix(err.Error(), "t.rego:3:")):
				t.Errorf("got %v, want t.rego:3 and %q", err, tc.want)
			}
		})
	}
}

// TestSettingsOfKinds: a rule for several kinds reads only what all of them have.
func TestSettingsOfKinds(t *testing.T) {
	t.Parallel()
	kind := func(name string) any {
		return map[string]any{"type": "object", "properties": map[string]any{name: map[string]any{"type": "boolean"}, "both": map[string]any{"type": "boolean"}}, "additionalProperties": false}
	}
	check := func(read string) error {
		src := "package t\n\nviolation contains {\"fact\": \"encryption.at_rest\"} if input.settings." + read + "\n"
		_, err := Checked(map[string][]byte{"t.rego": []byte(src)}, "t.rego", schema(), kind("one"), kind("two"))
		return err
	}
	if err := check("both"); err != nil {
		t.Error(err)
	}
	if err := check("one"); err == nil {
		t.Error("a setting that the second kind lacks must be refused")
	}
}
