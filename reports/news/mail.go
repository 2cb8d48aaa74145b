package news

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/probity-scan/probity/reports/language"
)

//go:embed mail.gohtml
var mail string

// HTML is the text as a mail shows it.
func (t Text) HTML(in *language.Language) (string, error) {
	page, err := template.New("mail").Parse(mail)
	if err != nil {
		return "", fmt.Errorf("writing a mail: %w", err)
	}
	var b strings.Builder
	err = page.Execute(&b, struct {
		Text
		Lang string
	}{t, in.Code()})
	return b.String(), err
}
