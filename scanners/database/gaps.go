package database

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"syscall"

	"github.com/probity-scan/probity"
)

const refused = "the server does not let this user in"

// shut is the gap of a connection that failed. Who lists the server knows better what lets the user in.
func (v *visit) shut(err error, what string) *probity.Gap {
	g := v.engine.lost(err, what)
	if g.Because == refused && v.login.Needs != "" {
		g.Needs = v.login.Needs
	}
	return &g
}

// denied is what an account may not see, and the privilege that it lacks.
func denied(privilege string) *probity.Gap {
	return &probity.Gap{Reason: probity.Denied, Because: "permission denied", Needs: privilege}
}

// unlike is an error of no server's making.
func unlike(err error) probity.Gap {
	if errors.Is(err, context.DeadlineExceeded) {
		return probity.Gap{Reason: probity.Timeout, Because: "it took too long"}
	}
	if errors.Is(err, errMore) {
		return probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	}
	var none *NoPassword
	if errors.As(err, &none) {
		return none.Gap
	}
	var unknown *tls.CertificateVerificationError
	if errors.As(err, &unknown) {
		return probity.Gap{Reason: probity.Unreachable, Because: "its certificate is of no authority that is known here", Needs: "that authority's: sslrootcert=FILE, or database-ca=FILE of an account"}
	}
	return probity.Gap{Reason: probity.Unreachable, Because: "no connection to the server", Needs: "a network that reaches it" + reason(err)}
}

// reason is what the network said, where that quotes nothing.
func reason(err error) string {
	var no syscall.Errno
	var name *net.DNSError
	switch {
	case errors.As(err, &no):
		return " (" + no.Error() + ")"
	case errors.As(err, &name) && name.IsNotFound:
		return " (its name is not known)"
	}
	return ""
}
