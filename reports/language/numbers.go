package language

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Number is a count with the language's marks between groups of digits.
func (l *Language) Number(n int) string {
	if l == nil {
		s := fmt.Sprint(n)
		for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
			s = s[:i] + "," + s[i:]
		}
		return s
	}
	return l.numbers.Sprintf("%d", n)
}

// Percent is a share between 0 and 1 in whole parts of a hundred.
func (l *Language) Percent(f float64) string { return l.Say("{share} %", fmt.Sprintf("%.0f", f*100)) }

// Decimal is a number with two significant digits.
func (l *Language) Decimal(f float64) string {
	two, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 2, 64), 64) // it reads what it wrote
	s := strconv.FormatFloat(two, 'f', -1, 64)
	if l == nil {
		return s
	}
	half := []rune(l.numbers.Sprintf("%.1f", .5))
	return strings.Replace(s, ".", string(half[1:len(half)-1]), 1)
}

// Date is a day in words, in UTC: "2 January 2026".
func (l *Language) Date(t time.Time) string {
	t = t.UTC()
	return l.Say("{day} {month} {year}", fmt.Sprint(t.Day()), l.Say(t.Month().String()), fmt.Sprint(t.Year()))
}

// Time is a day and the time of day, in UTC.
func (l *Language) Time(t time.Time) string {
	return l.Say("{date}, {time} UTC", l.Date(t), t.UTC().Format("15:04"))
}

// Day is a day in figures, in UTC; in English as ISO 8601 has it.
func (l *Language) Day(t time.Time) string {
	t = t.UTC()
	return l.Say("{year}-{month}-{day}", t.Format("2006"), t.Format("01"), t.Format("02"))
}
