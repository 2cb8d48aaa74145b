// Package scanners lists the scanners, and tells which one reads a target.
package scanners

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"iter"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/iac/cloudformation"
	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/kubernetes"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
	"github.com/probity-scan/probity/scanners/iac/terraform"
	"github.com/probity-scan/probity/scanners/objects"
	"github.com/probity-scan/probity/scanners/opensearch"
	"github.com/probity-scan/probity/scanners/personaldata"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
	"github.com/probity-scan/probity/scanners/redis"
	"github.com/probity-scan/probity/scanners/sample"
	"github.com/probity-scan/probity/scanners/tree"
)

// Options are what scanners share.
type Options struct {
	Now    func() time.Time // nil: labels bear no date
	Render render.Func      // of charts and kustomizations, within limits
	Log    logrus.FieldLogger
	Memory Memory // of what objects and tables held; nil: nothing is remembered
	Seed   []byte // of samples

	Detectors []detectors.Detector // of personal data; nil: all
	Starts    sample.Starts        // columns from which declared periods of retention count
}

// Memory keeps what objects and tables were found to hold.
type Memory interface {
	aws.Memory
	database.Memory
}

// All are the scanners by the name that units bear.
func All(o Options) map[string]probity.Scanner {
	first := sync.OnceValue(func() *personaldata.Tally {
		return personaldata.New(personaldata.Options{Detectors: o.Detectors, Key: o.Seed})
	}) // only where content is read
	fresh := func() tally { return tally{first().Fresh(), sample.NewOldest(o.Starts)} }
	served := database.Options{Tally: func() database.Tally { return fresh() }, Now: o.Now, Memory: o.Memory}
	known := tree.Formats{IsPlan: terraform.IsPlan, Template: template.Detect, IsManifest: kubernetes.IsManifest}
	return map[string]probity.Scanner{
		"tree":    tree.New(tree.Options{Formats: known, Supplies: Supplies}),
		"objects": objects.New(objects.Options{Open: objects.Files(known), Tally: func() objects.Tally { return fresh() }, Now: o.Now}),
		"sqlite":  database.New(served),

		database.Postgres: database.NewServer(served),
		database.MySQL:    database.NewServer(served),
		database.Redshift: database.NewServer(served),

		redis.Name:      redis.New(served),
		opensearch.Name: opensearch.New(served),

		aws.Name: aws.New(aws.Options{Now: o.Now, Log: o.Log, Tally: func() objects.Tally { return fresh() }, Memory: o.Memory, Seed: o.Seed,
			Databases: reader(database.NewServer(served))}),

		terraform.Directory: terraform.New(),
		terraform.PlanFile:  terraform.New(),

		cloudformation.Name: cloudformation.New(),

		kubernetes.Manifests:     kubernetes.New(kubernetes.Options{}),
		kubernetes.Chart:         kubernetes.New(kubernetes.Options{Render: o.Render}),
		kubernetes.Kustomization: kubernetes.New(kubernetes.Options{Render: o.Render}),
	}
}

// Contents are the services of live accounts whose content can be read.
func Contents() []string { return aws.Contents() }

// Supplies is what a unit will supply, by its scanner.
func Supplies(u probity.Unit) []probity.Supply {
	switch u.Scanner {
	case "tree":
		return tree.Supplies(u)
	case "objects":
		return objects.Supplies(u)
	case "sqlite":
		return database.Supplies(u)
	case database.Postgres, database.MySQL, database.Redshift:
		return database.ServerSupplies(u)
	case redis.Name:
		return redis.Supplies(u)
	case opensearch.Name:
		return opensearch.Supplies(u)
	case aws.Name:
		return aws.Supplies(u)
	case cloudformation.Name:
		return cloudformation.Supplies(u)
	case kubernetes.Manifests, kubernetes.Chart, kubernetes.Kustomization:
		return kubernetes.Supplies(u)
	case terraform.Directory:
		return estate.Supplies(estate.Code(terraform.Root(u)))
	case terraform.PlanFile:
		return estate.Supplies(estate.Code(cmp.Or(path.Join(u.Base, u.Part), filepath.Base(u.Target))))
	}
	return nil
}

