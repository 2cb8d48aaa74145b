package aws

import (
	"cmp"
	"context"
	"crypto/x509"
	"encoding/json"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/feature/rds/auth"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	probity "github.com/probity-scan/probity"
)

// Login is a way into a database that an account lists. Its certificate must be of the system's authorities or of those in Roots:
// what opens it is told to nobody else.
type Login struct {
	Engine   string // postgres, mysql or redshift
	Host     string
	Port     int
	Start    string // a database that is there, where the engine names none
	User     string
	Password func(context.Context) (string, *probity.Gap) // asked for each connection
	Needs    string                                       // what lets the user in, where the server refuses
	Roots    *x509.CertPool                               // nil: the system's
	Server   probity.Ref                                  // the instance, cluster or warehouse
}

// opening is what an account tells of a database that lets somebody in.
type opening struct {
	engine string
	name   string // as people call it
	host   *string
	port   int32
	start  *string
	secret *string                                    // the ARN of the master user's
	token  func(context.Context, *Login) *probity.Gap // gives the user and the password; nil: IAM lets nobody in
}

// instance reads the databases of an instance.
func (x *sampling) instance(ctx context.Context) error {
	id := x.name()
	out, err := rds.NewFromConfig(x.cfg).DescribeDBInstances(ctx, &rds.DescribeDBInstancesInput{DBInstanceIdentifier: &id})
	if err != nil || len(out.DBInstances) == 0 {
		return x.unlisted(ctx, err)
	}
	db := out.DBInstances[0]
	o := opening{engine: value(db.Engine), name: id, secret: masterSecret(db.MasterUserSecret), token: x.token(db.IAMDatabaseAuthenticationEnabled)}
	if db.Endpoint != nil {
		o.host, o.port = db.Endpoint.Address, value(db.Endpoint.Port)
	}
	return x.databases(ctx, o)
}

// cluster reads the databases of a cluster, of a replica where it has one.
func (x *sampling) cluster(ctx context.Context) error {
	id := x.name()
	out, err := rds.NewFromConfig(x.cfg).DescribeDBClusters(ctx, &rds.DescribeDBClustersInput{DBClusterIdentifier: &id})
	if err != nil || len(out.DBClusters) == 0 {
		return x.unlisted(ctx, err)
	}
	c := out.DBClusters[0]
	o := opening{engine: value(c.Engine), name: id, host: c.ReaderEndpoint, port: value(c.Port), secret: masterSecret(c.MasterUserSecret),
		token: x.token(c.IAMDatabaseAuthenticationEnabled)}
	if value(o.host) == "" {
		o.host = c.Endpoint
	}
	return x.databases(ctx, o)
}

func masterSecret(s *types.MasterUserSecret) *string {
	if s == nil {
		return nil
	}
	return s.SecretArn
}

func (x *sampling) unlisted(ctx context.Context, err error) error {
	if err == nil {
		x.miss(probity.Gap{Reason: probity.Unreadable, Because: "it is no more", Needs: "another scan"})
		return nil
	}
	x.miss(x.permit.gap(err))
	return ctx.Err()
}

// databases hands on what is found behind a login, and keeps who read it.
func (x *sampling) databases(ctx context.Context, db opening) error {
	l, gap := x.login(ctx, db)
	if gap != nil {
		x.miss(*gap)
		return ctx.Err()
	}
	budget := x.budget()
	for f, err := range x.s.o.Databases(ctx, l, &budget) {
		if err != nil {
			return err
		}
		switch of := f.(type) {
		case probity.Read:
			of.Identity = x.read.Identity + " as " + of.Identity
			f = of
		case probity.Coverage:
			if of.Class == probity.Database && of.Gap != nil { // of what is in it, or of one that did not let in
				x.miss(*of.Gap)
			}
		}
		if !x.yield(f, nil) {
			return nil
		}
	}
	return nil
}

// opened is how the scope says that databases are opened: the target before the configuration.
func (x *sampling) opened() probity.Databases {
	t, all := x.target.Databases, x.unit.Asks.Live.Databases
	d := probity.Databases{User: cmp.Or(t.User, all.User), CA: cmp.Or(t.CA, all.CA), Secrets: t.Secrets}
	if len(d.Secrets) == 0 {
		d.Secrets = all.Secrets
	}
	return d
}

