package opensearch

import (
	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/login"
)

// Name of the scanner, and the scheme of its targets.
const Name = "opensearch"

const secret = "OPENSEARCH_PASSWORD"

// target is what to scan.
type target struct {
	login.Login
	word string // the password
}

// Check reports what is wrong with a target.
func Check(target string) error {
	_, err := parse(target)
	return err
}

func parse(s string) (target, error) {
	l, err := login.Form{Example: "opensearch://user@host:port/index", Port: 9200, Secret: secret, Secure: true}.Parse(s)
	return target{Login: l}, err
}

func (t target) ref() probity.Ref { return probity.Ref{ID: Name + "://" + t.Address()} }

// supplies are the cluster, and the list of its indices.
func (t target) supplies() []probity.Supply {
	cluster := probity.Supply{Scope: probity.Scope{Provider: Name}, Class: probity.Search, Kind: kinds.SearchCluster, On: t.ref()}
	indices := cluster
	indices.Class, indices.Kind = probity.Table, kinds.SearchIndex
	return []probity.Supply{cluster, indices}
}

// Supplies is what a unit of this scanner supplies.
func Supplies(u probity.Unit) []probity.Supply {
	t, err := parse(u.Target)
	if err != nil {
		return nil
	}
	return t.supplies()
}
