package dashboard

import (
	"context"
	"slices"

	"github.com/probity-scan/probity/reports/history"
)

// Role is what somebody may do. Each role may what those before it may.
type Role string

// Roles, from those who may least.
const (
	ViewerRole   Role = "viewer"   // reads
	OperatorRole Role = "operator" // runs schedules, and waives
	AdminRole    Role = "admin"    // sees who did what
)

// Roles are all roles, from those who may least.
func Roles() []Role { return []Role{ViewerRole, OperatorRole, AdminRole} }

// Valid reports whether there is such a role.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// May reports whether r may what role may. Who has no role may nothing.
func (r Role) May(role Role) bool {
	has, wants := slices.Index(Roles(), r), slices.Index(Roles(), role)
	return has >= 0 && wants >= 0 && has >= wants
}

// Viewer is who asks, after whoever let them in has made sure of it.
type Viewer struct {
	Name    string // for people and the audit: of a token, or what the provider calls a person
	Came    string // history.ByToken or history.ByProvider
	Issuer  string // of the provider
	Subject string // as whom it knows the person, whatever their name is
	Role    Role
	Bounds  history.Bounds
	CSRF    string // that forms of this session carry; "" of who came with a bearer token
}

// viewerKey is where a context holds the viewer.
type viewerKey struct{}

// WithViewer hands over who asks.
func WithViewer(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// Entry is that the viewer did something, for the audit.
func (v Viewer) Entry(did, what string) history.Entry {
	return history.Entry{Who: v.Name, Came: v.Came, Issuer: v.Issuer, Subject: v.Subject, Role: string(v.Role), Did: did, What: what}
}

// ViewerFrom is who asks. Without one there is nothing to be shown.
func ViewerFrom(ctx context.Context) (Viewer, bool) {
	v, ok := ctx.Value(viewerKey{}).(Viewer)
	return v, ok && v.Role.Valid()
}

// addressKey is where a context holds the address that a request came from.
type addressKey struct{}

// WithAddress hands over where a request came from, for the audit.
func WithAddress(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, addressKey{}, address)
}

// FromAddress is where a request came from; "": nobody said.
func FromAddress(ctx context.Context) string {
	address, _ := ctx.Value(addressKey{}).(string)
	return address
}
