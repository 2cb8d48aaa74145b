package main

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/scanners"
)

// liveFlags say what of live accounts is read beside their settings, and how much of it.
type liveFlags struct {
	content  []string
	role     string
	country  string
	cold     bool
	total    int64
	requests int
	listing  int
	seconds  int
	perTable int
}

func (f *liveFlags) flags(fs *pflag.FlagSet) {
	fs.StringSliceVar(&f.content, "content", nil, "read content of live stores of these services: "+strings.Join(scanners.Contents(), ", ")+" (default: none)")
	fs.StringVar(&f.role, "content-role", "", "role to assume for reading content, in place of that of the target")
	fs.StringVar(&f.country, "country", "", "country that this runs in, as DE: content that may not be taken there is not read")
	fs.BoolVar(&f.cold, "sample-cold", false, "read objects of colder tiers too, which costs more")
	fs.Int64Var(&f.total, "sample-bytes", 0, "bytes read of a live store (default 256 MiB)")
	fs.IntVar(&f.seconds, "sample-seconds", 0, "seconds for which the rows of a database are read (default: as long as it takes)")
	fs.IntVar(&f.perTable, "table-seconds", 0, "seconds for which the rows of a table are read (default 60)")
	fs.IntVar(&f.requests, "sample-cost", 0, "requests made to read a live store (default 1,000)")
	fs.IntVar(&f.listing, "list-requests", 0, "requests made to list a bucket, of 1,000 objects each; a larger bucket is sampled by seeks (default 100)")
}

// ask puts the flags, and what a named configuration says, into what is asked of scanners.
func (f *liveFlags) ask(asks *probity.Asks, files []config.Loaded, activities []probity.Activity) error {
	live := probity.Live{Content: f.content, Role: f.role, Country: f.country, Cold: f.cold}
	for _, l := range files {
		if l.Named() {
			c := l.File.Live
			live.Content = or(live.Content, c.Content)
			live.Role, live.Country = cmp.Or(live.Role, c.ContentRole), cmp.Or(live.Country, c.Country)
			live.Closed = append(live.Closed, c.Closed...)
			d := &live.Databases
			d.User, d.CA, d.Secrets = cmp.Or(d.User, c.Databases.User), cmp.Or(d.CA, c.Databases.CA), append(d.Secrets, c.Databases.Secrets...)
		}
	}
	for _, c := range live.Content {
		if !slices.Contains(scanners.Contents(), c) {
			return fmt.Errorf("--content %q: known are %s", c, strings.Join(scanners.Contents(), ", "))
		}
	}
	if c := live.Country; c != "" && (len(c) != 2 || strings.ToUpper(c) != c) {
		return fmt.Errorf("--country %q: write it as DE", c)
	}
	for _, a := range activities {
		if len(a.Countries) > 0 {
			live.Residence = append(live.Residence, probity.Residence{Stores: a.Stores, Countries: a.Countries})
		}
	}
	asks.Live = live
	if asks.Content != nil {
		asks.Content.Total, asks.Content.Requests, asks.Content.Listing = f.total, f.requests, f.listing
		asks.Content.Seconds, asks.Content.TableSeconds = f.seconds, f.perTable
	}
	return nil
}

// seed makes samples the same from scan to scan, and foreseeable to nobody who lacks the installation's key.
func seed(key func() ([]byte, error), content []string) ([]byte, error) {
	if len(content) == 0 {
		return nil, nil
	}
	k, err := key()
	if err != nil {
		return nil, fmt.Errorf("drawing samples: %w", err)
	}
	m := hmac.New(sha256.New, k)
	m.Write([]byte("samples"))
	return m.Sum(nil), nil
}
