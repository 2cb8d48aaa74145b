package config_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// What only we cannot do is no error that the code could catch: the value is not known.
func TestLimitsInTry(t *testing.T) {
	t.Parallel()
	loops := "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]"
	for expr, want := range map[string]string{
		`try(file("../policy.json"), "")`:              "could not be resolved (the file is outside of the root and its modules)",
		`can(file("../policy.json"))`:                  "could not be resolved (the file is outside of the root and its modules)",
		`fileexists("../policy.json")`:                 "could not be resolved (the file is outside of the root and its modules)",
		`fileexists("/etc/hosts")`:                     "could not be resolved (the file is outside of the root and its modules)",
		`try(templatefile("../t", {}), "")`:            "could not be resolved (the file is outside of the root and its modules)",
		`try(file("large.txt"), "")`:                   "could not be resolved (larger than 16 MiB)",
		`try(file("bytes.bin"), "")`:                   "could not be resolved (not UTF-8)",
		`try(file("dir"), "")`:                         "could not be resolved (not a regular file)",
		`try(file("none.json"), "none")`:               "none",
		`try(templatefile("none.json", {}), "none")`:   "none",
		`fileexists("none.json")`:                      "false",
		`fileexists("small.txt")`:                      "true",
		`can(file("none.json"))`:                       "false",
		`try(setproduct(range(1000), range(1000)), 0)`: "could not be resolved (the result is too large to evaluate)",
		`can(format("%100000d", 1))`:                   "could not be resolved (the result is too large to evaluate)",
		`try(pathexpand("~/x"), "x")`:                  "could not be resolved (the home directory is not known)",
		`try(try(` + loops + `, 1), 2)`:                "could not be resolved (the root is too large to evaluate)",
		`can(` + loops + `)`:                           "could not be resolved (the root is too large to evaluate)",
		`try(rsadecrypt("x", "y"), "x")`:               "is known only after apply",
		`try(tonumber("x"), "none")`:                   "none",
		`try({ a = 1 }.b, "none")`:                     "none",
	} {
		t.Run(expr, func(t *testing.T) {
			t.Parallel()
			out, _ := read(t, map[string]string{"root/main.tf": "resource \"a\" \"it\" {\n v = " + expr + "\n}\n", "policy.json": "{}",
				"root/small.txt": "x", "root/large.txt": strings.Repeat("x", 17<<20), "root/bytes.bin": "\xff\xfe", "root/dir/x": ""}, config.Options{Dir: "root"})
			if got := show(out[0].Get("v")); !strings.HasPrefix(got, want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}
