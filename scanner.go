package probity

import (
	"context"
	"iter"
	"strings"
	"time"
)

// Scanner reads one kind of source. A loss is a Coverage or a Gap; an error ends the unit and becomes the gap of
// everything the unit was to supply.
type Scanner interface {
	Scan(context.Context, Unit) iter.Seq2[Found, error]
}

// Prior is what earlier runs knew of a store, by any of its aliases. It gives nil for a name it does not know.
type Prior interface {
	Known(ctx context.Context, alias string) ([]Asset, error)
}

// Unit is a piece of scanning: serialisable, idempotent, small. A target is its own first unit; scanning it finds the others.
type Unit struct {
	Scanner  string   `json:"scanner"`            // "terraform", as listed in scanners.All
	Target   string   `json:"target"`             // as the person wrote it; for files a path to open. Secrets are references
	Part     string   `json:"part,omitempty"`     // the scanner's own: a path below the target, with slashes
	Base     string   `json:"base,omitempty"`     // repository-relative path of the target: origins and identities of files start with it
	Reads    []string `json:"reads,omitempty"`    // folders and files that it reads besides Part, repository-relative: local modules
	Place    Place    `json:"place,omitzero"`     // where it must run
	Asks     Asks     `json:"asks,omitzero"`      //
	Supplies []Supply `json:"supplies,omitempty"` // written by whoever made the unit, before it runs: what is lost if it fails
}

// Place is where a unit must run; only a worker that declares it takes the unit.
type Place struct {
	Network  string `json:"network,omitempty"`
	Country  string `json:"country,omitempty"`
	Identity string `json:"identity,omitempty"`
}

// Asks is what flows in from the command line and configuration.
type Asks struct {
	Content *Budget  `json:"content,omitempty"` // nil: content is not read
	Paths   []Path   `json:"paths,omitempty"`   // facts that the chosen rules read; nil: all
	Exclude []string `json:"exclude,omitempty"` // globs over paths below the target
	Code    Code     `json:"code,omitzero"`
	Live    Live     `json:"live,omitzero"`
}

// Live is what a scan of live accounts asks beside facts.
type Live struct {
	Content   []string    `json:"content,omitempty"`   // services whose content is read: s3, dynamodb, databases …; none: no content
	Role      string      `json:"role,omitempty"`      // assumed to read content, in place of the role for everything else
	Cold      bool        `json:"cold,omitempty"`      // content is read from colder tiers too, where reading costs more
	Closed    []string    `json:"closed,omitempty"`    // globs of ACCOUNT/REGION that the organisation may keep closed
	Country   string      `json:"country,omitempty"`   // where this runs, ISO 3166-1 alpha-2; empty: nobody said
	Residence []Residence `json:"residence,omitempty"` // where the content of stores may be taken
	Databases Databases   `json:"databases,omitzero"`  // how those are opened whose content is read
}

// Databases say how databases of live accounts are opened. What a target says goes before it.
type Databases struct {
	User    string   `json:"user,omitempty"`    // that tokens of the account's identities are made for
	CA      string   `json:"ca,omitempty"`      // file of authorities that their certificates may be of, besides the system's
	Secrets []string `json:"secrets,omitempty"` // patterns over IDs and names of those that the master user's secret may open; none: it stays closed
}

// Residence says to which countries what some stores hold may be taken.
type Residence struct {
	Stores    []string `json:"stores"`    // patterns over asset IDs
	Countries []string `json:"countries"` // ISO 3166-1 alpha-2
}

// Code is what infrastructure code is read with. Files and directories are paths as a person gave them.
type Code struct {
	Variables   map[string]string `json:"variables,omitempty"`   // of Terraform, as given on the command line
	Environment map[string]string `json:"environment,omitempty"` // TF_VAR_name, by name
	VarFiles    []string          `json:"var_files,omitempty"`   // as given on the command line, later ones win
	Workspace   string            `json:"workspace,omitempty"`   //
	Modules     map[string]string `json:"modules,omitempty"`     // local directories by the prefix of a module's source
	Parameters  map[string]string `json:"parameters,omitempty"`  // of CloudFormation
	Source      string            `json:"source,omitempty"`      // directory of the code that a plan was made from
	Before      bool              `json:"before,omitempty"`      // plans are read as what is there before they are applied
	HelmValues  []string          `json:"helm_values,omitempty"` // files of values for charts, later ones win
	Roots       []Root            `json:"roots,omitempty"`       // declared ones; empty: each directory that none calls
}

