package verdict

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator writes random rules over the document of world_test.go, with every construct that rule authors may use.
type generator struct {
	r       *rand.Rand
	helpers []string
	n       int
}

func (g *generator) pick(xs ...string) string { return xs[g.r.IntN(len(xs))] }

func (g *generator) fresh() string { g.n++; return fmt.Sprintf("v%d", g.n) }

func (g *generator) helper(write func(name string) string) string {
	g.n++
	name := fmt.Sprintf("h%d", g.n)
	g.helpers = append(g.helpers, write(name))
	return "data.lib." + name
}

func (g *generator) not() string { return g.pick("", "not ") }

func (g *generator) flag() string {
	return g.pick("input.enc.at_rest", "input.enc.transit", "input.exp.public", "input.exp.cross")
}

// literal is one conjunct; depth bounds how far helpers nest.
func (g *generator) literal(depth int) string {
	simple := []func() string{
		g.flag,
		func() string { return "not " + g.flag() },
		func() string { return g.flag() + " " + g.pick("==", "!=") + " " + g.pick("true", "false") },
		func() string {
			return "input.enc.manager " + g.pick("==", "!=") + ` "` + g.pick("none", "customer", "provider") + `"`
		},
		func() string {
			return "input.days " + g.pick("<", ">=", "==", "!=") + " " + g.pick("0", "1", "7", "data.config.days", "input.days")
		},
		func() string { return "input.days + 1 > " + g.pick("1", "7", "data.config.days") },
		func() string { return g.not() + "data.config.strict" },
		func() string { return g.not() + `"` + g.pick("a", "b") + `" in data.config.trusted` },
		func() string { return "input.settings.x == " + g.pick(`"1"`, `"2"`) },
		func() string { return g.not() + "input.settings.y == " + g.pick(`"1"`, `"2"`) },
		func() string { return g.not() + "input.tags.owner == " + g.pick(`"1"`, `"2"`) },
		func() string { return g.not() + "input.absent.deeper" },
		func() string { return g.not() + "input.set.z == " + g.pick(`"1"`, `"2"`) },
	}
	if depth <= 0 {
		return simple[g.r.IntN(len(simple))]()
	}
	all := append(simple, g.aliases()...)
	all = append(all, g.lists()...)
	all = append(all, g.objects()...)
	all = append(all, g.rules(depth)...)
	return all[g.r.IntN(len(all))]()
}

func (g *generator) list() string { return g.pick("readers", "labels") }

func (g *generator) test(v string) string {
	return g.pick(g.not()+v+".trusted", v+".trusted "+g.pick("==", "!=")+" "+g.pick("true", "false"), v+`.id `+g.pick("==", "!=")+` "`+g.pick("a", "b", "c")+`"`,
		`"p" in `+v+".on", "count("+v+".on) "+g.pick("== 0", "> 0"), v+".size "+g.pick("> 3", "<= 3"), g.not()+v+".set."+g.pick("x", "z")+" == "+g.pick(`"1"`, `"2"`))
}

func (g *generator) aliases() []func() string {
	return []func() string{
		func() string {
			v := g.fresh()
			return fmt.Sprintf("%s := input.enc; %s%s.%s", v, g.not(), v, g.pick("at_rest", "transit"))
		},
		func() string { v := g.fresh(); return fmt.Sprintf("%s := input; %s%s.exp.public", v, g.not(), v) },
		func() string {
			v := g.fresh()
			return fmt.Sprintf("%s := input.%s; some i%s; %s", v, g.list(), v, g.test(v+"[i"+v+"]"))
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`{"at_rest": %s, "transit": _, "manager": _} = input.enc; %s == %s`, v, v, g.pick("true", "false"))
		},
		func() string {
			return fmt.Sprintf(`object.get(input.enc, "at_rest", %s) == %s`, g.pick("true", "false"), g.pick("true", "false"))
		},
		func() string {
			return fmt.Sprintf(`object.get(input, ["%s", "%s"], "none") == %s`, g.pick("enc", "exp"), g.pick("at_rest", "public"), g.pick("true", "false", `"none"`))
		},
	}
}