// Live reports whether a unit asks over a network: it waits for answers most of its time, and may be cut off by what happens there.
func Live(u probity.Unit) bool {
	return slices.Contains([]string{aws.Name, database.Postgres, database.MySQL, database.Redshift, redis.Name, opensearch.Name}, u.Scanner)
}

// Source tells which scanner a target starts with, and the file or folder to open: "sqlite:app.db" is app.db for "sqlite",
// a path without a scheme is for "tree", which finds out what is there. A target that is asked over a network has no file.
func Source(target string) (scanner, file string, err error) {
	scheme, rest, ok := strings.Cut(target, ":")
	switch {
	case target == "":
		return "", "", fmt.Errorf("empty target; name a folder, a file, sqlite:FILE, aws:, or a database by its URL")
	case !ok || len(scheme) < 2 || strings.ContainsAny(scheme, `/\.`): // a drive letter is no scheme
		return "tree", target, nil
	case scheme == aws.Name:
		_, err := aws.ParseTarget(target)
		return aws.Name, "", err
	case scheme == database.Postgres || scheme == "postgresql" || scheme == database.MySQL || scheme == database.Redshift:
		l, err := database.ParseTarget(target)
		return l.Engine, "", err
	case slices.Contains(redis.Schemes(), scheme):
		return redis.Name, "", redis.Check(target)
	case scheme == opensearch.Name:
		return opensearch.Name, "", opensearch.Check(target)
	case scheme == "sqlite" && rest != "":
		return "sqlite", strings.TrimPrefix(rest, "//"), nil
	case scheme == "sqlite":
		return "", "", fmt.Errorf("target sqlite: names no file; write sqlite:FILE")
	}
	return "", "", fmt.Errorf("unknown target scheme %q; name a folder, a file, sqlite:FILE, postgres://, mysql://, redshift://, redis://, opensearch:// or aws: (a path with a colon: ./%s)", scheme+":", target)
}

// reader reads databases that an account lists, over connections whose other end is known by its certificate.
func reader(s *database.Server) func(context.Context, aws.Login, *probity.Budget) iter.Seq2[probity.Found, error] {
	return func(ctx context.Context, l aws.Login, content *probity.Budget) iter.Seq2[probity.Found, error] {
		password := func(ctx context.Context) (string, error) {
			word, gap := l.Password(ctx)
			if gap != nil {
				return "", &database.NoPassword{Gap: *gap}
			}
			return word, nil
		}
		return s.Read(ctx, database.Login{Engine: l.Engine, Host: l.Host, Port: l.Port, Start: l.Start, User: l.User, Password: password, Needs: l.Needs, Server: l.Server,
			TLS: &tls.Config{ServerName: l.Host, RootCAs: l.Roots, MinVersion: tls.VersionTLS12}}, content)
	}
}

// tally fits a [personaldata.Tally] to what scanners use of it.
type tally struct {
	*personaldata.Tally
	*sample.Oldest
}

// Column gives what takes the cells of a column.
func (t tally) Column(on, name string) func([]byte) {
	return t.Oldest.Column(on, name, t.Tally.Column(on, name).Add)
}

// Ages implements [sample.Ageing]. When somebody was born is no start that may be told.
func (t tally) Ages() ([]probity.Age, bool) {
	ages, asked := t.Oldest.Ages()
	if len(ages) == 0 {
		return nil, asked
	}
	for _, l := range t.Labels() {
		for i := range ages {
			if l.Detector == "date-of-birth" && l.On == ages[i].On {
				ages[i].Oldest = time.Time{}
			}
		}
	}
	return ages, asked
}
