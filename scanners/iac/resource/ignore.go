package resource

import (
	"regexp"
	"strings"
	"time"

	probity "github.com/probity-scan/probity"
)

// IgnoreMark begins what a comment asks for.
const IgnoreMark = "probity:ignore"

var ignoreWord = regexp.MustCompile(`^\s+(?:(reason|until)=(?:"([^"]*)"|(\S+))|(\S+))`)

// IgnoreIn reads a comment, without the signs that make it one: probity:ignore RULE reason="…" until=2027-01-31. It reports
// whether the comment asks for anything. One that does not count says why in Wrong.
func IgnoreIn(comment string, at *probity.Origin) (probity.Ignore, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(comment), IgnoreMark)
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t") {
		return probity.Ignore{}, false
	}
	out := probity.Ignore{Origin: at}
	wrong := func(why string) {
		if out.Wrong == "" {
			out.Wrong = why
		}
	}
	for rest = strings.TrimRight(rest, " \t\r"); rest != ""; {
		m := ignoreWord.FindStringSubmatch(rest)
		if m == nil {
			break
		}
		rest = rest[len(m[0]):]
		switch value := m[2] + m[3]; {
		case m[1] == "reason":
			out.Reason = strings.TrimSpace(value)
		case m[1] == "until":
			day, err := time.Parse(time.DateOnly, value)
			if err != nil {
				wrong("until is no day: write 2027-01-31")
			} else {
				out.Until = day.AddDate(0, 0, 1) // it holds on the day itself
			}
		case out.Rule == "":
			out.Rule = m[4]
		default:
			wrong(`a reason of several words needs quotes: reason="…"`)
		}
	}
	switch {
	case out.Rule == "":
		wrong("it names no rule")
	case out.Reason == "":
		wrong(`it has no reason: write reason="…"`)
	case out.Until.IsZero():
		wrong("it has no end: write until=2027-01-31")
	}
	return out, true
}
