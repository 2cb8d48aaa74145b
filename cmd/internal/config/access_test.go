package config

import (
	"strings"
	"testing"
)

// TestAccess: what would let in others than those who are meant is told, without what it holds.
func TestAccess(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {accounts: [aws/1*], tags: {team: [shop]}, activities: [orders]}}, {name: b, token: 'file:b', role: admin}]}": "",
		"{tokens: [{name: A b, token: 'env:A', role: viewer}]}":                                                                                                                      "token 1 needs a name",
		"{tokens: [{name: a, token: 'env:A', role: viewer}, {name: a, token: 'env:B', role: viewer}]}":                                                                               "another has its name",
		"{tokens: [{name: a, token: hunted, role: viewer}]}":                                                                                                                         "env:NAME or file:PATH",
		"{tokens: [{name: a, token: 'env:A'}]}":                                                                                                                                      "role is one of viewer, operator, admin",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {}}]}":                                                                                                            "bounds name nothing",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {accounts: [], tags: {a: [b]}}}]}":                                                                                "bounds name nothing",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {accounts: [aws/1], tags: {}}}]}":                                                                                 "bounds name nothing",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: }]}":                                                                                                              "stand empty",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: ~}]}":                                                                                                             "stand empty",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {accounts: [aws/1], tags: }}]}":                                                                                   "stand empty",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {tags: {team: [~]}}}]}":                                                                                           "stand empty",
		"{tokens: [&a {name: a, token: 'env:A', role: viewer, bounds: &b ~}, {name: b, token: 'env:B', role: viewer, bounds: *b}]}":                                                  "stand empty",
		"{tokens: [&a {name: a, token: 'env:A', role: viewer, bounds: {accounts: [aws/1]}}, {<<: *a, name: b, token: 'env:B', bounds: }]}":                                           "stand empty",
		"{url: 'https://p.example.com', oidc: {issuer: 'https://i.example.com', client_id: a}, roles: [{claim: groups, values: [a], role: viewer, bounds: }]}":                       "stand empty",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {accounts: [aws]}}]}":                                                                                             "provider/account",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {accounts: ['aws/[']}}]}":                                                                                         "provider/account",
		"{tokens: [{name: a, token: 'env:A', role: viewer, bounds: {tags: {team: []}}}]}":                                                                                            "a name and values",
		"{url: 'https://p.example.com', oidc: {issuer: 'https://i.example.com/realms/a', client_id: p, client_secret: 'env:S'}, roles: [{claim: groups, values: [a], role: admin}]}": "",
		"{url: 'http://127.0.0.1:8470'}": "",
		"{url: 'http://p.example.com'}":  "",
		"{url: 'http://p.example.com', oidc: {issuer: 'https://i.example.com', client_id: a}}": "has to be https",
		"{url: 'https://p.example.com/a'}":                                                                             "url is that of the pages",
		"{url: 'https://a:hunted@p.example.com'}":                                                                      "url is that of the pages",
		"{oidc: {issuer: 'https://i.example.com'}}":                                                                    "issuer and client_id",
		"{oidc: {issuer: 'http://i.example.com', client_id: a}}":                                                       "https but for this machine",
		"{oidc: {issuer: 'https://i.example.com', client_id: a}}":                                                      "it needs serve.url",
		"{url: 'https://p.example.com', oidc: {issuer: 'https://i.example.com', client_id: a}}":                        "nobody can sign in",
		"{url: 'https://p.example.com', oidc: {issuer: 'https://i.example.com', client_id: a, client_secret: hunted}}": "client_secret names where",
		"{roles: [{claim: groups, values: [a], role: admin}]}":                                                         "there is none",
		"{roles: [{claim: groups, role: admin}]}":                                                                      "a claim and its values",
		"{roles: [{claim: groups, values: [a], role: boss}]}":                                                          "role is one of",
		"{sessions: {idle: soon}}":                                                                                     "a minute or more",
		"{sessions: {limit: 1s}}":                                                                                      "a minute or more",
	} {
		_, said := served(t, text)
		if want == "" && said != "" || !strings.Contains(said, want) || strings.Contains(said, "hunted") {
			t.Errorf("%s: %q, want %q", text, said, want)
		}
	}
}