// login is by what IAM gives, else by the master user's secret where the scope names the database. Redshift makes up the user of
// a token itself, so that there the secret goes first.
func (x *sampling) login(ctx context.Context, db opening) (Login, *probity.Gap) {
	l := Login{Engine: dialect(db.engine), Host: strings.ToLower(value(db.host)), Port: int(db.port), Start: value(db.start), Server: x.store.Ref}
	switch {
	case l.Engine == "":
		return l, &probity.Gap{Reason: probity.NotCollected, Because: "databases of " + db.engine + " are not read"}
	case l.Host == "" || l.Port == 0:
		return l, &probity.Gap{Reason: probity.Unreachable, Because: "it has no endpoint now", Needs: "a scan when it runs"}
	}
	if gap := x.roots(&l); gap != nil {
		return l, gap
	}
	secret := value(db.secret) != "" && slices.ContainsFunc(x.opened().Secrets, func(p string) bool { return named(p, x.store.ID) || named(p, db.name) })
	switch {
	case db.token != nil && !(secret && l.Engine == redshiftEngine):
		return l, db.token(ctx, &l)
	case secret:
		return l, x.secret(ctx, *db.secret, &l)
	}
	return l, &probity.Gap{Reason: probity.NotCollected, Because: "nothing opens it", Needs: "database-user= with IAM authentication on, or database-secret= that names it and a master password that Secrets Manager keeps"}
}

// dialect is how an engine is spoken to; empty for others.
func dialect(engine string) string {
	switch engine {
	case "postgres", "aurora-postgresql":
		return "postgres"
	case "mysql", "mariadb", "aurora", "aurora-mysql":
		return "mysql"
	case redshiftEngine:
		return engine
	}
	return ""
}

// token signs one of IAM for the user that the scope names, where the database takes any.
func (x *sampling) token(on *bool) func(context.Context, *Login) *probity.Gap {
	user := x.opened().User
	if !value(on) || user == "" {
		return nil
	}
	return func(_ context.Context, l *Login) *probity.Gap {
		l.User, l.Needs = user, "rds-db:connect for "+user+", and a user of that name who logs in by IAM (GRANT rds_iam, or AWSAuthenticationPlugin)"
		at := net.JoinHostPort(l.Host, strconv.Itoa(l.Port))
		l.Password = func(ctx context.Context) (string, *probity.Gap) {
			t, err := auth.BuildAuthToken(ctx, at, x.cfg.Region, user, x.cfg.Credentials)
			if err != nil {
				g := x.permit.gap(err)
				return "", &g
			}
			return t, nil
		}
		return nil
	}
}

// roots are the system's authorities and those of the file.
func (x *sampling) roots(l *Login) *probity.Gap {
	file := x.opened().CA
	if file == "" {
		return nil
	}
	pem, err := os.ReadFile(file)
	if l.Roots, _ = x509.SystemCertPool(); l.Roots == nil { // a machine that has none
		l.Roots = x509.NewCertPool()
	}
	if err != nil || !l.Roots.AppendCertsFromPEM(pem) {
		return &probity.Gap{Reason: probity.Unreadable, Because: "the file of database-ca holds no certificate that can be read"}
	}
	return nil
}

// secret is what opens a database, as Secrets Manager writes it.
func (x *sampling) secret(ctx context.Context, arn string, l *Login) *probity.Gap {
	out, err := secretsmanager.NewFromConfig(x.cfg).GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &arn})
	if err != nil {
		g := x.permit.gap(err)
		return &g
	}
	var said struct{ Username, Password string }
	if json.Unmarshal([]byte(value(out.SecretString)), &said) != nil || said.Username == "" {
		return &probity.Gap{Reason: probity.Unreadable, Because: "the secret names no user and password"}
	}
	l.User, l.Needs = said.Username, "a secret that holds the password of now"
	l.Password = func(context.Context) (string, *probity.Gap) { return said.Password, nil }
	return nil
}
