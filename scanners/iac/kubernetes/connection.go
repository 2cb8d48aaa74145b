package kubernetes

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// connection is what a connection string says. Its text is not kept.
type connection struct {
	password bool
	clear    bool // says that TLS is not demanded, or not verified
	unsaid   bool // says nothing of TLS, and drivers differ
}

var address = regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.:-]{1,40}://[^\s"'<>|\x60]{3,}`)

// connections reads the connection strings in a text.
func connections(s string) []connection {
	var out []connection
	for _, a := range address.FindAllString(s, 100) {
		if c, ok := urlConnection(a); ok {
			out = append(out, c)
		}
	}
	if c, ok := paired(s); ok {
		out = append(out, c)
	}
	if c, ok := goMySQL(s); ok {
		out = append(out, c)
	}
	return out
}

// urlConnection reads scheme://user:password@host/…?options, and the same behind "jdbc:".
func urlConnection(s string) (connection, bool) {
	s = strings.TrimPrefix(s, "jdbc:")
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		return connection{}, false
	}
	scheme, driver, _ := strings.Cut(strings.ToLower(scheme), "+")
	c := connection{}
	options := optionsOf(rest)
	authority := rest[:len(rest)-len(strings.TrimLeft(rest, "/"))] + before(strings.TrimLeft(rest, "/"), "/?;")
	if user, _, has := cutLast(authority, "@"); has {
		_, secret, has := strings.Cut(user, ":")
		secret, _ = url.QueryUnescape(secret)
		c.password = has && !isPlaceholder(secret) && !strings.Contains(secret, "$(") && !strings.Contains(secret, "${")
	}
	for _, name := range []string{"password", "pwd"} {
		if v := options[name]; v != "" && !isPlaceholder(v) && !strings.Contains(v, "$(") && !strings.Contains(v, "${") {
			c.password = true
		}
	}
	tls, said := demands(options)
	switch scheme {
	case "postgres", "postgresql", "mysql", "mariadb", "cockroachdb", "sqlserver", "mssql", "oracle", "clickhouse", "cassandra", "neo4j", "bolt":
		c.clear, c.unsaid = said && !tls, !said
	case "mongodb":
		c.clear, c.unsaid = said && !tls, false
		c.clear = c.clear || !said // the scheme alone means no TLS
		if driver == "srv" && !said {
			c.clear = false // which switches TLS on
		}
	case "redis", "amqp", "nats", "mqtt", "memcached", "couchdb":
		c.clear = !tls || !said
	case "rediss", "amqps", "mqtts", "bolts", "neo4js", "tls":
		c.clear = said && !tls
	default:
		return c, c.password
	}
	if local(authority) {
		c.clear, c.unsaid = false, false // it does not leave the pod
	}
	return c, true
}

// demands reports whether options ask for verified TLS, and whether they say anything of it.
func demands(options map[string]string) (tls, said bool) {
	tls = true
	for name, v := range options {
		switch name {
		case "sslmode", "ssl-mode":
			said = true
			switch v {
			case "disable", "disabled", "allow", "prefer", "preferred":
				tls = false
			}
		case "usessl", "requiressl", "ssl", "encrypt", "tls", "secure":
			said = true
			switch v {
			case "false", "0", "no", "off", "skip-verify", "preferred", "optional", "disable":
				tls = false
			}
		case "trustservercertificate", "tlsinsecure", "tlsallowinvalidcertificates", "sslinsecure", "allowinvalidcertificates":
			said = true
			if isOn(v) {
				tls = false
			}
		}
	}
	return tls, said
}

// optionsOf reads what follows "?" or ";": a=b&c=d, a=b;c=d.
func optionsOf(s string) map[string]string {
	out := map[string]string{}
	i := strings.IndexAny(s, "?;")
	if i < 0 {
		return out
	}
	for _, part := range strings.FieldsFunc(s[i+1:], func(r rune) bool { return r == '&' || r == ';' }) {
		if k, v, ok := strings.Cut(part, "="); ok {
			out[fold(k)] = strings.ToLower(strings.TrimSpace(v))
		}
	}
	return out
}

func fold(s string) string { return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), " ", "") }

// paired reads "host=db password=… sslmode=…" of libpq, and "Server=db;Password=…;Encrypt=…" of ADO.
func paired(s string) (connection, bool) {
	if len(s) > 4096 || strings.Contains(s, "://") || !strings.Contains(s, "=") || strings.Count(s, "\n") > 0 {
		return connection{}, false
	}
	split := func(r rune) bool { return r == ' ' }
	if strings.Contains(s, ";") {
		split = func(r rune) bool { return r == ';' }
	}
	options := map[string]string{}
	for _, part := range strings.FieldsFunc(s, split) {
		if k, v, ok := strings.Cut(part, "="); ok {
			options[fold(k)] = strings.TrimSpace(v)
		}
	}
	host := options["host"] + options["server"] + options["datasource"] + options["hostaddr"]
	if host == "" || options["dbname"]+options["database"]+options["initialcatalog"]+options["user"]+options["userid"]+options["uid"] == "" {
		return connection{}, false
	}
	secret := options["password"] + options["pwd"]
	c := connection{password: secret != "" && !isPlaceholder(secret) && !strings.Contains(secret, "$(")}
	for k, v := range options {
		options[k] = strings.ToLower(v)
	}
	tls, said := demands(options)
	c.clear, c.unsaid = said && !tls, !said
	if local(host) {
		c.clear, c.unsaid = false, false
	}
	return c, true
}

var mysqlOfGo = regexp.MustCompile(`^([^:@/\s]+):([^@]*)@(?:tcp|unix)\(([^)]*)\)/[^\s]*$`)

// goMySQL reads "user:password@tcp(host:3306)/name?tls=…", which is clear unless it says otherwise.
func goMySQL(s string) (connection, bool) {
	m := mysqlOfGo.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return connection{}, false
	}
	tls, said := demands(optionsOf(s))
	return connection{password: !isPlaceholder(m[2]), clear: (!said || !tls) && !local(m[3]) && strings.Contains(s, "@tcp(")}, true
}

// local reports whether an address is the pod's own.
func local(authority string) bool {
	_, host, ok := cutLast(authority, "@")
	if !ok {
		host = authority
	}
	host = strings.TrimPrefix(host, "//")
	if strings.HasPrefix(host, "/") || host == "" {
		return true // a socket
	}
	if a, err := netip.ParseAddrPort(host); err == nil {
		return a.Addr().IsLoopback()
	}
	host, _, _ = strings.Cut(host, ":")
	host, _, _ = strings.Cut(host, ",")
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

func before(s, any string) string {
	if i := strings.IndexAny(s, any); i >= 0 {
		return s[:i]
	}
	return s
}

func cutLast(s, sep string) (string, string, bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
