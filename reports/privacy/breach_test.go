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
	if len(b.Data) != 3 || !slices.Equal(b.Subjects, []string{"customers"}) || !slices.Equal(b.Roles, []string{"controller"}) {
		t.Errorf("got %d data, %v, %s", len(b.Data), b.Subjects, b.Roles)
	}
	open := breach(t, e)
	if open.Records.AllThose || len(open.Records.Unknown) == 0 || !slices.Contains(open.Readers, "* (2026/*)") {
		t.Errorf("a store whose objects nobody counted has %+v, readers %v", open.Records, open.Readers)
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	friday := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)
	at := func(id string, roles ...string) []Deadline {
		r, ok := FindRegime(id)
		if !ok {
			t.Fatalf("no regime %s", id)
		}
		return deadlines(r, roles, Incident{Aware: friday}, friday.Add(80*time.Hour))
	}
	gdpr := at("gdpr", "joint")
	if len(gdpr) != 2 || !gdpr[0].Until.Equal(friday.Add(72*time.Hour)) || !strings.Contains(gdpr[0].words(nil), "(over since 8 hours)") || !gdpr[1].Until.IsZero() {
		t.Errorf("got %+v", gdpr)
	}
	if p := at("gdpr", "processor"); len(p) != 1 || p[0].Whom != "controller" || !p[0].Until.IsZero() {
		t.Errorf("of a processor %+v", p)
	}
	if n := len(at("gdpr")); n != 3 {
		t.Errorf("without a role %d duties, want all", n)
	}
	if n := len(at("gdpr", "controller", "processor")); n != 3 {
		t.Errorf("in two roles %d duties, want all", n)
	}
	if n := len(at("br-lgpd", "processor")); n != 0 {
		t.Errorf("%d duties of a processor that the law does not name", n)
	}
	if d := at("us-hipaa", "controller")[3].Until; d != time.Date(2027, 3, 1, 23, 59, 59, 0, time.UTC) {
		t.Errorf("sixty days after the year end on %s", d)
	}
	r, _ := FindRegime("gdpr")
	if d := deadlines(r, []string{"controller"}, Incident{}, friday); !d[0].Until.IsZero() {
		t.Error("a deadline counts from no awareness")
	}
	for _, r := range Regimes() {
		_, asOf := time.Parse(time.DateOnly, r.AsOf)
		_, from := time.Parse(time.DateOnly, r.From)
		if asOf != nil || from != nil || r.Law == "" || len(r.duties) == 0 {
			t.Errorf("%s is not dated or says nothing", r.ID)
		}
	}
}

// Where nobody said in which role a part of the data is processed, the duties of each role are told, and the role is asked for.
func TestDeadlinesWhereARoleIsOpen(t *testing.T) {
	t.Parallel()
	gdpr, _ := FindRegime("gdpr")
	processor, silent := probity.Activity{ID: "hosting", Role: "processor"}, probity.Activity{ID: "letters"}
	mail := probity.Whole(nil, label(probity.Contact, "email", "mail", 1, 1, 1, 1))
	for name, c := range map[string]struct {
		role       string
		activities probity.List[probity.Activity]
		labels     probity.List[probity.Label] // of a table in it that no activity names
		want       int
	}{
		"all in one role":                   {"", probity.Whole(nil, processor), probity.List[probity.Label]{}, 1},
		"an activity says no role":          {"", probity.Whole(nil, processor, silent), probity.List[probity.Label]{}, 3},
		"no activity names a table with it": {"", probity.Whole(nil, processor), mail, 3},
		"a person says the role":            {"processor", probity.Whole(nil, processor, silent), mail, 1},
	} {
		db := probity.Asset{Ref: probity.Ref{ID: "postgres://db/shop"}, Class: probity.Database, Activities: c.activities}
		table := probity.Asset{Ref: probity.Ref{ID: "postgres://db/shop/letters"}, Class: probity.Table, Labels: c.labels, Links: probity.Whole(nil, probity.Link{Kind: probity.ContainedIn, To: db.Ref})}
		e := estate(t, probity.Scan{Coverage: over[probity.Coverage](), Assets: over(db, table), Outcomes: over[probity.Outcome]()})
		b := BreachOf(e, db, Incident{Aware: now(), Role: c.role, Regimes: []Regime{gdpr}})
		asked := slices.ContainsFunc(b.Open, func(s string) bool { return strings.HasPrefix(s, "in which role: --role") })
		if len(b.Deadlines) != c.want || asked != (c.want == 3) {
			t.Errorf("%s: got %d duties, asked for the role %v, want %d", name, len(b.Deadlines), asked, c.want)
		}
	}
}

