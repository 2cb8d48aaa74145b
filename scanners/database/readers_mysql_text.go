package database

import (
	"regexp"
	"slices"
	"strings"
)

// index works out what texts of views and routines name.
func (w *myWorld) index() {
	w.within, w.over, w.words = map[string]map[myAccount]myInDB{}, map[myThing][]int{}, map[string][]int{}
	for i, v := range w.views {
		if v.text == "" {
			w.dark = append(w.dark, v.String())
		}
		for _, t := range thingsIn(v.text) {
			w.over[t] = append(w.over[t], i)
		}
	}
	slices.Sort(w.dark)
	word := regexp.MustCompile(`[\p{L}\p{N}_$]+`)
	for i, r := range w.routines {
		words := word.FindAllString(strings.ToLower(r.text), -1)
		if r.text == "" || slices.Contains(words, "prepare") || slices.Contains(words, "immediate") {
			words = []string{""}
		}
		slices.Sort(words)
		for _, x := range slices.Compact(words) {
			w.words[x] = append(w.words[x], i)
		}
	}
}

// quotedName is a name as the server writes it into the text of a view.
func quotedName(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// namesIn are the names in a text that the server wrote, each run of them that dots join apart.
func namesIn(text string) (runs [][]string) {
	var run []string
	end := func() {
		if len(run) > 0 {
			runs = append(runs, run)
		}
		run = nil
	}
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '\'':
			end()
			i = past(text, i, '\'')
		case c == '`':
			if i == 0 || text[i-1] != '.' {
				end()
			}
			to := past(text, i, '`')
			run = append(run, strings.ReplaceAll(text[i+1:max(i+1, to-1)], "``", "`"))
			i = to
		case c == '.' && len(run) > 0 && text[i-1] == '`':
			i++
		default:
			end()
			i++
		}
	}
	end()
	return runs
}

// past is behind what begins at i and goes to the next such sign that is not doubled, nor behind a backslash in a text.
func past(text string, i int, sign byte) int {
	for i++; i < len(text); i++ {
		switch {
		case text[i] == '\\' && sign == '\'':
			i++
		case text[i] != sign:
		case i+1 < len(text) && text[i+1] == sign:
			i++
		default:
			return i + 1
		}
	}
	return len(text)
}

// thingsIn are the tables and views that a text may name: the first two names of a run.
func thingsIn(text string) []myThing {
	var out []myThing
	for _, run := range namesIn(text) {
		if t := (myThing{}); len(run) > 1 {
			t.db, t.name = run[0], run[1]
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// columnsOf are the columns of a table that a text names, by the table's own name or the one that it has there: the server writes that
// right behind, as in `clinic`.`patients` `p`.
func columnsOf(text string, t myThing) map[string]bool {
	called := map[string]bool{t.name: true}
	whole := quotedName(t.db) + "." + quotedName(t.name) + " "
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, whole)
		if !ok {
			break
		}
		if rest = after; strings.HasPrefix(rest, "`") {
			called[strings.ReplaceAll(rest[1:past(rest, 0, '`')-1], "``", "`")] = true
		}
	}
	out := map[string]bool{}
	for _, run := range namesIn(text) {
		switch {
		case len(run) == 3 && run[0] == t.db && run[1] == t.name:
			out[run[2]] = true
		case len(run) == 2 && called[run[0]] && (run[0] != t.db || run[1] != t.name):
			out[run[1]] = true
		}
	}
	return out
}
