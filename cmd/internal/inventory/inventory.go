// Package inventory holds what an earlier scan found inside of stores, so that a change to one of them is judged with it. It
// also writes the least of it that a build needs: which data is where, for the stores asked for, without a name.
package inventory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Inventory implements [probity.Prior] over a saved scan, or over the index that [Labels] makes of one.
type Inventory struct{ stores map[string][]probity.Asset }

// Read keeps the stores of a scan whose content was looked at, whose labels bear the time of that look. Others count as far as
// they surely are stores: a name that one of them shares tells of neither.
func Read(scan probity.Scan) (*Inventory, error) {
	inv := &Inventory{stores: map[string][]probity.Asset{}}
	for a, err := range scan.Assets {
		if err != nil {
			return nil, fmt.Errorf("reading the inventory: %w", err)
		}
		for _, k := range reached(a) {
			door := a
			door.Origin = &probity.Origin{Call: "an earlier scan", At: scan.Started}
			inv.stores[k] = append(inv.stores[k], door)
		}
		switch {
		case Looked(a):
			a.Labels = dated(a.Labels, scan.Started)
		case len(arns(a)) == 0:
			continue
		}
		for _, k := range keys(a) {
			inv.stores[k] = append(inv.stores[k], a)
		}
	}
	return inv, nil
}

// Looked reports whether somebody read the store's content, be it that nothing was found.
func Looked(a probity.Asset) bool {
	_, gap := a.Labels.Value()
	return gap == nil || len(a.Labels.Items) > 0
}

// dated gives the list of labels the time of the newest look; the scan's own where no label bears one.
func dated(l probity.List[probity.Label], scanned time.Time) probity.List[probity.Label] {
	at := time.Time{}
	for _, x := range l.Items {
		if x.AsOf.After(at) {
			at = x.AsOf
		}
	}
	if at.IsZero() {
		at = scanned
	}
	o := &probity.Origin{Call: "an earlier scan", At: at}
	if _, gap := l.Value(); gap != nil {
		return probity.Open(*gap, o, l.Items...)
	}
	return probity.Whole(o, l.Items...)
}

// Known implements [probity.Prior]. The names that it takes are those of [Names].
func (inv *Inventory) Known(_ context.Context, name string) ([]probity.Asset, error) {
	var out []probity.Asset
	for _, a := range inv.stores[digest(name)] {
		if !slices.ContainsFunc(out, func(o probity.Asset) bool { return o.Ref == a.Ref }) {
			out = append(out, a)
		}
	}
	return out, nil
}

// Names are what a store is looked up by, the surest first: ARNs and addresses, which name one store in the world, then its
// plain names, each with the kind, since a queue may be called as a bucket is.
func Names(a probity.Asset) (sure, plain []string) {
	for _, n := range append([]string{a.ID}, a.Aliases...) {
		switch {
		case n == "":
		case strings.HasPrefix(n, "arn:") || strings.Contains(n, "://"):
			sure = append(sure, n)
		case n != a.ID || a.Root == "":
			plain = append(plain, string(a.Kind)+" "+n)
		}
	}
	if a.Name != "" {
		plain = append(plain, string(a.Kind)+" "+a.Name)
	}
	slices.Sort(plain)
	return sure, slices.Compact(plain)
}

// Endpoints are the addresses, host:port, at which a database answers. An instance that an account lists and a database that was
// asked there share them, and nothing else.
func Endpoints(a probity.Asset) []string {
	var out []string
	if a.Class != probity.Database && a.Class != probity.Warehouse {
		return nil
	}
	for _, n := range a.Aliases {
		if host, port, err := net.SplitHostPort(n); err == nil && host != "" && strings.Trim(port, "0123456789") == "" && port != "" {
			out = append(out, "endpoint "+n)
		}
	}
	return out
}

// Door is what an instance, a cluster or a warehouse that an account lists is looked up by at its endpoint, whoever looked into it.
func Door(endpoint string) string { return "door " + endpoint }

// reached are the names by which a database that is asked itself finds what runs it.
func reached(a probity.Asset) []string {
	var out []string
	if !kinds.Served(a.Kind) && a.Scope.Account != "" && a.Root == "" {
		for _, n := range Endpoints(a) {
			out = append(out, digest(Door(n)))
		}
	}
	return out
}

// Keys are all names under which a store is found again, and the instance, cluster or warehouse that runs a database: in digests, as
// an index holds them.
func Keys(a probity.Asset) []string { return append(reached(a), keys(a)...) }

// Same reports whether an asset of an inventory is this one.
func Same(a, known probity.Asset) bool { return slices.Contains(keys(known), digest(a.ID)) }

// sealed marks the digest of a name: an index holds nothing else. That of an ARN is told apart.
const (
	sealed    = "sha256:"
	sealedARN = sealed + "arn:"
)

// digest stands for a name in an index: whoever knows the name finds the store, and nobody reads names from it.
func digest(name string) string {
	h := sha256.Sum256([]byte("probity label index\x00" + name))
	if strings.HasPrefix(name, "arn:") {
		return sealedARN + hex.EncodeToString(h[:16])
	}
	return sealed + hex.EncodeToString(h[:16])
}

// Apart reports whether two stores are surely not one, be they called alike: both have ARNs, and none in common.
func Apart(a, b probity.Asset) bool {
	x, y := arns(a), arns(b)
	return len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(k string) bool { return slices.Contains(y, k) })
}

func arns(a probity.Asset) []string {
	return slices.DeleteFunc(keys(a), func(k string) bool { return !strings.HasPrefix(k, sealedARN) })
}

func keys(a probity.Asset) []string {
	if strings.HasPrefix(a.ID, sealed) { // of an index
		return append([]string{a.ID}, a.Aliases...)
	}
	sure, plain := Names(a)
	var out []string
	for _, n := range append(sure, plain...) {
		out = append(out, digest(n))
	}
	if kinds.Served(a.Kind) {
		for _, n := range Endpoints(a) {
			out = append(out, digest(n))
		}
	}
	return out
}
