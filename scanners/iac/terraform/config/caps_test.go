package config_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// What is not read for being too much may say something of everything in the root.
func TestCaps(t *testing.T) {
	t.Parallel()
	many := ""
	for i := range 21 {
		many += "resource \"a\" \"r" + strconv.Itoa(i) + "\" {\n count = 10000\n}\n"
	}
	deep := map[string]string{}
	for i := range 60 {
		deep["main.tf"] = "module \"m\" { source = \"./m0\" }\n"
		deep["m"+strconv.Itoa(i)+"/main.tf"] = "module \"m\" { source = \"../m" + strconv.Itoa(i+1) + "\" }\n"
	}
	deep["m60/main.tf"] = "resource \"a\" \"r\" {}\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"resources":         {map[string]string{"main.tf": many}, "the root has more than 200,000 resources"},
		"count":             {map[string]string{"main.tf": "resource \"a\" \"r\" {\n count = 10001\n}\n"}, "count is larger than 10000"},
		"each":              {map[string]string{"main.tf": "resource \"a\" \"r\" {\n for_each = { for p in setproduct(range(101), range(100)) : \"${p[0]}-${p[1]}\" => 1 }\n}\n"}, "for_each has more than 10000 elements"},
		"modules":           {map[string]string{"main.tf": "module \"m\" {\n source = \"./m\"\n count = 101\n}\n", "m/main.tf": "module \"n\" {\n source = \"../n\"\n count = 100\n}\n", "n/main.tf": "resource \"a\" \"r\" {}\n"}, "the root has more than 10,000 module instances"},
		"modules of a call": {map[string]string{"main.tf": "module \"m\" {\n source = \"./m\"\n count = 10001\n}\n", "m/main.tf": ""}, "count is larger than 10000"},
		"depth":             {deep, "modules are nested too deeply"},
		"fuel":              {map[string]string{"main.tf": "resource \"a\" \"r\" {\n v = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]\n}\n"}, "the root is too large to evaluate"},
		"none":              {map[string]string{"main.tf": "variable \"n\" {}\nresource \"a\" \"r\" {\n count = var.n\n}\n"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, losses := read(t, c.files, config.Options{Dir: "."})
			got := ""
			for _, l := range losses {
				if l.Any && l.Type == "" && l.Origin != nil {
					got += l.Gap.Because + ";"
				}
			}
			if c.want != "" && !strings.Contains(got, c.want) || c.want == "" && got != "" {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
