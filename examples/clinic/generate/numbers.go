package main

import (
	"fmt"
	"strconv"
	"time"
)

// Numbers whose check digits are right, from ranges that are kept free for tests or never given out where there are such.

// phone is of the ranges that regulators keep for stories: Germany's for films, Ofcom's for drama.
func (d dice) phone() string {
	if d.IntN(2) == 0 {
		return fmt.Sprintf("+49 30 23125 %03d", d.IntN(1000))
	}
	return fmt.Sprintf("+44 20 7946 0%03d", d.IntN(1000))
}

// iban has a bank code that begins with 9, which no German bank's does.
func (d dice) iban() string {
	account := fmt.Sprintf("9%07d%010d", d.IntN(1e7), d.IntN(1e10))
	return fmt.Sprintf("DE%02d%s", 98-mod97(account+"131400"), account)
}

// card is of a range that the card networks give to tests.
func (d dice) card() string {
	body := fmt.Sprintf("41111%010d", d.IntN(1e10))
	return body + strconv.Itoa(luhn(body))
}

// nhs is of the range from 999 000 0000 on, which is never given to patients.
func (d dice) nhs() string {
	for {
		body := fmt.Sprintf("999%06d", d.IntN(1e6))
		sum := 0
		for i, c := range body {
			sum += (10 - i) * int(c-'0')
		}
		if check := (11 - sum%11) % 11; check < 10 {
			return body + strconv.Itoa(check)
		}
	}
}

// nir has department 99 and a country code that no country has.
func (d dice) nir(born time.Time) string {
	body := fmt.Sprintf("%d%02d%02d99999%03d", 1+d.IntN(2), born.Year()%100, born.Month(), 1+d.IntN(999))
	return fmt.Sprintf("%s%02d", body, 97-mod97(body))
}

func mod97(digits string) int {
	m := 0
	for _, c := range digits {
		m = (m*10 + int(c-'0')) % 97
	}
	return m
}

// luhn is the check digit that makes body whole.
func luhn(body string) int {
	sum := 0
	for i := range len(body) {
		n := int(body[len(body)-1-i] - '0')
		if i%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return (10 - sum%10) % 10
}
