package kinds

import (
	"strings"

	"github.com/go-json-experiment/json"
)

// OptsOut reports whether a policy of an organisation keeps AI services from learning from the data, unless one service is told
// otherwise. Policies as they are written have operators, "@@assign", which those in effect have not.
func OptsOut(text string) (bool, error) {
	var doc struct {
		Services map[string]struct {
			Policy any `json:"opt_out_policy"`
		} `json:"services"`
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		return false, err
	}
	says := doc.Services["default"].Policy
	if written, ok := says.(map[string]any); ok {
		says = written["@@assign"]
	}
	s, _ := says.(string)
	return strings.EqualFold(s, "optOut"), nil
}
