package synthetic

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Corpus makes files of all forms, each of some size, until there are so many bytes. The same seed makes the same files.
func Corpus(seed uint64, total, each int) (files []File) {
	r := rand.New(rand.NewPCG(seed, 99))
	kinds := []struct {
		ext   string
		write func(*writer, int)
	}{{"csv", (*writer).csv}, {"csv", (*writer).nameless}, {"jsonl", (*writer).json}, {"log", (*writer).log}, {"txt", (*writer).prose}, {"sql", (*writer).sql}}
	for n := 0; n < total; {
		k := kinds[len(files)%len(kinds)]
		w := &writer{r: r}
		k.write(w, each)
		n += w.b.Len()
		files = append(files, File{fmt.Sprintf("f%04d.%s", len(files), k.ext), []byte(w.b.String()), w.labels})
	}
	return files
}

// Sparse makes a log of so many bytes in which one line in a hundred has something.
func Sparse(seed uint64, total int) File {
	w := &writer{r: rand.New(rand.NewPCG(seed, 98))}
	all := fields()
	for w.b.Len() < total {
		w.text(day(w.r, "2025-MM-DD") + "T10:11:12Z INFO api: " + filler(w.r) + filler(w.r) + filler(w.r))
		if w.r.IntN(100) == 0 {
			f := all[w.r.IntN(len(all))]
			w.told(f)
		}
		w.text("\n")
	}
	return File{"sparse.log", []byte(w.b.String()), w.labels}
}

// Table makes a CSV file of so many bytes, of numbers or of identifiers.
func Table(seed uint64, total int, identifiers bool) File {
	w := &writer{r: rand.New(rand.NewPCG(seed, 97))}
	if identifiers {
		w.csv(total)
		return File{"identifiers.csv", []byte(w.b.String()), w.labels}
	}
	w.text("a,b,c,d,e,f,g,h\n")
	for w.b.Len() < total {
		for i := range 8 {
			if i > 0 {
				w.text(",")
			}
			w.text(fmt.Sprintf("%.4f", w.r.NormFloat64()*50))
		}
		w.text("\n")
	}
	return File{"numbers.csv", []byte(w.b.String()), nil}
}

// value writes what a field makes, quoted where the form asks for it.
func (w *writer) value(f field, quote string) {
	v := f.make(w.r)
	if quote == "'" {
		v = strings.ReplaceAll(v, "'", "")
	}
	w.text(quote)
	if f.id == "" {
		w.text(v)
	} else {
		w.found(f.id, v)
	}
	w.text(quote)
}

func (w *writer) told(f field) {
	before, after, _ := strings.Cut(f.sentence, "%")
	w.text(before)
	w.found(f.id, f.make(w.r))
	w.text(after + " ")
}

// columns draws fields and traps.
func (w *writer) columns(n, m int) (out []field) {
	all, no := fields(), traps()
	for _, i := range w.r.Perm(len(all))[:n] {
		out = append(out, all[i])
	}
	for _, i := range w.r.Perm(len(no))[:m] {
		out = append(out, no[i])
	}
	w.r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (w *writer) csv(size int) { w.records(size, w.columns(6, 4), true) }

// nameless columns have only what a column as a whole can prove.
func (w *writer) nameless(size int) {
	columns := w.columns(0, 3)
	for _, f := range fields() {
		if strings.Contains(" iban payment-card fr-nir de-steuer-id email es-dni br-cpf pl-pesel uk-nhs nl-bsn ", " "+f.id+" ") && w.r.IntN(2) == 0 {
			columns = append(columns, f)
		}
	}
	w.records(size, columns, false)
}

func (w *writer) records(size int, columns []field, named bool) {
	for i, f := range columns {
		if i > 0 {
			w.text(",")
		}
		if named {
			w.text(f.header)
		} else {
			w.text(fmt.Sprint("c", i+1))
		}
	}
	for w.b.Len() < size {
		w.text("\n")
		for i, f := range columns {
			if i > 0 {
				w.text(",")
			}
			quote := ""
			if f.id == "postal-address" {
				quote = `"`
			}
			w.value(f, quote)
		}
	}
	w.text("\n")
}

func (w *writer) json(size int) {
	columns := w.columns(5, 4)
	for w.b.Len() < size {
		w.text(`{"n":` + figures(w.r, 3))
		for _, f := range columns {
			w.text(`,"` + f.header + `":`)
			w.value(f, `"`)
		}
		w.text("}\n")
	}
}

func (w *writer) sql(size int) {
	columns := w.columns(5, 3)
	var names []string
	for _, f := range columns {
		names = append(names, "`"+f.header+"`")
	}
	for w.b.Len() < size {
		w.text("INSERT INTO people (" + strings.Join(names, ", ") + ") VALUES (")
		for i, f := range columns {
			if i > 0 {
				w.text(", ")
			}
			w.value(f, "'")
		}
		w.text(");\n")
	}
}

func (w *writer) log(size int) {
	all, no := fields(), traps()
	for w.b.Len() < size {
		w.text(day(w.r, "2025-MM-DD") + "T10:11:12.123Z INFO api[" + figures(w.r, 4) + "] trace=" + pick(w.r, "0123456789abcdef", 32) + " took=" + figures(w.r, 3) + "ms " + filler(w.r))
		if w.r.IntN(8) == 0 {
			f := all[w.r.IntN(len(all))]
			w.text(strings.ReplaceAll(f.header, " ", "_") + "=")
			w.value(f, "")
		}
		if w.r.IntN(6) == 0 {
			w.text(" ref=")
			w.value(no[w.r.IntN(len(no))], "")
		}
		w.text("\n")
	}
}

func (w *writer) prose(size int) {
	all, no := fields(), traps()
	for w.b.Len() < size {
		switch w.r.IntN(5) {
		case 0, 1:
			w.told(all[w.r.IntN(len(all))])
		case 2:
			w.text("Reference ")
			w.value(no[w.r.IntN(len(no))], "")
			w.text(" was noted. ")
		default:
			w.text(filler(w.r))
		}
		if w.r.IntN(9) == 0 {
			w.text("\n")
		}
	}
}
