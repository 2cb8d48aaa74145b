package kubernetes

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// secrets are the Secrets, and what stands for one without its value.
func secrets(s *source) []probity.Asset {
	var out []probity.Asset
	for _, o := range s.of("core/Secret", "bitnami.com/SealedSecret", "external-secrets.io/ExternalSecret") {
		a := s.asset(o, kinds.K8sSecret)
		a.Settings = probity.SettingsOf(kinds.K8sManifest{Literal: literal(o)})
		out = append(out, a)
	}
	return out
}

// literal reports whether a value that nobody else should know stands in the manifest.
func literal(o *object) probity.Fact[bool] {
	if o.kind != "Secret" || o.Get("sops").Set() {
		return probity.Known(false, o.At)
	}
	made := (*probity.Origin)(nil)
	for _, field := range []string{"stringData", "data"} {
		b, ok := o.Get(field).Data.(*resource.Block)
		if !ok {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(b.Attrs)) {
			v := b.Attrs[key]
			plain := text(v)
			if field == "data" {
				plain = decoded(plain)
			}
			switch {
			case isPublic(key) || isPlaceholder(plain):
			case o.given == nil || o.given(plain) || o.given(text(v)):
				return probity.Known(true, v.At)
			default:
				made = v.At
			}
		}
	}
	if made != nil {
		return probity.Missing[bool](probity.Gap{Reason: probity.Computed, Because: "its value is made while the chart is rendered"}, made)
	}
	return probity.Known(false, o.At)
}

func decoded(s string) string {
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		return s
	}
	return string(b)
}

// isPublic knows keys that hold no secret: certificates and public keys, and what stands beside a password.
func isPublic(key string) bool {
	key = strings.ToLower(key)
	for _, end := range []string{".crt", ".cer", ".pub", "ca.pem", "cert.pem", "known_hosts", "user", "username", "host", "hostname", "port", "database", "dbname"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// isPlaceholder knows what stands for a value that is put in later: nothing, ${NAME}, $(NAME), <name>, what SOPS encrypted.
func isPlaceholder(s string) bool {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return true
	case strings.HasPrefix(s, "ENC["), strings.HasPrefix(s, "vault:"), strings.HasPrefix(s, "ref+"), strings.HasPrefix(s, "op://"), strings.HasPrefix(s, "secretkeyref:"):
		return true
	case strings.HasPrefix(s, "${") && strings.HasSuffix(s, "}"), strings.HasPrefix(s, "$(") && strings.HasSuffix(s, ")"):
		return true
	case strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") && !strings.ContainsAny(s, "\n"):
		return true
	case strings.HasPrefix(s, "{{") && strings.HasSuffix(s, "}}"), strings.HasPrefix(s, "%") && strings.HasSuffix(s, "%"):
		return true
	}
	return false
}
