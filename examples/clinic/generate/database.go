package main

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

const schema = `
CREATE TABLE patients (
	id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, date_of_birth TEXT, street TEXT, town TEXT,
	email TEXT, phone TEXT, nhs_number TEXT, nir TEXT, iban TEXT);
CREATE TABLE visits (
	id INTEGER PRIMARY KEY, patient_id INTEGER REFERENCES patients, day TEXT, ward TEXT, contact_email TEXT, icd10 TEXT);
CREATE TABLE staff (
	id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT, phone TEXT, ward TEXT);
CREATE TABLE invoices (
	id INTEGER PRIMARY KEY, patient_id INTEGER REFERENCES patients, cents INTEGER, card_number TEXT);
CREATE TABLE app_settings (key TEXT PRIMARY KEY, setting TEXT);`

// database writes the file anew, in one transaction, so that its bytes depend on nothing but what is in it.
func database(path string, c clinic) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing to undo after the commit
	if _, err := tx.Exec(schema); err != nil {
		return err
	}
	if err := rows(tx, c); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return db.Close()
}

func rows(tx *sql.Tx, c clinic) error {
	var first error
	put := func(query string, values ...any) {
		if _, err := tx.Exec(query, values...); err != nil && first == nil {
			first = err
		}
	}
	for _, p := range c.patients {
		put("INSERT INTO patients VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", p.id, p.first, p.last, p.born.Format(time.DateOnly), p.street, p.town,
			p.email, p.phone, text(p.nhs), text(p.nir), p.iban)
	}
	for _, v := range c.visits {
		put("INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?)", v.id, v.patient, v.day.Format(time.DateOnly), v.ward, c.patients[v.patient-1].email, v.icd)
	}
	for _, p := range c.staff {
		put("INSERT INTO staff VALUES (?, ?, ?, ?, ?, ?)", p.id, p.first, p.last, p.email, p.phone, wards()[p.id%4])
	}
	for _, i := range c.invoices {
		put("INSERT INTO invoices VALUES (?, ?, ?, ?)", i.id, i.patient, i.cents, i.card)
	}
	for _, s := range [][2]string{{"language", "de"}, {"opening", "07:30"}, {"closing", "18:00"}, {"theme", "light"}} {
		put("INSERT INTO app_settings VALUES (?, ?)", s[0], s[1])
	}
	return first
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}
