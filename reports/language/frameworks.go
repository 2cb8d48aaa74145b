package language

// Framework gives a text of a framework in the language: its name, edition and publisher, when it applies, a control's title, why a scan
// cannot tell all of it, and what of it is in doubt. What nobody translated stays English, as do texts that a stranger wrote; english
// says so.
func (l *Language) Framework(text string) (said string, english bool) {
	if l == nil {
		return text, false
	}
	if said := l.frameworks[text]; said != "" {
		return said, false
	}
	return text, text != ""
}
