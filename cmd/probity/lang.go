package main

import (
	"fmt"
	"strings"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/reports/language"
)

func langHelp() string {
	return "language of reports for people: " + strings.Join(language.Codes(), ", ") + " (default: lang in probity.yaml, or en)"
}

// language is that of reports for people: of the flag, else of the first file that says one, and the one given by --config comes first.
func (g *gateFlags) language(files []config.Loaded) (*language.Language, error) {
	code := g.lang
	for _, named := range []bool{true, false} {
		for _, l := range files {
			if code == "" && l.Named() == named {
				code = l.File.Lang
			}
		}
	}
	in, err := language.Of(code)
	if err != nil {
		return nil, fmt.Errorf("--lang: %w", err)
	}
	return in, nil
}
