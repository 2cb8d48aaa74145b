package privacy

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
)

func TestFind(t *testing.T) {
	t.Parallel()
	e := estate(t, shop())
	for what, want := range map[string]string{bucket: bucket, "shop-exports": bucket, "*-us": bucket + "-us", "orders": "postgres://db:5432/shop/orders"} {
		if a, err := e.Find(what); err != nil || a.ID != want {
			t.Errorf("%s: got %s, %v, want %s", what, a.ID, err, want)
		}
	}
	if _, err := e.Find("nothing"); err == nil {
		t.Error("a store is found that is not there")
	}
	if _, err := e.Find("postgres:*"); err == nil || !strings.Contains(err.Error(), "3 stores fit") {
		t.Errorf("got %v, want that three fit", err)
	}
}

// A database's records are those of its tables, each counted once, whatever labels they have; people are an estimate.
func TestRecords(t *testing.T) {
	t.Parallel()
	e := estate(t, shop(), declarations()...)
	db, err := e.Find("shop")
	if err != nil {
		t.Fatal(err)
	}
	b := BreachOf(e, db, Incident{})
	if b.Records.AtMost != 5010 || !b.Records.AllThose {
		t.Errorf("records %+v, want 5010 that are all", b.Records)
	}
	if want := 3000; b.Records.People != want { // 5,000 rows, of which 90 % have an address, two thirds of them different
		t.Errorf("people %d, want %d", b.Records.People, want)
	}
	if len(b.Copies) != 1 || b.Copies[0].Doubt == "" {
		t.Errorf("copies %+v, want one in doubt", b.Copies)
	}
	if len(b.Data) != 3 || !slices.Equal(b.Subjects, []string{"customers"}) || b.Role != "controller" {
		t.Errorf("got %d data, %v, %s", len(b.Data), b.Subjects, b.Role)
	}
	open := breach(t, e)
	if open.Records.AllThose || len(open.Records.Unknown) == 0 || !slices.Contains(open.Readers, "* (2026/*)") {
		t.Errorf("a store whose objects nobody counted has %+v, readers %v", open.Records, open.Readers)
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	friday := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)
	at := func(id, role string) []Deadline {
		r, ok := FindRegime(id)
		if !ok {
			t.Fatalf("no regime %s", id)
		}
		return deadlines(r, role, friday, friday.Add(80*time.Hour))
	}
	gdpr := at("gdpr", "joint")
	if len(gdpr) != 2 || !gdpr[0].Until.Equal(friday.Add(72*time.Hour)) || gdpr[0].Left != "over since 8 hours" || !gdpr[1].Until.IsZero() {
		t.Errorf("got %+v", gdpr)
	}
	if p := at("gdpr", "processor"); len(p) != 1 || p[0].Whom != "controller" || !p[0].Until.IsZero() {
		t.Errorf("of a processor %+v", p)
	}
	if n := len(at("gdpr", "")); n != 3 {
		t.Errorf("without a role %d duties, want all", n)
	}
	if d := at("br-lgpd", "controller")[0].Until; d.Weekday() != time.Wednesday || d.Day() != 2 {
		t.Errorf("three working days from a Friday end on %s", d)
	}
	if d := at("us-hipaa", "controller")[0].Until; d != time.Date(2027, 1, 26, 23, 59, 59, 0, time.UTC) {
		t.Errorf("sixty days end on %s", d)
	}
	if d := at("us-hipaa", "controller")[3].Until; d != time.Date(2027, 3, 1, 23, 59, 59, 0, time.UTC) {
		t.Errorf("sixty days after the year end on %s", d)
	}
	r, _ := FindRegime("gdpr")
	if d := deadlines(r, "controller", time.Time{}, friday); !d[0].Until.IsZero() {
		t.Error("a deadline counts from no awareness")
	}
	for _, r := range Regimes() {
		if _, err := time.Parse(time.DateOnly, r.AsOf); err != nil || r.Law == "" || len(r.duties) == 0 {
			t.Errorf("%s is not dated or says nothing", r.ID)
		}
	}
}

// Since when it was public is the first scan of an unbroken row; one that did not know breaks nothing.
func TestFirstSeen(t *testing.T) {
	t.Parallel()
	on := func(d int) time.Time { return now().AddDate(0, 0, d) }
	yes, no, gap := probity.Known(true, nil), probity.Known(false, nil), probity.Missing[bool](probity.Gap{Reason: probity.Denied}, nil)
	for name, c := range map[string]struct {
		seen         []Seen
		first, notBy time.Time
	}{
		"always":       {[]Seen{{on(0), true, yes}, {on(-1), true, yes}}, on(-1), time.Time{}},
		"since":        {[]Seen{{on(-2), true, no}, {on(0), true, yes}, {on(-1), true, yes}}, on(-1), on(-2)},
		"again":        {[]Seen{{on(-3), true, yes}, {on(-2), true, no}, {on(0), true, yes}}, on(0), on(-2)},
		"not known":    {[]Seen{{on(-2), true, yes}, {on(-1), true, gap}, {on(0), true, yes}}, on(-2), time.Time{}},
		"not there":    {[]Seen{{on(-1), false, gap}, {on(0), true, yes}}, on(0), time.Time{}},
		"not any more": {[]Seen{{on(-1), true, yes}, {on(0), true, no}}, on(-1), time.Time{}},
	} {
		x := exposed(probity.Asset{}, c.seen)
		if !x.FirstSeen.Equal(c.first) || !x.NotPublic.Equal(c.notBy) {
			t.Errorf("%s: got %s and %s, want %s and %s", name, x.FirstSeen, x.NotPublic, c.first, c.notBy)
		}
	}
}

func TestSeenIn(t *testing.T) {
	t.Parallel()
	for id, there := range map[string]bool{bucket: true, "other": false} {
		s, err := SeenIn(shop(), probity.Ref{ID: id})
		if err != nil || s.There != there {
			t.Errorf("%s: %+v, %v", id, s, err)
		}
	}
}

func TestErasure(t *testing.T) {
	t.Parallel()
	e := estate(t, shop(), declarations()...)
	all := map[string]Erase{}
	for _, s := range ErasureOf(e, Wanted{Subject: "customers"}).Stores {
		all[s.Store] = s
	}
	if s := all["postgres://db:5432/shop/orders"]; !slices.Equal(s.FindBy, []string{"mail (email)"}) || s.Until != "automatic backups until 2026-12-05 (7 days)" {
		t.Errorf("orders %+v", s)
	}
	if s := all[bucket]; !strings.Contains(s.Until, "old versions until 2026-12-28") || s.Open == "" {
		t.Errorf("exports %+v", s)
	}
	if s := all[bucket+"-us"]; s.From != bucket || s.How != "replica-of" {
		t.Errorf("the copy %+v", s)
	}
	if _, ok := all["postgres://db:5432/shop/staff"]; ok {
		t.Error("a store of other people is in the trail")
	}
	if n := len(ErasureOf(e, Wanted{Activity: "payroll"}).Stores); n != 0 {
		t.Errorf("%d stores of an activity without any", n)
	}
	if n := len(ErasureOf(e, Wanted{Stores: []string{"*-us"}}).Stores); n != 0 {
		t.Errorf("%d stores of a pattern whose store holds nothing known", n)
	}
}
