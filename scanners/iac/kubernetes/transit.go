package kubernetes

import (
	"cmp"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// inTransit reports whether the server refuses clear connections, as far as its arguments and variables say. Only images
// whose defaults are known say something by being told nothing.
func (c running) inTransit(p pod) probity.Fact[bool] {
	args, at := c.args()
	line := " " + strings.Join(args, " ") + " "
	switch c.server.name {
	case "redis":
		if f, ok := c.redis(line, at); ok {
			return f
		}
	case "mongo":
		if mode := option(line, "--tlsMode", "--sslMode"); mode != "" {
			return probity.Known(mode == "requireTLS" || mode == "requireSSL", at)
		}
	case "mysql":
		if v := option(line, "--require-secure-transport", "--require_secure_transport"); v != "" {
			return probity.Known(isOn(v), at)
		}
	case "postgres":
		if v := option(line, "ssl"); v != "" {
			if !isOn(v) {
				return probity.Known(false, at)
			}
			return probity.Missing[bool](unsaid("pg_hba.conf says whether clear connections are refused"), at)
		}
		if v, ok := c.env("POSTGRESQL_ENABLE_TLS"); ok && isOn(text(v)) {
			return probity.Missing[bool](unsaid("pg_hba.conf says whether clear connections are refused"), v.At)
		}
	case "memcached":
		if strings.Contains(line, " -Z ") || strings.Contains(line, " --enable-ssl ") {
			return probity.Known(true, at)
		}
	case "etcd":
		if urls := option(line, "--listen-client-urls"); urls != "" {
			return probity.Known(!strings.Contains(urls, "http://"), at)
		}
	case "cockroach":
		return probity.Known(!strings.Contains(line, " --insecure "), at)
	case "kafka":
		if v, ok := c.env("KAFKA_LISTENERS", "KAFKA_CFG_LISTENERS", "KAFKA_ADVERTISED_LISTENERS", "KAFKA_CFG_ADVERTISED_LISTENERS"); ok {
			return kafka(text(v), v.At)
		}
		return probity.Missing[bool](unsaid("its listeners are configured elsewhere"), c.At)
	case "elasticsearch":
		for _, name := range []string{"xpack.security.enabled", "xpack.security.http.ssl.enabled"} {
			if v, ok := c.env(name); ok && (text(v) == "false" || strings.HasSuffix(name, "ssl.enabled")) {
				return probity.Known(text(v) == "true", v.At)
			}
		}
		return probity.Missing[bool](unsaid("its version and elasticsearch.yml decide"), c.At)
	case "opensearch":
		if v, ok := c.env("DISABLE_SECURITY_PLUGIN", "plugins.security.disabled"); ok && text(v) == "true" {
			return probity.Known(false, v.At)
		}
		return probity.Missing[bool](unsaid("its security plugin decides"), c.At)
	case "oracle", "solr", "nats":
		return probity.Missing[bool](unsaid("its own configuration decides"), c.At)
	}
	image := c.Get("image")
	switch {
	case !plainImage(text(image)):
		return probity.Missing[bool](unsaid("the image may be configured inside"), image.At)
	case c.configured(p):
		return probity.Missing[bool](unsaid("its configuration is mounted from elsewhere"), cmp.Or(c.Get("volumeMounts").At, c.At))
	}
	return kinds.K8sOff("the image of " + c.server.name + " accepts clear connections unless it is told otherwise")
}

func (c running) redis(line string, at *probity.Origin) (probity.Fact[bool], bool) {
	if option(line, "--tls-port") != "" {
		return probity.Known(option(line, "--port") == "0", at), true
	}
	for _, name := range []string{"REDIS_TLS_ENABLED", "VALKEY_TLS_ENABLED"} { // of bitnami, which then closes the clear port
		if v, ok := c.env(name); ok {
			return probity.Known(isOn(text(v)), v.At), true
		}
	}
	return probity.Fact[bool]{}, false
}

// kafka: each listener is NAME://host:port, and the name of a clear one is PLAINTEXT by custom.
func kafka(listeners string, at *probity.Origin) probity.Fact[bool] {
	secure := true
	for _, l := range strings.Split(listeners, ",") {
		switch name, _, _ := strings.Cut(strings.TrimSpace(l), "://"); strings.ToUpper(name) {
		case "SSL", "SASL_SSL", "CONTROLLER":
		case "PLAINTEXT", "SASL_PLAINTEXT":
			return probity.Known(false, at)
		default:
			secure = false
		}
	}
	if secure {
		return probity.Known(true, at)
	}
	return probity.Missing[bool](unsaid("a map of listeners says which are encrypted"), at)
}

func unsaid(because string) probity.Gap {
	return probity.Gap{Reason: probity.Unresolved, Because: because}
}

// option is the value of an option in a command line: "--name value", "--name=value".
func option(line string, names ...string) string {
	for _, n := range names {
		for _, sep := range []string{"=", " "} {
			if _, rest, ok := strings.Cut(line, " "+n+sep); ok {
				if v := strings.Fields(rest); len(v) > 0 {
					return strings.Trim(v[0], `"'`)
				}
			}
		}
	}
	return ""
}

func isOn(s string) bool {
	switch strings.ToLower(s) {
	case "on", "yes", "true", "1":
		return true
	}
	return false
}
