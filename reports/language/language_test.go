package language

import (
	"strings"
	"testing"
	"time"
)

func of(t *testing.T, code string) *Language {
	t.Helper()
	l, err := Of(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestSay(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	const findings = "{n} finding|{n} findings"
	for code, want := range map[string][]string{
		"en": {"0 findings", "1 finding", "1,234,567 findings", "1 March 2026, 09:30 UTC", "2026-03-01", "50 %", "5.2", "100"},
		"de": {"0 Befunde", "1 Befund", "1.234.567 Befunde", "1. März 2026, 09:30 Uhr UTC", "01.03.2026", "50\u00a0%", "5,2", "100"},
		"fr": {"0 constat", "1 constat", "1\u00a0234\u00a0567 constats", "1 mars 2026 à 09:30 UTC", "01/03/2026", "50\u00a0%", "5,2", "100"},
		"es": {"0 hallazgos", "1 hallazgo", "1.234.567 hallazgos", "1 de marzo de 2026, 09:30 UTC", "01/03/2026", "50\u00a0%", "5,2", "100"},
		"nl": {"0 bevindingen", "1 bevinding", "1.234.567 bevindingen", "1 maart 2026, 09:30 UTC", "01-03-2026", "50%", "5,2", "100"},
	} {
		l := of(t, code)
		got := []string{l.Say(findings, 0), l.Say(findings, 1), l.Say(findings, 1234567), l.Time(at), l.Day(at), l.Percent(.5), l.Decimal(5.21), l.Decimal(99.7)}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: got %q, want %q", code, got[i], want[i])
			}
		}
		if l.Code() != code {
			t.Errorf("%s calls itself %s", code, l.Code())
		}
	}
}

func TestSayKeepsWhatNobodyTranslated(t *testing.T) {
	t.Parallel()
	for _, code := range Codes() {
		l := of(t, code)
		if got := l.Say("a name that {person} gave", "{n}"); got != "a name that {n} gave" {
			t.Errorf("%s: got %q", code, got)
		}
	}
}

// Languages have more forms than two.
func TestForms(t *testing.T) {
	t.Parallel()
	l, err := parse("pl", []byte("\"{n} day|{n} days\": {one: \"{n} dzień\", few: \"{n} dni\", many: \"{n} dni!\", other: \"{n} dnia\"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]string{1: "1 dzień", 3: "3 dni", 5: "5 dni!", 22: "22 dni"} {
		if got := l.Say("{n} day|{n} days", n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestOfNamesLanguages(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"xx", "../../go", "DE"} {
		if _, err := Of(code); err == nil || !strings.Contains(err.Error(), "there are de, en, es, fr, nl") {
			t.Errorf("%s: %v", code, err)
		}
	}
}