func (g *generator) lists() []func() string {
	return []func() string{
		func() string { v := g.fresh(); return fmt.Sprintf("some %s in input.%s; %s", v, g.list(), g.test(v)) },
		func() string {
			v := g.fresh()
			return fmt.Sprintf("some %s in input.%s; %s; %s", v, g.list(), g.test(v), g.test(v))
		},
		func() string { return g.test("input." + g.list() + "[_]") },
		func() string {
			v, l := g.fresh(), g.list()
			return fmt.Sprintf("some %s, _ in input.%s; %s", v, l, g.test("input."+l+"["+v+"]"))
		},
		func() string {
			v, l := g.fresh(), g.list()
			return fmt.Sprintf("some %s; input.%s[%s]; %s > 0", v, l, v, v)
		},
		func() string { return g.test(fmt.Sprintf("input.%s[%d]", g.list(), g.r.IntN(4))) },
		func() string {
			v, l := g.fresh(), g.list()
			return fmt.Sprintf("%s := %d; %s", v, g.r.IntN(4), g.test("input."+l+"["+v+"]"))
		},
		func() string {
			v, l := g.fresh(), g.list()
			return fmt.Sprintf("some %s, w%s; input.%s[%s].id == input.%s[w%s].id; %s != w%s", v, v, l, v, l, v, v, v)
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf("some %s in input.readers; some w%s in input.labels; %s.id %s w%s.id", v, v, v, g.pick("==", "!="), v)
		},
		func() string {
			v, l := g.fresh(), g.list()
			return fmt.Sprintf("some %s in input.%s; some w%s in input.%s; %s.id != w%s.id", v, l, v, l, v, v)
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf("every %s in input.%s { %s }", v, g.list(), g.test(v))
		},
		func() string {
			v, l := g.fresh(), g.list()
			return fmt.Sprintf("every %s, _ in input.%s { %s }", v, l, g.test("input."+l+"["+v+"]"))
		},
		func() string {
			return "count(input." + g.list() + ") " + g.pick("> 0", "== 0", "> 2", "== 2", "< 2", "!= 3")
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf("count([1 | some %s in input.%s; %s]) %s", v, g.list(), g.test(v), g.pick("> 0", "== 0", "== 2", "< 2"))
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`%s := {w.id | some w in input.%s; %s}; %s"%s" in %s`, v, g.list(), g.test("w"), g.not(), g.pick("a", "b", "z"), v)
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`%s := [w | some w in input.%s; w.id == "%s"]; count(%s) == 1; %s`, v, g.list(), g.pick("a", "b"), v, g.test(v+"[0]"))
		},
		func() string {
			return fmt.Sprintf("count({w.id | some w in input.%s} - {%q}) %s", g.list(), g.pick("a", "z"), g.pick("> 0", "== 0", "== 1"))
		},
		func() string {
			return fmt.Sprintf("sum([w.size | some w in input.%s]) %s", g.list(), g.pick("> 4", "<= 4", "== 0"))
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf("some %s in input.%s; some p%s in %s.on; p%s == %q", v, g.list(), v, v, v, g.pick("p", "q"))
		},
	}
}

func (g *generator) objects() []func() string {
	return []func() string{
		func() string {
			v := g.fresh()
			return fmt.Sprintf("some %s; input[%s].%s == %s", v, v, g.pick("at_rest", "public"), g.pick("true", "false"))
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`some %s, w%s in input; %s == "enc"; %sw%s.at_rest`, v, v, v, g.not(), v)
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`some %s, w%s in input.settings; w%s == "2"; %s != "x"`, v, v, v, v)
		},
		func() string { return g.not() + `"2" in input.settings` },
		func() string { v := g.fresh(); return fmt.Sprintf(`some %s; input.settings[%s] == "2"`, v, v) },
		func() string { return fmt.Sprintf(`%s"y" in object.keys(input.settings)`, g.not()) },
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`walk(input, [p%s, w%s]); p%s[count(p%s) - 1] == "at_rest"; w%s == %s`, v, v, v, v, v, g.pick("true", "false"))
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`%s := "enc"; %sinput[%s].at_rest`, v, g.not(), v)
		},
		func() string { return fmt.Sprintf(`count(input.settings) %s`, g.pick("== 1", "== 2", "> 0")) },
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`%s := input.set; %s%s.%s == %s`, v, g.not(), v, g.pick("x", "z"), g.pick(`"1"`, `"2"`))
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`some %s in input.%s; w%s := %s.set; %sw%s.%s == %s`, v, g.list(), v, v, g.not(), v, g.pick("x", "z"), g.pick(`"1"`, `"2"`))
		},
		func() string { v := g.fresh(); return fmt.Sprintf(`some %s; input.set[%s] == "2"`, v, v) },
		func() string { return fmt.Sprintf(`count(input.set) %s`, g.pick("== 1", "== 2", "> 0")) },
		func() string {
			return fmt.Sprintf(`object.get(input.set, "%s", %s) == %s`, g.pick("x", "z"), g.pick(`"1"`, `"2"`), g.pick(`"1"`, `"2"`))
		},
		func() string {
			v := g.fresh()
			return fmt.Sprintf(`object.get(input.set, "%s", "1") == "1"; some %s in input.set; %s == "2"`, g.pick("x", "z"), v, v)
		},
		func() string { return g.not() + `"2" in input.set` },
	}
}