// Hours run through changes of the clock, days end with the day of the place, working days leave out holidays.
func TestAfter(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	sao, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	day := func(y int, m time.Month, d, h int, z *time.Location) time.Time {
		return time.Date(y, m, d, h, 0, 0, 0, z)
	}
	end := func(y int, m time.Month, d int, z *time.Location) time.Time {
		return time.Date(y, m, d, 23, 59, 59, 0, z)
	}
	for name, c := range map[string]struct {
		in       within
		aware    time.Time
		holidays []string
		want     time.Time
	}{
		"hours over the end of summer time":   {within{hours: 72}, day(2026, 10, 23, 10, berlin), nil, day(2026, 10, 26, 9, berlin)},
		"hours over its beginning":            {within{hours: 72}, day(2027, 3, 26, 10, berlin), nil, day(2027, 3, 29, 11, berlin)},
		"days into summer time":               {within{days: 60}, day(2027, 2, 1, 10, berlin), nil, end(2027, 4, 2, berlin)},
		"days of a leap year":                 {within{days: 60}, day(2028, 1, 1, 10, time.UTC), nil, end(2028, 3, 1, time.UTC)},
		"the year before a leap day":          {within{yearEnd: 60}, day(2027, 5, 1, 10, time.UTC), nil, end(2028, 2, 29, time.UTC)},
		"the day is that of the place":        {within{days: 30}, time.Date(2026, 11, 28, 1, 0, 0, 0, time.UTC).In(sao), nil, end(2026, 12, 27, sao)},
		"working days from a Friday":          {within{business: 3}, day(2026, 11, 27, 15, sao), nil, end(2026, 12, 2, sao)},
		"working days from a Saturday":        {within{business: 3}, day(2026, 11, 28, 15, sao), nil, end(2026, 12, 2, sao)},
		"working days over a holiday":         {within{business: 3}, day(2026, 12, 23, 15, sao), []string{"2026-12-25"}, end(2026, 12, 29, sao)},
		"awareness on a holiday":              {within{business: 1}, day(2026, 12, 25, 15, sao), []string{"2026-12-25"}, end(2026, 12, 28, sao)},
		"sixty days after discovery in UTC":   {within{days: 60}, day(2026, 11, 27, 15, time.UTC), nil, end(2027, 1, 26, time.UTC)},
		"the last minute of the year at home": {within{yearEnd: 60}, time.Date(2027, 1, 1, 2, 0, 0, 0, time.UTC).In(sao), nil, end(2027, 3, 1, sao)},
	} {
		if got := c.in.after(c.aware, c.holidays); !got.Equal(c.want) {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// What is said to be the most is the most: cells of files are no rows, and files that nobody read bound nothing.
func TestCounted(t *testing.T) {
	t.Parallel()
	cells := func(on string, found, total int) probity.Label {
		l := label(probity.Contact, "email", on, found, total, total, found)
		l.Sample.Unit = cellUnit
		return l
	}
	rows := func(on string, total int) probity.Label {
		return label(probity.Contact, "email", on, total, total, total, total)
	}
	sampled := probity.Gap{Reason: probity.Sampled}
	for name, c := range map[string]struct {
		labels      probity.List[probity.Label]
		least, most int
		bounded     bool
	}{
		"columns of a table share its rows": {probity.Whole(nil, rows("mail", 100), rows("phone", 100)), 100, 100, true},
		"a table read in part":              {probity.Open(sampled, nil, rows("mail", 100)), 100, 100, true},
		"two files":                         {probity.Whole(nil, cells("a.csv:mail", 10, 10), cells("b.csv:mail", 20, 20)), 30, 30, true},
		"columns that may not overlap":      {probity.Whole(nil, cells("a.csv:nhs", 60, 60), cells("a.csv:nir", 60, 60)), 60, 120, true},
		"two detectors of one column":       {probity.Whole(nil, cells("a.csv:x", 60, 60), cells("a.csv:x", 10, 60)), 60, 60, true},
		"files that nobody read":            {probity.Open(sampled, nil, cells("a.csv:mail", 10, 10)), 10, 10, false},
		"nobody counted":                    {probity.Whole(nil, label(probity.Contact, "email", "mail", 5, 10, 0, 5)), 5, 5, false},
		"nothing in it":                     {probity.Whole[probity.Label](nil), 0, 0, true},
	} {
		s := shop()
		x := probity.Asset{Ref: probity.Ref{ID: "s"}, Class: probity.Table, Labels: c.labels}
		s.Assets = over(x)
		e := estate(t, s)
		if r := e.recordsOf(e.Stores); name == "two files" && (r.People != 20 || r.Apart != 30) {
			t.Errorf("%s: people %d, or %d, want 20, or 30 if nobody is in both", name, r.People, r.Apart)
		}
		if r := e.recordsOf(e.Stores); r.AtLeast != c.least || r.AtMost != c.most || r.AllThose != c.bounded {
			t.Errorf("%s: got %+v, want %d to %d, bounded %v", name, r, c.least, c.most, c.bounded)
		}
	}
}

// A large table that nobody counted is told by the statistics of its server, and as no more than that.
func TestEstimateOfTheServer(t *testing.T) {
	t.Parallel()
	s := shop()
	x := probity.Asset{Ref: probity.Ref{ID: "s"}, Class: probity.Table, Labels: probity.Open(probity.Gap{Reason: probity.Sampled}, nil, label(probity.Contact, "email", "mail", 90, 100, 0, 50)),
		Settings: probity.Settings{"estimate": probity.Known[any](float64(1e6), nil)}}
	s.Assets = over(x)
	e := estate(t, s)
	r := e.recordsOf(e.Stores)
	if r.AllThose || r.Guessed != 1e6 || r.People != 5e5 || r.By == nil || !r.By.Guessed {
		t.Errorf("got %+v, by %+v", r, r.By)
	}
	if w := r.words(nil) + r.peopleWords(nil); !strings.Contains(w, "no upper bound") || !strings.Contains(w, "statistics of the server") {
		t.Errorf("got %s", w)
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
		x := exposed(nil, probity.Asset{}, c.seen)
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
	silent := probity.Asset{Ref: probity.Ref{ID: "arn:aws:s3:::letters"}, Class: probity.Bucket, Activities: probity.Whole(nil, probity.Activity{ID: "letters"})}
	if w := (Wanted{Subject: "customers"}); !w.covers(silent) || (Wanted{Activity: "shop", Subject: "customers"}).covers(silent) {
		t.Error("a store of an activity that does not say whose data it is is not in the trail, or in that of another activity")
	}
	if u := ErasureOf(e, Wanted{Subject: "customers"}).Unassigned; !slices.Equal(u, []string{"postgres://db:5432/shop/staff"}) {
		t.Errorf("stores that no activity names: %v", u)
	}
	for _, w := range []Wanted{{Activity: "shops"}, {Subject: "customer"}} {
		if err := w.Check(e); err == nil || !strings.Contains(err.Error(), "there are ") {
			t.Errorf("%+v: got %v", w, err)
		}
	}
	if err := (Wanted{Activity: "shop", Subject: "customers"}).Check(e); err != nil {
		t.Error(err)
	}
	if n := len(ErasureOf(e, Wanted{Activity: "payroll"}).Stores); n != 0 {
		t.Errorf("%d stores of an activity without any", n)
	}
	if n := len(ErasureOf(e, Wanted{Stores: []string{"*-us"}}).Stores); n != 0 {
		t.Errorf("%d stores of a pattern whose store holds nothing known", n)
	}
}
