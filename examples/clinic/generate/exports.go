package main

import (
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// exports are the files below exports/ by name.
func exports(c clinic) map[string][]byte {
	return map[string][]byte{
		"appointments/december.csv": appointments(c),
		"billing/payments.csv":      payments(c),
		"research/visits.ndjson":    research(c),
		"referrals/letters.json":    letters(c),
		"newsletter/readers.csv.gz": packed(readers(c)),
		"portal/access.log":         accesses(c),
		"old/2019.csv":              table([]string{"email"}, func(put func(...string)) { put(c.patients[0].email) }),
		"drafts/call-list.csv":      table([]string{"phone"}, func(put func(...string)) { put(c.patients[1].phone) }),
	}
}

func table(header []string, fill func(put func(...string))) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	put := func(row ...string) { _ = w.Write(row) } // a buffer takes all
	put(header...)
	fill(put)
	w.Flush()
	return b.Bytes()
}

func appointments(c clinic) []byte {
	return table([]string{"appointment", "day", "email", "phone"}, func(put func(...string)) {
		for i, v := range c.visits[:90] {
			p := c.patients[v.patient-1]
			put(strconv.Itoa(7000+i), date(2026, 12, 1).AddDate(0, 0, i%30).Format(time.DateOnly), p.email, p.phone)
		}
	})
}

// payments is planted: whole card numbers, in clear.
func payments(c clinic) []byte {
	return table([]string{"invoice", "cents", "card_number", "iban"}, func(put func(...string)) {
		for _, i := range c.invoices[:60] {
			put(strconv.Itoa(i.id), strconv.Itoa(i.cents), i.card, c.patients[i.patient-1].iban)
		}
	})
}

// research is as it should be: a pseudonym under a key that lies elsewhere, beside the diagnosis.
func research(c clinic) []byte {
	var b bytes.Buffer
	for _, v := range c.visits[:120] {
		h := hmac.New(sha256.New, []byte("lies elsewhere"))
		h.Write([]byte(c.patients[v.patient-1].email))
		line(&b, map[string]any{"pseudonym": hex.EncodeToString(h.Sum(nil)), "diagnosis_icd10": v.icd, "ward": v.ward})
	}
	return b.Bytes()
}

// letters is planted: who it is beside what they have, with French social security numbers.
func letters(c clinic) []byte {
	var list []map[string]any
	for _, v := range c.visits[:80] {
		p := c.patients[v.patient-1]
		l := map[string]any{"to": "Dr. " + c.staff[v.id%len(c.staff)].last, "patient_name": p.first + " " + p.last, "diagnosis_icd10": v.icd}
		if p.nir != "" {
			l["nir"] = p.nir
		}
		list = append(list, l)
	}
	b, err := json.MarshalIndent(map[string]any{"letters": list}, "", "  ")
	if err != nil {
		panic(err) // strings in maps
	}
	return append(b, '\n')
}

func readers(c clinic) []byte {
	return table([]string{"email", "language"}, func(put func(...string)) {
		for _, p := range c.patients[:70] {
			put(p.email, "de")
		}
	})
}

// accesses comes from documentation's address range.
func accesses(c clinic) []byte {
	var b bytes.Buffer
	for i, v := range c.visits[:100] {
		fmt.Fprintf(&b, "%s 203.0.113.%d GET /visits/%d 200 user=%s\n", v.day.Add(time.Duration(i)*time.Minute).Format(time.RFC3339), 33+i*2, v.id, c.patients[v.patient-1].email)
	}
	return b.Bytes()
}

// packed is stored without compressing, so that another version of the compressor writes no other bytes.
func packed(b []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.NoCompression)
	if err != nil {
		panic(err) // the level is one
	}
	_, _ = w.Write(b) // a buffer takes all
	_ = w.Close()
	return out.Bytes()
}

func line(b *bytes.Buffer, v any) {
	j, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings in a map
	}
	b.Write(append(j, '\n'))
}
