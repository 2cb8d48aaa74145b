package kubernetes

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// configMaps are what holds settings in clear.
func configMaps(s *source) []probity.Asset {
	var out []probity.Asset
	for _, o := range s.of("core/ConfigMap") {
		a := s.asset(o, kinds.K8sConfigMap)
		var f findings
		if b, ok := o.Get("data").Data.(*resource.Block); ok {
			for _, key := range slices.Sorted(maps.Keys(b.Attrs)) {
				f.setting(key, b.Attrs[key])
			}
		}
		a.Settings = probity.SettingsOf(kinds.K8sConfiguration{Credentials: f.credentials(o.At), ClearConnections: f.clear(o.At)})
		out = append(out, a)
	}
	return out
}

// findings are the names of variables and keys whose values are what they should not be.
type findings struct {
	secret, open, perhaps []finding
}

type finding struct {
	name string
	at   *probity.Origin
}

// container looks at the variables and the arguments of a container. A value that comes from elsewhere is not there.
func (f *findings) container(c *resource.Block) {
	for _, e := range items(c.Get("env")) {
		if v := e.Get("value"); v.Set() {
			f.setting(text(e.Get("name")), v)
		}
	}
	for _, field := range []string{"command", "args"} {
		words, _ := c.Get(field).Each()
		for _, w := range words {
			f.argument(field, w)
		}
	}
}

func (f *findings) argument(field string, v resource.Value) {
	s := text(v)
	f.connected(field, s, v.At)
	name, value, ok := strings.Cut(strings.TrimLeft(s, "-"), "=")
	if ok && isSecretName(name) && isSecretValue(value) {
		f.secret = append(f.secret, finding{field, v.At})
	}
}

// setting looks at one variable or key, and at the lines of a file that it holds.
func (f *findings) setting(name string, v resource.Value) {
	s := text(v)
	if strings.Contains(strings.ToLower(name), "sslmode") || strings.Contains(strings.ToLower(name), "ssl_mode") {
		switch strings.ToLower(s) {
		case "disable", "disabled", "allow", "prefer", "preferred":
			f.open = append(f.open, finding{name, v.At})
		}
	}
	f.connected(name, s, v.At)
	if isSecretName(name) && isSecretValue(s) || isSecretShape(s) {
		f.secret = append(f.secret, finding{name, v.At})
		return
	}
	if !strings.Contains(s, "\n") {
		return
	}
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if i := strings.IndexAny(line, "=:"); i > 0 && line[0] != '#' && line[0] != ';' && !strings.HasPrefix(line, "//") {
			value := strings.Trim(strings.TrimSpace(line[i+1:]), `"',`)
			if isSecretName(strings.Trim(strings.TrimSpace(line[:i]), `"'`)) && isSecretValue(value) {
				f.secret = append(f.secret, finding{name, v.At})
				return
			}
		}
	}
}

func (f *findings) connected(name, s string, at *probity.Origin) {
	for _, c := range connections(s) {
		if c.password {
			f.secret = append(f.secret, finding{name, at})
		}
		if c.clear {
			f.open = append(f.open, finding{name, at})
		} else if c.unsaid {
			f.perhaps = append(f.perhaps, finding{name, at})
		}
	}
}

func (f *findings) credentials(at *probity.Origin) probity.List[string] {
	names, first := told(f.secret, at)
	return probity.Whole(first, names...)
}

// clear is open where a connection string does not say whether TLS is demanded: drivers differ.
func (f *findings) clear(at *probity.Origin) probity.List[string] {
	names, first := told(f.open, at)
	if len(f.perhaps) > 0 && len(names) == 0 {
		return probity.Open(probity.Gap{Reason: probity.Unresolved, Because: "the connection of " + f.perhaps[0].name + " leaves TLS to its driver", Needs: "sslmode=verify-full, or the like"}, first, names...)
	}
	return probity.Whole(first, names...)
}

// told are the names, each once, and where the first stands.
func told(all []finding, at *probity.Origin) ([]string, *probity.Origin) {
	var names []string
	for i, x := range all {
		if i == 0 {
			at = x.at
		}
		if !slices.Contains(names, x.name) {
			names = append(names, x.name)
		}
	}
	return names, at
}

var (
	secretName   = regexp.MustCompile(`(?i)(passw(or)?d|passphrase|pwd$|(^|[._-])pass$|secret|api[._-]?key|access[._-]?key|private[._-]?key|auth[._-]?token|(^|[._-])token$|credential)`)
	harmlessName = regexp.MustCompile(`(?i)([._-](file|path|dir|name|ref|id|arn|url|uri|host|enabled|length|size|ttl|expiry|expiration|age|timeout|policy|type|algorithm|version|header|field|class|key_?name|count|prefix|required|rotation|interval|provider|store|namespace)$|secret[._-]?(name|ref|key[._-]?ref)|^(no|use|has|is|require|allow|enable|disable)[._-]|public)`)
	secretShape  = regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bglpat-[A-Za-z0-9_-]{20}|\bsk_live_[A-Za-z0-9]{16,}|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}`)
)

func isSecretName(s string) bool {
	return len(s) < 200 && secretName.MatchString(s) && !harmlessName.MatchString(s)
}

// isSecretValue reports whether a value may be a secret: not empty, a switch, a number, a path, or a name of another variable.
func isSecretValue(s string) bool {
	s = strings.TrimSpace(s)
	switch low := strings.ToLower(s); {
	case isPlaceholder(s), strings.HasPrefix(s, "/"), strings.HasPrefix(s, "$"), strings.Contains(s, "{{"), len(s) > 4096:
		return false
	case low == "true", low == "false", low == "yes", low == "no", low == "on", low == "off", low == "none", low == "null", low == "nil", low == "optional", low == "required":
		return false
	case strings.Trim(s, "0123456789.") == "" && len(s) < 4, strings.HasPrefix(s, "arn:"):
		return false
	}
	return true
}

func isSecretShape(s string) bool { return len(s) < 1<<20 && secretShape.MatchString(s) }