func (g *generator) rules(depth int) []func() string {
	body := func() string { return g.body(depth - 1) }
	return []func() string{
		func() string {
			return g.not() + g.helper(func(n string) string { return n + " if { " + body() + " }" })
		},
		func() string {
			return g.not() + g.helper(func(n string) string { return n + " if { " + body() + " }\n" + n + " if { " + body() + " }" })
		},
		func() string {
			return g.not() + g.helper(func(n string) string { return "default " + n + " := false\n" + n + " if { " + body() + " }" })
		},
		func() string {
			h := g.helper(func(n string) string {
				return n + " := 1 if { " + body() + " }\nelse := 2 if { " + body() + " }\nelse := 3"
			})
			return h + " == " + g.pick("1", "2", "3")
		},
		func() string {
			h := g.helper(func(n string) string { return n + "(f) if f.enc.at_rest == " + g.pick("true", "false") })
			return g.not() + h + "(input)"
		},
		func() string {
			h := g.helper(func(n string) string { return n + "(f) if f.set." + g.pick("x", "z") + ` == "1"` })
			return g.not() + h + "(input)"
		},
		func() string {
			h := g.helper(func(n string) string { return n + "(x) := 1 if x == true\nelse := 2" })
			return h + "(" + g.flag() + ") == " + g.pick("1", "2")
		},
		func() string {
			h := g.helper(func(n string) string {
				return n + " contains r.id if { some r in input." + g.list() + "; " + g.test("r") + " }"
			})
			return g.pick("count("+h+") > 0", `"a" in `+h, `not "b" in `+h, "count("+h+") == 1", "count("+h+") < 2", "count([1 | some e in "+h+"]) > 1", "count([1 | some e in "+h+"]) == 1")
		},
		func() string {
			h := g.helper(func(n string) string {
				return n + " contains r.id if { some r in input." + g.list() + "; " + g.test("r") + " }"
			})
			v := g.fresh()
			return fmt.Sprintf("some %s in %s; some w%s in %s; %s != w%s", v, h, v, h, v, v)
		},
		func() string {
			h := g.helper(func(n string) string { return n + " if { " + body() + " }" })
			return g.not() + h + " with input.exp.public as " + g.pick("true", "false", "input.exp.cross")
		},
		func() string {
			h := g.helper(func(n string) string { return n + " := input." + g.list() })
			v := g.fresh()
			return fmt.Sprintf("some %s in %s; %s", v, h, g.test(v))
		},
		func() string {
			h := g.helper(func(n string) string { return n + "(l) if { some r in l; " + g.test("r") + " }" })
			return g.not() + h + "(input." + g.list() + ")"
		},
		func() string {
			h := g.helper(func(n string) string { return n + "(l, i) if { " + g.test("l[i]") + " }" })
			return g.not() + h + "(input." + g.list() + ", " + g.pick("0", "1", "2", "3") + ")"
		},
		func() string {
			h := g.helper(func(n string) string {
				return n + "[r.id] contains r.size if some r in input." + g.list()
			})
			return fmt.Sprintf(`count(%s[%q]) %s`, h, g.pick("a", "b", "z"), g.pick("== 1", "> 1"))
		},
		func() string {
			h := g.helper(func(n string) string { return n + "(r) if { " + g.test("r") + " }" })
			v := g.fresh()
			return fmt.Sprintf("some %s in input.%s; %s%s(%s)", v, g.list(), g.not(), h, v)
		},
	}
}

func (g *generator) body(depth int) string {
	out := make([]string, 1+g.r.IntN(2))
	for i := range out {
		out[i] = g.literal(depth)
	}
	return strings.Join(out, "; ")
}

// modules gives the rule and its helpers.
func (g *generator) modules() (rule, lib string) {
	var b strings.Builder
	b.WriteString("package t\n")
	for i := range 1 + g.r.IntN(2) {
		fmt.Fprintf(&b, "violation contains {\"fact\": \"f%d\"} if { %s }\n", i, g.body(3))
	}
	if g.r.IntN(8) == 0 {
		fmt.Fprintf(&b, "violation contains {\"fact\": \"list\", \"element\": r.id} if { some r in input.%s; %s }\n", g.list(), g.test("r"))
	}
	return b.String(), "package lib\n" + strings.Join(g.helpers, "\n")
}
