package privacy

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Regime is a law under which a breach has to be told, as of a day. Counsel decides which hold.
type Regime struct {
	ID     string `json:"id"`
	Law    string `json:"law"`
	AsOf   string `json:"as_of"`
	duties []duty
}

// duty is somebody to tell, within a time of becoming aware.
type duty struct {
	role string // controller, processor; empty: either
	whom string
	text string
	within
}

// within is the time from becoming aware; all zero: no time is named, or it counts from something else.
type within struct {
	hours    int
	days     int
	business int // days other than Saturday and Sunday; holidays are not known here
	yearEnd  int // days after the end of the year
}

// Deadline is a duty with its moment.
type Deadline struct {
	Regime string    `json:"regime"`
	Whom   string    `json:"whom"`
	Within string    `json:"within"`
	Until  time.Time `json:"until,omitzero"` // zero: without undue delay, or nobody said when one became aware
	Left   string    `json:"left,omitempty"`
}

// Regimes are those that are known here.
func Regimes() []Regime {
	return []Regime{
		{"gdpr", "Regulation (EU) 2016/679, Art. 33 and 34", "2026-01-01", []duty{
			{"controller", language.Key("supervisory authority"), language.Key("72 hours after becoming aware, unless a risk is unlikely (Art. 33(1))"), within{hours: 72}},
			{"controller", language.Key("the people concerned"), language.Key("without undue delay, where the risk is likely to be high (Art. 34(1))"), within{}},
			{"processor", "controller", language.Key("without undue delay after becoming aware (Art. 33(2))"), within{}}}},
		{"uk-gdpr", "UK GDPR, Art. 33 and 34", "2026-01-01", []duty{
			{"controller", "Information Commissioner", "72 hours after becoming aware, unless a risk is unlikely (Art. 33(1))", within{hours: 72}},
			{"controller", "the people concerned", "without undue delay, where the risk is likely to be high (Art. 34(1))", within{}},
			{"processor", "controller", "without undue delay after becoming aware (Art. 33(2))", within{}}}},
		{"ch-fadp", "Swiss Federal Act on Data Protection, Art. 24", "2023-09-01", []duty{
			{"controller", "FDPIC", "as quickly as possible, where the risk is likely to be high (Art. 24(1))", within{}},
			{"processor", "controller", "as quickly as possible (Art. 24(3))", within{}}}},
		{"us-hipaa", "45 CFR 164.404 to 164.410", "2013-09-23", []duty{
			{"controller", "the people concerned", "60 days after discovery at most (164.404)", within{days: 60}},
			{"controller", "prominent media outlets", "60 days after discovery at most where more than 500 residents of a state are concerned (164.406)", within{days: 60}},
			{"controller", "Secretary of HHS", "60 days after discovery at most where 500 people or more are concerned (164.408(b))", within{days: 60}},
			{"controller", "Secretary of HHS", "60 days after the end of the year of discovery where fewer than 500 people are concerned (164.408(c))", within{yearEnd: 60}},
			{"processor", "covered entity", "60 days after discovery at most (164.410)", within{days: 60}}}},
		{"us-ca-breach", "California Civil Code 1798.82, as amended by SB 446", "2026-01-01", []duty{
			{"controller", "residents of California concerned", "30 calendar days after discovery (1798.82(a))", within{days: 30}},
			{"controller", "Attorney General", "15 calendar days after telling more than 500 residents (1798.82(f))", within{}},
			{"processor", "owner or licensee of the data", "immediately after discovery (1798.82(b))", within{}}}},
		{"in-dpdp", "Digital Personal Data Protection Act 2023, s. 8(6); Rules 2025, rule 7; in force from 2027-05-14", "2025-11-14", []duty{
			{"controller", "the people concerned", "without delay (rule 7(1))", within{}},
			{"controller", "Data Protection Board: description", "without delay (rule 7(2)(a))", within{}},
			{"controller", "Data Protection Board: details", "72 hours after becoming aware, or longer where the Board allows it (rule 7(2)(b))", within{hours: 72}}}},
		{"br-lgpd", "Lei 13.709/2018, Art. 48; Resolution CD/ANPD 15/2024", "2024-04-24", []duty{
			{"controller", "ANPD and the people concerned", "3 working days after knowing that personal data is concerned", within{business: 3}}}},
		{"kr-pipa", "Personal Information Protection Act, Art. 34; Enforcement Decree, Art. 39 and 40", "2023-09-15", []duty{
			{"controller", "the people concerned, and where so many or such data are concerned PIPC or KISA", "72 hours after becoming aware", within{hours: 72}}}},
		{"eu-nis2", "Directive (EU) 2022/2555, Art. 23(4), in national law", "2024-10-18", []duty{
			{"", "CSIRT or competent authority: early warning", "24 hours after becoming aware of a significant incident", within{hours: 24}},
			{"", "CSIRT or competent authority: notification", "72 hours after becoming aware", within{hours: 72}},
			{"", "CSIRT or competent authority: final report", "one month after the notification", within{}}}},
		{"eu-dora", "Regulation (EU) 2022/2554, Art. 19; Delegated Regulation (EU) 2025/301, Art. 5", "2025-03-12", []duty{
			{"", "competent authority: initial notification", "4 hours after classifying the incident as major, and 24 hours after becoming aware at most", within{hours: 24}},
			{"", "competent authority: intermediate report", "72 hours after the initial notification", within{}},
			{"", "competent authority: final report", "one month after the intermediate report", within{}}}},
	}
}

// deadlines are those of a regime for a role. A joint controller has those of a controller.
func deadlines(r Regime, role string, aware, now time.Time) []Deadline {
	var out []Deadline
	for _, d := range r.duties {
		if as := cmp.Or(map[string]string{"joint": "controller"}[role], role); d.role != "" && as != "" && d.role != as {
			continue
		}
		x := Deadline{Regime: r.ID, Whom: d.whom, Within: d.text}
		if d.role != "" && role == "" {
			x.Whom += " (as " + d.role + ")"
		}
		if !aware.IsZero() && d.within != (within{}) {
			x.Until = d.after(aware)
			x.Left = left(x.Until.Sub(now))
		}
		out = append(out, x)
	}
	return out
}

// after is the end of the time. Hours run through weekends; days end with the day.
func (d within) after(aware time.Time) time.Time {
	t := aware.Add(time.Duration(d.hours) * time.Hour)
	if d.hours > 0 {
		return t
	}
	if d.yearEnd > 0 {
		t = time.Date(t.Year(), time.December, 31, 0, 0, 0, 0, t.Location()).AddDate(0, 0, d.yearEnd)
	}
	t = t.AddDate(0, 0, d.days)
	for n := d.business; n > 0; {
		if t = t.AddDate(0, 0, 1); t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			n--
		}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 23, 59, 59, 0, t.Location())
}

func left(d time.Duration) string {
	if d < 0 {
		return "over since " + hours(-d)
	}
	return hours(d) + " left"
}

func hours(d time.Duration) string {
	if d > 96*time.Hour {
		return reports.Plural(int(d.Hours()/24), "day")
	}
	return reports.Plural(int(d.Hours()), "hour")
}

// FindRegime gives a regime by its ID.
func FindRegime(id string) (Regime, bool) {
	all := Regimes()
	i := slices.IndexFunc(all, func(r Regime) bool { return strings.EqualFold(r.ID, id) })
	if i < 0 {
		return Regime{}, false
	}
	return all[i], true
}