// Root is a directory that Terraform runs in, and with what. One directory may be several roots.
type Root struct {
	Path      string            `json:"path"`                // below the target, with slashes
	VarFiles  []string          `json:"var_files,omitempty"` // below Path, or below the target with a leading slash
	Variables map[string]string `json:"variables,omitempty"`
	Workspace string            `json:"workspace,omitempty"`
}

// Name tells roots apart: the path, and in brackets what else is declared to choose between roots of one directory.
// "infra", "infra[staging]", "infra[eu.tfvars,prod.tfvars]".
func (r Root) Name() string {
	by := r.VarFiles
	if r.Workspace != "" && r.Workspace != "default" {
		by = append([]string{r.Workspace}, by...)
	}
	if len(by) == 0 {
		return r.Path
	}
	return r.Path + "[" + strings.Join(by, ",") + "]"
}

// Budget bounds the reading of content; a zero field has the scanner's default.
type Budget struct {
	Bytes    int64 `json:"bytes,omitempty"`    // of one object
	Objects  int   `json:"objects,omitempty"`  // of one store
	Rows     int   `json:"rows,omitempty"`     // of one table
	Total    int64 `json:"total,omitempty"`    // bytes of one store
	Requests int   `json:"requests,omitempty"` // to read one store: each costs money
	Listing  int   `json:"listing,omitempty"`  // requests to list one store
	Seconds  int   `json:"seconds,omitempty"`  // for all tables of one database

	TableSeconds int `json:"table_seconds,omitempty"` // for one table
}

// Supply is something a unit alone can tell: that a kind is listed in a scope (Path empty), or a fact on assets of a class.
type Supply struct {
	Kind  Kind  `json:"kind,omitempty"`
	Class Class `json:"class,omitempty"`
	Path  Path  `json:"path,omitempty"`
	Scope Scope `json:"scope,omitzero"`
	On    Ref   `json:"on,omitzero"` // what the listing belongs to: an account, a Terraform root, a database, a folder
}

// Coverage answers one Supply: whole (Gap nil) or open with its gap.
type Coverage struct {
	Supply
	Gap    *Gap    `json:"gap,omitempty"`
	Count  int     `json:"count,omitempty"`  // things meant: files filtered, rows not read; 0: not counted
	Origin *Origin `json:"origin,omitempty"` // the file or call that was lost
}

// Calls counts how often one operation of a provider was called in one place: attempts, those that were repeated too.
type Calls struct {
	Account   string `json:"account,omitempty"`
	Region    string `json:"region,omitempty"`
	Service   string `json:"service"`   // as the provider's kit calls it: "RDS"
	Operation string `json:"operation"` // "DescribeDBInstances"
	Made      int    `json:"made"`
	Throttled int    `json:"throttled,omitempty"`
	Denied    int    `json:"denied,omitempty"`
}

// Read records that content was read: who read what, and why. Never a value.
type Read struct {
	Identity  string    `json:"identity"` // the principal that read: an ARN, a database's role
	Store     Ref       `json:"store"`
	Objects   int       `json:"objects,omitempty"` // objects, items or messages
	Bytes     int64     `json:"bytes"`
	Unchanged int       `json:"unchanged,omitempty"` // tables that have not changed since an earlier scan read them: these were not read
	Purpose   string    `json:"purpose"`             // "sample for personal data"
	At        time.Time `json:"at,omitzero"`
}

// Found is what a unit yields: an [Asset], a [Unit], a [Coverage], [Calls] or a [Read].
type Found interface{ found() }

func (Asset) found()    {}
func (Unit) found()     {}
func (Coverage) found() {}
func (Calls) found()    {}
func (Read) found()     {}
