package reports

import "strings"

// markdownText is a stranger's text that Markdown shows as it is: no link, image, markup, HTML, mention or reference. The
// zero-width space after @ and # is what keeps hosts from telling people or issues of it.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range visible(s) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '@' || r == '#':
			b.WriteString(`\` + string(r) + "&#8203;")
		case strings.ContainsRune(" ,;", r) || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7e:
			b.WriteRune(r)
		default: // ASCII punctuation (CommonMark 0.31, 2.4)
			b.WriteString(`\` + string(r))
		}
	}
	return b.String()
}

// span is a name as code, in which nothing has a meaning; the fence is longer than any run of backticks in it.
func span(s string) string {
	s = short(visible(s), 200)
	if s == "" {
		return ""
	}
	longest, run := 0, 0
	for _, r := range s {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if longest > 0 {
		s = " " + s + " "
	}
	return fence + s + fence
}
